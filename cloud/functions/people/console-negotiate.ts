import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { ALL_WATCHERS, watchersOf } from '../../contracts/hub-targets.ts';
import { type ConsoleNegotiated, consoleNegotiatedSchema, PERSON_HEADER } from '../../contracts/person.ts';
import type { Transaction } from '../../store/port.ts';
import { answer, refusal } from '../http-answers.ts';
import { PlatformError } from '../platform/connection-string.ts';
import type { Services } from '../services.ts';
import { isOfEntra, isOpenToFirstAdmin } from './app-service-caller.ts';
import { type Caller, OWNER_KEY_CALLER } from './caller.ts';
import { NOT_SIGNED_IN } from './caller-of.ts';

/**
 * Lets a person's page onto the hub. `connectionInfo` was made by the binding for the person named in the header, before
 * this ran: it leaves this function only if the session is of that person.
 */
export const consoleNegotiate =
  ({ signalR, store }: Pick<Services, 'signalR' | 'store'>) =>
  async (request: HttpRequest, caller: Caller, connectionInfo: unknown): Promise<HttpResponseInit> => {
    const { personId } = caller;
    if (request.headers.get(PERSON_HEADER) !== personId)
      return refusal(403, 'not-allowed', `${PERSON_HEADER}: expected your own id`, PERSON_HEADER);
    try {
      // The service keeps a user's groups for a limited time only, so each negotiation sets them anew.
      const before = watchingGroups(caller);
      await signalR.placeUser(personId, before);
      // Whoever was removed or changed meanwhile was perhaps taken off the hub before they were placed there.
      const left = await store.look((tx) => scopeNow(tx, caller));
      const after = left === undefined ? [] : watchingGroups(left);
      if (after.join() !== before.join()) await signalR.placeUser(personId, after);
      if (left === undefined) return NOT_SIGNED_IN;
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return refusal(503, 'unavailable', 'the push service does not answer: try again');
    }
    return answer(consoleNegotiatedSchema.parse(connectionInfo) satisfies ConsoleNegotiated);
  };

type Scope = Pick<Caller, 'storeIds'>;

/** The groups of the hub that tell of these stores. */
export const watchingGroups = ({ storeIds }: Scope): readonly string[] =>
  storeIds === null ? [ALL_WATCHERS] : storeIds.map(watchersOf);

/** Undefined: they may not come in any more. */
async function scopeNow(tx: Transaction, caller: Caller): Promise<Scope | undefined> {
  if (caller.personId === OWNER_KEY_CALLER.personId) return caller;
  const known = await tx.people.person(caller.personId);
  if (known !== undefined) return known;
  return isOfEntra(caller) && (await isOpenToFirstAdmin(tx)) ? caller : undefined;
}
