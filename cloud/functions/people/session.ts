import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { type Person, type Session, signInRequestSchema } from '../../contracts/person.ts';
import type { PersonRecord } from '../../store/people-port.ts';
import type { Transaction } from '../../store/port.ts';
import { peerAddress } from '../fleet/peer-address.ts';
import { answer, parsedBody, refusal } from '../http-answers.ts';
import type { Services } from '../services.ts';
import { keepAudit } from './audit.ts';
import type { Caller } from './caller.ts';
import { isFromOtherPage, WRONG_ORIGIN } from './caller-of.ts';
import { newSession, sha256Of } from './secrets.ts';
import { noSessionCookie, SESSION_LIFETIME_SECONDS, sessionCookie, sessionIn } from './session-cookie.ts';

const WRONG_KEYS_WITHIN_MS = 60_000;
const MAX_WRONG_KEYS = { own: 5, all: 100 };

/** Signs a person in by access key; the answer sets the cookie of the session. */
export const signIn =
  ({ store, now }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    // Else a page of somebody else could sign a person in as another, unseen.
    if (isFromOtherPage(request)) return WRONG_ORIGIN;
    const body = await parsedBody(request, signInRequestSchema);
    if (!body.ok) return body.refusal;
    const session = newSession();
    const nowMs = now();
    const address = peerAddress(request) ?? 'unknown';
    const tried = { key: body.value.key, address, session, oldSession: sessionIn(request), nowMs };
    // Whoever guesses on beyond the limit makes nobody wait for a transaction.
    const isPastLimit = await store.look(async (tx) => (await keyTried(tx, tried)) === 'too-many');
    const person = isPastLimit ? 'too-many' : await store.transaction((tx) => signedIn(tx, tried));
    if (person === 'too-many') return refusal(429, 'too-many-requests', 'too many wrong keys, wait a minute');
    if (person === undefined) return refusal(401, 'bad-key', 'no such key', 'key');
    return {
      ...answer({ person, nowMs } satisfies Session),
      cookies: [sessionCookie(request, session)],
    };
  };

export const whoAmI =
  ({ now }: Services) =>
  (_request: HttpRequest, _context: InvocationContext, caller: Caller): HttpResponseInit =>
    answer({ person: personOf(caller), nowMs: now() } satisfies Session);

/** Ends the session, wherever its cookie was copied to. Who has none was never signed in. */
export const signOut =
  ({ store, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const session = sessionIn(request);
    if (session !== undefined)
      await store.transaction(async (tx) => {
        await tx.people.endSession(sha256Of(session));
        const subject = `person:${caller.personId}`;
        await keepAudit(tx, caller, now(), { act: 'signed-out', subject });
      });
    return { status: 204, headers: { 'cache-control': 'no-store' }, cookies: [noSessionCookie(request)] };
  };

type Try = {
  readonly key: string;
  readonly address: string;
  readonly session: string;
  /** Of the browser until now. */
  readonly oldSession: string | undefined;
  readonly nowMs: number;
};

/** A right key always opens: else anybody could lock everybody out by guessing. Only wrong ones meet the limits. */
async function keyTried(
  tx: Transaction,
  { key, address, nowMs }: Try,
): Promise<PersonRecord | 'too-many' | undefined> {
  const found = await tx.people.byKey(sha256Of(key));
  if (found !== undefined) return found;
  const wrong = await tx.people.wrongKeys(address, nowMs - WRONG_KEYS_WITHIN_MS);
  return wrong.own >= MAX_WRONG_KEYS.own || wrong.all >= MAX_WRONG_KEYS.all ? 'too-many' : undefined;
}

async function signedIn(tx: Transaction, tried: Try): Promise<Person | 'too-many' | undefined> {
  const { address, session, oldSession, nowMs } = tried;
  const found = await keyTried(tx, tried);
  if (found === 'too-many') return found;
  if (found === undefined) {
    await tx.people.addWrongKey({ address, atMs: nowMs, sinceMs: nowMs - WRONG_KEYS_WITHIN_MS });
    return undefined;
  }
  const person = personOf(found);
  const { personId } = person;
  // The browser forgets its cookie now; a copy of it must not live on.
  if (oldSession !== undefined) await tx.people.endSession(sha256Of(oldSession));
  const expiresAtMs = nowMs + SESSION_LIFETIME_SECONDS * 1_000;
  await tx.people.addSession({ sha256: sha256Of(session), personId, nowMs, expiresAtMs });
  await tx.people.seen(personId, nowMs);
  const subject = `person:${personId}`;
  await keepAudit(tx, person, nowMs, { act: 'signed-in', subject, after: { address } });
  return person;
}

const personOf = ({ personId, name, role, storeIds }: Caller): Person => ({
  personId,
  name,
  role,
  storeIds: storeIds === null ? null : [...storeIds],
});
