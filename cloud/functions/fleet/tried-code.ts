import { MAX_ALL_WRONG_TRIES, MAX_OWN_WRONG_TRIES, TRIES_WITHIN_MS } from '../../domain/pairing-odds.ts';
import type { PairingCode, SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { type Parsed, refusal } from '../http-answers.ts';
import type { Caller } from '../people/caller.ts';
import { tooMany } from './too-many.ts';

type WaitingSign = { readonly sign: SignRecord; readonly code: PairingCode };

/**
 * The sign that waits under a code. A wrong one counts against who tried it, and against all together, so that nobody
 * finds a code by trying; past the limits not even the right one is heard.
 */
export async function triedCode(
  tx: Transaction,
  code: string,
  { personId }: Pick<Caller, 'personId'>,
  nowMs: number,
): Promise<Parsed<WaitingSign>> {
  const sinceMs = nowMs - TRIES_WITHIN_MS;
  const wrong = await tx.pairing.wrongTries(personId, sinceMs);
  if (wrong.own >= MAX_OWN_WRONG_TRIES || wrong.all >= MAX_ALL_WRONG_TRIES)
    return { ok: false, refusal: tooMany('too many wrong codes: wait a minute', TRIES_WITHIN_MS / 1_000) };
  const found = await waitingUnder(tx, code, nowMs);
  if (found !== undefined) return { ok: true, value: found };
  await tx.pairing.addWrongTry({ who: personId, atMs: nowMs, sinceMs });
  const left = MAX_OWN_WRONG_TRIES - wrong.own - 1;
  const tries =
    left === 0 ? 'wait a minute' : `${left} ${left === 1 ? 'try is' : 'tries are'} left this minute`;
  return { ok: false, refusal: refusal(404, 'unknown-code', `no sign shows this code: ${tries}`, 'code') };
}

async function waitingUnder(tx: Transaction, text: string, nowMs: number): Promise<WaitingSign | undefined> {
  const code = await tx.pairing.byCode(text, nowMs);
  if (code === undefined) return undefined;
  const sign = await tx.signs.sign(code.signId);
  if (sign === undefined || sign.storeGroupId !== null || sign.revokedAtMs !== null) return undefined;
  return { sign, code };
}
