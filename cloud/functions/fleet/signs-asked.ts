import type { SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import type { Caller } from '../people/caller.ts';
import { mayChangeGroup, NOT_ALL_YOURS } from './scope.ts';

/** Of each sign that a person asks something for: its record, or why it is not to be had. */
export type SignsAsked = ReadonlyMap<string, SignRecord | { readonly refused: string }>;

export async function signsAsked(
  tx: Transaction,
  signIds: readonly string[],
  caller: Pick<Caller, 'storeIds'>,
): Promise<SignsAsked> {
  const allowed = new Map<string | null, boolean>();
  const mayChange = async (storeGroupId: string | null) => {
    const known = allowed.get(storeGroupId) ?? (await mayChangeGroup(tx, caller, storeGroupId));
    allowed.set(storeGroupId, known);
    return known;
  };
  const asked = new Map<string, SignRecord | { readonly refused: string }>();
  const known = new Map((await tx.signs.signs([...new Set(signIds)])).map((sign) => [sign.signId, sign]));
  for (const signId of new Set(signIds)) {
    const sign = known.get(signId);
    if (sign === undefined) asked.set(signId, { refused: 'no such sign' });
    else if (!(await mayChange(sign.storeGroupId))) asked.set(signId, { refused: NOT_ALL_YOURS });
    else if (sign.revokedAtMs !== null) asked.set(signId, { refused: 'this sign was revoked' });
    else asked.set(signId, sign);
  }
  return asked;
}

export const recordsOf = (asked: SignsAsked): SignRecord[] =>
  [...asked.values()].filter((one): one is SignRecord => !('refused' in one));

export const refusedOf = (asked: SignsAsked, signId: string): string | null => {
  const one = asked.get(signId);
  return one !== undefined && 'refused' in one ? one.refused : null;
};
