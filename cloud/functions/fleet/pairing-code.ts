import { randomInt } from 'node:crypto';
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import {
  fingerprintOf,
  PAIRING_CODE_LENGTH,
  PAIRING_LETTERS,
  type PairingOffer,
} from '../../contracts/pairing.ts';
import { CODE_LIFETIME_MS, MAX_PENDING_CODES } from '../../domain/pairing-odds.ts';
import type { PairingCode } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { answer, type Parsed, refusal } from '../http-answers.ts';
import type { Services } from '../services.ts';
import { consoleAddress } from './console-address.ts';
import { networkOf } from './peer-address.ts';
import { admitted, signOfSession } from './sign-of-session.ts';
import { tooMany } from './too-many.ts';

/** Two signs never draw the same letters in the life of a product; a store that says so each time is out of order. */
const DRAWS = 5;
const MAX_PENDING_CODES_OF_NETWORK = 20;
const CROWDED_RETRY_SECONDS = 60;

/** What a sign without a place shows until somebody types it. */
export const pairingCode =
  (services: Services) =>
  async (request: HttpRequest, _context: InvocationContext): Promise<HttpResponseInit> => {
    const signId = await signOfSession(services, request);
    if (!signId.ok) return signId.refusal;
    const nowMs = services.now();
    const code = await services.store.transaction((tx) => codeFor(tx, signId.value, nowMs));
    if (!code.ok) return code.refusal;
    return answer({
      code: code.value.code,
      fingerprint: fingerprintOf(signId.value),
      expiresInSeconds: Math.ceil((code.value.expiresAtMs - nowMs) / 1_000),
      consoleUrl: consoleUrl(request.url, code.value.code),
    } satisfies PairingOffer);
  };

async function codeFor(tx: Transaction, signId: string, nowMs: number): Promise<Parsed<PairingCode>> {
  const sign = admitted(await tx.signs.sign(signId));
  if (!sign.ok) return sign;
  if (sign.value.storeGroupId !== null)
    return { ok: false, refusal: refusal(409, 'bad-request', 'this sign has a place already') };
  const known = await tx.pairing.codeOf(signId, nowMs);
  if (known !== undefined) return { ok: true, value: known };
  const isCrowded =
    (await tx.pairing.countPending(nowMs)) >= MAX_PENDING_CODES ||
    (await isNetworkCrowded(tx, networkOf(sign.value.address), nowMs));
  if (isCrowded)
    return { ok: false, refusal: tooMany('too many signs wait for a place', CROWDED_RETRY_SECONDS) };
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const drawn = { signId, code: drawnCode(), expiresAtMs: nowMs + CODE_LIFETIME_MS };
    if (await tx.pairing.put(drawn, nowMs)) return { ok: true, value: drawn };
  }
  return { ok: false, refusal: refusal(503, 'unavailable', 'no code could be drawn: try again') };
}

async function isNetworkCrowded(tx: Transaction, network: string | null, nowMs: number): Promise<boolean> {
  if (network === null) return false;
  const others = await tx.pairing.pendingAddresses(nowMs);
  return others.filter((other) => networkOf(other) === network).length >= MAX_PENDING_CODES_OF_NETWORK;
}

const drawnCode = (): string =>
  Array.from({ length: PAIRING_CODE_LENGTH }, () => PAIRING_LETTERS[randomInt(PAIRING_LETTERS.length)]).join(
    '',
  );

/** The code stands behind the #, which no browser sends and no server logs. */
function consoleUrl(requestUrl: string, code: string): string | null {
  const address = consoleAddress(requestUrl);
  return address && `${address}/pair#code=${code}`;
}
