import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { type PersonChange, personChangeSchema, personIdSchema } from '../../contracts/person.ts';
import type { Transaction } from '../../store/port.ts';
import { answer, parsed, parsedBody, refusal } from '../http-answers.ts';
import { PlatformError } from '../platform/connection-string.ts';
import type { Services } from '../services.ts';
import { keepAudit } from './audit.ts';
import type { Caller } from './caller.ts';
import { watchingGroups } from './console-negotiate.ts';
import { isFullAdmin } from './people.ts';

/** What somebody may do and see from now on. An open page of theirs is cut off and comes back with what is left to it. */
export const changePerson =
  ({ store, signalR, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const personId = parsed(request.params.personId, personIdSchema);
    if (!personId.ok) return refusal(404, 'unknown-person', 'no such person');
    const body = await parsedBody(request, personChangeSchema);
    if (!body.ok) return body.refusal;
    const after = body.value;
    const done = await store.transaction((tx) =>
      changed(tx, { personId: personId.value, after, caller, atMs: now() }),
    );
    if (done === 'unknown-person') return refusal(404, done, 'no such person');
    if (done === 'last-admin') return refusal(409, done, 'make another admin for all stores first');
    try {
      await signalR.placeUser(personId.value, watchingGroups(after));
      await signalR.closeConnections(personId.value, 'changed');
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const left =
        'the person is changed, but a page that is open may still be told of stores taken away for a while';
      return refusal(503, 'unavailable', left);
    }
    return answer({ personId: personId.value });
  };

type Change = {
  readonly personId: string;
  readonly after: PersonChange;
  readonly caller: Caller;
  readonly atMs: number;
};

async function changed(tx: Transaction, { personId, after, caller, atMs }: Change) {
  const people = await tx.people.people();
  const person = people.find((one) => one.personId === personId);
  if (person === undefined) return 'unknown-person';
  const stays = isFullAdmin(after) || people.some((one) => one !== person && isFullAdmin(one));
  if (isFullAdmin(person) && !stays) return 'last-admin';
  const before = { role: person.role, storeIds: person.storeIds };
  await tx.people.change(personId, after);
  await keepAudit(tx, caller, atMs, {
    ...{ act: 'person-changed', subject: `person:${personId}`, before, after },
  });
  return 'changed';
}
