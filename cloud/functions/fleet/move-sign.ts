import type { SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import type { Caller } from '../people/caller.ts';
import { PlatformError } from '../platform/connection-string.ts';

/** Gives a sign another place in the database, or none, and writes down who did. */
export async function moveSign(
  tx: Transaction,
  sign: SignRecord,
  storeGroupId: string | null,
  caller: Caller,
  nowMs: number,
): Promise<void> {
  await placeAnew(tx, sign, storeGroupId, nowMs);
  await tx.audit.add({
    atMs: nowMs,
    by: caller.name,
    personId: caller.personId,
    act: 'sign-assigned',
    subject: `sign:${sign.signId}`,
    before: { storeGroupId: sign.storeGroupId },
    after: { storeGroupId },
  });
}

/** The code that it showed is void. */
export async function placeAnew(
  tx: Transaction,
  sign: SignRecord,
  storeGroupId: string | null,
  nowMs: number,
): Promise<void> {
  await takeBackPicture(tx, sign, nowMs);
  await tx.signs.assign(sign.signId, storeGroupId);
  await tx.pairing.spend(sign.signId);
  await awaitReport(tx, sign, nowMs);
}

/** Before the place is another: who asked for a picture asked for that of the old one, and who sees the new one did not. */
export const takeBackPicture = (tx: Transaction, { placeId }: SignRecord, atMs: number): Promise<void> =>
  tx.commands.takeBack({
    placeId,
    kind: 'screenshot',
    atMs,
    why: 'Its place changed before its picture came.',
  });

/** What a sign said of its glass was said in its old place: what is there now is not known before it reports anew. */
export async function awaitReport(tx: Transaction, sign: SignRecord, nowMs: number): Promise<void> {
  const { signId, report, heardAtMs, address } = sign;
  if (report === null || heardAtMs === null) return;
  await tx.signs.keepReport({
    signId,
    report,
    heardAtMs,
    address,
    state: 'unknown',
    stateSinceMs: nowMs,
  });
}

/** False where the push service refused or could not be reached: what is in the database stands all the same. */
export async function isHeard(told: Promise<unknown>): Promise<boolean> {
  try {
    await told;
    return true;
  } catch (error) {
    if (error instanceof PlatformError) return false;
    throw error;
  }
}
