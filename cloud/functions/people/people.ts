import { randomBytes } from 'node:crypto';
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import {
  type People,
  type Person,
  type PersonMade,
  personIdSchema,
  personRequestSchema,
} from '../../contracts/person.ts';
import type { Transaction } from '../../store/port.ts';
import { answer, parsed, parsedBody, refusal } from '../http-answers.ts';
import { PlatformError } from '../platform/connection-string.ts';
import type { Services } from '../services.ts';
import { isEntraOn, isOfEntra, personIdOfObject } from './app-service-caller.ts';
import { keepAudit } from './audit.ts';
import type { Caller } from './caller.ts';
import { newAccessKey, sha256Of } from './secrets.ts';

const ID_BYTES = 9;

const newPersonId = (): string => `p-${randomBytes(ID_BYTES).toString('base64url')}`;

/** Lets somebody in; their key is shown this once. */
export const makePerson =
  ({ store, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const body = await parsedBody(request, personRequestSchema);
    if (!body.ok) return body.refusal;
    const { objectId, ...described } = body.value;
    const personId = objectId === undefined ? newPersonId() : personIdOfObject(objectId);
    const person: Person = { personId, ...described };
    const key = objectId === undefined ? newAccessKey() : '';
    const isNew = await store.transaction(async (tx) => {
      const atMs = now();
      if ((await tx.people.person(personId)) !== undefined) return false;
      await tx.people.add({ ...person, keySha256: key === '' ? null : sha256Of(key), madeAtMs: atMs });
      const subject = `person:${personId}`;
      await keepAudit(tx, caller, atMs, { act: 'person-made', subject, after: described });
      return true;
    });
    if (!isNew) return refusal(409, 'bad-request', 'objectId: this person is there already', 'objectId');
    return answer({ person, key } satisfies PersonMade);
  };

export const listPeople =
  ({ store }: Services) =>
  async (): Promise<HttpResponseInit> => {
    const people = await store.look((tx) => tx.people.people());
    const listed = people.map(({ storeIds, ...person }) => ({
      ...person,
      storeIds: storeIds === null ? null : [...storeIds],
    }));
    return answer({ people: listed } satisfies People);
  };

/** Takes key and sessions away. Somebody must stay who can let others in. */
export const removePerson =
  ({ store, signalR, settings, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const personId = parsed(request.params.personId, personIdSchema);
    if (!personId.ok) return refusal(404, 'unknown-person', 'no such person');
    const done = await store.transaction((tx) =>
      removed(tx, personId.value, { caller, atMs: now(), isEntraOn: isEntraOn(settings) }),
    );
    if (done === 'unknown-person') return refusal(404, done, 'no such person');
    if (done === 'last-of-entra') return refusal(409, 'last-admin', LAST_OF_ENTRA);
    if (done === 'last-admin') return refusal(409, done, 'make another admin for all stores first');
    try {
      await signalR.placeUser(personId.value, []);
      await signalR.closeConnections(personId.value, 'signed out');
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const left =
        'the person is removed, but a page that is open may still be told of its stores for a while';
      return refusal(503, 'unavailable', left);
    }
    return answer({ personId: personId.value });
  };

// With nobody of Entra ID on record, each admin of Entra ID would be let in anew, this one too.
const LAST_OF_ENTRA = 'let another person of Entra ID in first, or take the role away in Entra ID';

type Removal = { readonly caller: Caller; readonly atMs: number; readonly isEntraOn: boolean };

async function removed(tx: Transaction, personId: string, { caller, atMs, isEntraOn }: Removal) {
  const people = await tx.people.people();
  const gone = people.find((person) => person.personId === personId);
  if (gone === undefined) return 'unknown-person';
  const stays = people.some((person) => person !== gone && isFullAdmin(person));
  if (isFullAdmin(gone) && !stays) return 'last-admin';
  const staysOfEntra = people.some((person) => person !== gone && isOfEntra(person));
  if (isEntraOn && isOfEntra(gone) && !staysOfEntra) return 'last-of-entra';
  await tx.people.remove(personId);
  const { name, role, storeIds } = gone;
  const before = { name, role, storeIds };
  await keepAudit(tx, caller, atMs, { act: 'person-removed', subject: `person:${personId}`, before });
  return 'removed';
}

/** One of single stores cannot let anybody in. */
export const isFullAdmin = ({ role, storeIds }: Pick<Person, 'role' | 'storeIds'>): boolean =>
  role === 'admin' && storeIds === null;
