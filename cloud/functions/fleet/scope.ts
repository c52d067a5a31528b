import type { ListedSign } from '../../contracts/fleet.ts';
import type { Painted } from '../../contracts/sign-report.ts';
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

/** All that a sign shows is theirs to see only where all stores of the group are. */
export async function maySeeWholeGroup(
  tx: Structure,
  caller: Scope,
  storeGroupId: string | null,
): Promise<boolean> {
  if (caller.storeIds === null) return true;
  if (storeGroupId === null) return false;
  const storeIds = await tx.structure.storeIdsOfGroup(storeGroupId);
  return storeIds.length > 0 && storeIds.every((storeId) => maySee(caller, storeId));
}

/** And then alone a person changes them. */
export const mayChangeGroup = (...asked: Parameters<typeof maySeeWholeGroup>): Promise<boolean> =>
  maySeeWholeGroup(...asked);

/** Groups whose signs the person sees; null: all, and the signs without a group. */
export async function groupsSeenBy(tx: Structure, { storeIds }: Scope): Promise<readonly string[] | null> {
  if (storeIds === null) return null;
  const rows = await tx.structure.groupsOfStores(storeIds);
  return [...new Set(rows.map(({ storeGroupId }) => storeGroupId))];
}

/** A sign as it is shown to who sees its group: of a store that is not theirs, its report says nothing. */
export function signShownTo(sign: ListedSign, scope: Scope): ListedSign {
  const { report, storeGroupId } = sign;
  if (scope.storeIds === null || report === null || report.painted === null) return sign;
  const painted = paintedShownTo(report.painted, storeGroupId, scope);
  return { ...sign, report: { ...report, painted } };
}

function paintedShownTo(painted: Painted, storeGroupId: string | null, scope: Scope): Painted {
  const { storeId, alerts, revision } = painted;
  const isTheirs = storeId !== null && maySee(scope, storeId);
  return {
    ...painted,
    // It may have come from a group of which they know nothing.
    storeGroupId: painted.storeGroupId === storeGroupId ? storeGroupId : null,
    storeId: isTheirs ? storeId : null,
    revision: isTheirs ? revision : null,
    ...(alerts === undefined
      ? {}
      : { alerts: alerts.filter((alert) => maySee(scope, alert.split(' ', 1)[0] ?? '')) }),
  };
}

export const NOT_ALL_YOURS = 'not all stores of this group are yours';
