import type { Transaction } from '../../store/port.ts';
import { type Caller, maySee } from '../people/caller.ts';

type Scope = Pick<Caller, 'storeIds'>;
type Structure = Pick<Transaction, 'structure'>;

/** A person sees the signs of each group that holds a store of theirs; those without a place only who has all stores. */
export async function maySeeGroup(
  tx: Structure,
  caller: Scope,
  storeGroupId: string | null,
): Promise<boolean> {
  if (caller.storeIds === null) return true;
  if (storeGroupId === null) return false;
  return (await tx.structure.storeIdsOfGroup(storeGroupId)).some((storeId) => maySee(caller, storeId));
}

/** And changes them only where all stores of the group are theirs. */
export async function mayChangeGroup(
  tx: Structure,
  caller: Scope,
  storeGroupId: string | null,
): Promise<boolean> {
  if (caller.storeIds === null) return true;
  if (storeGroupId === null) return false;
  const storeIds = await tx.structure.storeIdsOfGroup(storeGroupId);
  return storeIds.length > 0 && storeIds.every((storeId) => maySee(caller, storeId));
}

/** Groups whose signs the person sees; null: all, and the signs without a group. */
export async function groupsSeenBy(tx: Structure, { storeIds }: Scope): Promise<readonly string[] | null> {
  if (storeIds === null) return null;
  const rows = await tx.structure.groupsOfStores(storeIds);
  return [...new Set(rows.map(({ storeGroupId }) => storeGroupId))];
}

export const NOT_ALL_YOURS = 'not all stores of this group are yours';
