import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { PersonRecord } from '../../store/people-port.ts';
import type { Transaction } from '../../store/port.ts';
import { refusal } from '../http-answers.ts';
import type { Services } from '../services.ts';
import { appServiceCaller } from './app-service-caller.ts';
import { type Caller, OWNER_KEY_CALLER } from './caller.ts';
import { accessKeyIn, isSameSecret, sha256Of } from './secrets.ts';
import { ownOrigin, sessionIn } from './session-cookie.ts';

const SEEN_NOTED_EVERY_MS = 60_000;

export type Known =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly refusal: HttpResponseInit };
type Asking = Pick<Services, 'store' | 'settings' | 'now'>;

/** Who asks: by a session of the console, an access key, the owner's key, or as App Service has signed them in. */
export async function callerOf(services: Asking, request: HttpRequest): Promise<Known> {
  const caller = await byCookie(services, request);
  if (caller !== undefined)
    return isFromOwnPage(request) ? { ok: true, caller } : { ok: false, refusal: WRONG_ORIGIN };
  const byAnyKey = (await byAccessKey(services, request)) ?? byOwnerKey(services, request);
  if (byAnyKey !== undefined) return { ok: true, caller: byAnyKey };
  const signedIn = await appServiceCaller(services, request);
  if (signedIn === undefined) return { ok: false, refusal: NOT_SIGNED_IN };
  if (signedIn === 'no-role') return { ok: false, refusal: NO_ROLE };
  return isFromOtherPage(request) ? { ok: false, refusal: WRONG_ORIGIN } : { ok: true, caller: signedIn };
}

export const WRONG_ORIGIN = refusal(403, 'wrong-origin', 'expected a call by a page of this address');
export const NOT_SIGNED_IN = refusal(401, 'not-signed-in', 'sign in first');
const NO_ROLE = refusal(403, 'not-allowed', 'an admin has to let you in first');

/** A cookie goes with every call, whoever had it made; the browser says by which page. */
const isFromOwnPage = (request: HttpRequest): boolean =>
  request.method === 'GET' ||
  request.method === 'HEAD' ||
  request.headers.get('origin') === (ownOrigin(request) ?? '');

/** Scripts name no origin, and browsers do so wherever it matters. */
export const isFromOtherPage = (request: HttpRequest): boolean =>
  request.headers.get('origin') !== null && !isFromOwnPage(request);

async function byCookie(services: Asking, request: HttpRequest): Promise<Caller | undefined> {
  const session = sessionIn(request);
  if (session === undefined) return undefined;
  return seen(services, (tx) => tx.people.bySession(sha256Of(session), services.now()));
}

async function byAccessKey(services: Asking, request: HttpRequest): Promise<Caller | undefined> {
  const key = accessKeyIn(request.headers.get('authorization'));
  return key === undefined ? undefined : seen(services, (tx) => tx.people.byKey(sha256Of(key)));
}

/** Looks, so that nobody waits for a batch to be counted; once a minute it is noted that the person was here. */
async function seen(
  { store, now }: Asking,
  look: (tx: Transaction) => Promise<PersonRecord | undefined>,
): Promise<Caller | undefined> {
  const person = await store.look(look);
  if (person === undefined) return undefined;
  const { personId, name, role, storeIds } = person;
  const nowMs = now();
  if (nowMs - (person.lastSeenAtMs ?? 0) >= SEEN_NOTED_EVERY_MS)
    await store.transaction((tx) => tx.people.seen(personId, nowMs));
  return { personId, name, role, storeIds };
}

/** In the header of function keys; never in the address, which ends up in logs. */
function byOwnerKey({ settings }: Asking, { headers }: HttpRequest): Caller | undefined {
  const given = headers.get('x-functions-key');
  if (given === null || settings.OwnerKey === undefined) return undefined;
  return isSameSecret(given, settings.OwnerKey) ? OWNER_KEY_CALLER : undefined;
}
