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

/** The same of many groups: `maySeeWholeGroup` of each. */
export async function wholeGroupsOf(
  tx: Structure,
  caller: Scope,
  storeGroupIds: readonly (string | null)[],
): Promise<(storeGroupId: string | null) => boolean> {
  if (caller.storeIds === null) return () => true;
  const named = [...new Set(storeGroupIds.flatMap((storeGroupId) => storeGroupId ?? []))];
  const byGroup = Map.groupBy(await tx.structure.storesOfGroups(named), ({ storeGroupId }) => storeGroupId);
  return (storeGroupId) =>
    byGroup.get(storeGroupId ?? '')?.every(({ storeId }) => maySee(caller, storeId)) ?? false;
}

/**
 * A sign as it is shown to who sees its group: of a store that is not theirs, its report says nothing. `isWhole`: all
 * stores of the group are theirs; only those are told that there is a picture of its panel.
 */
export function signShownTo(sign: ListedSign, scope: Scope, isWhole: boolean): ListedSign {
  if (scope.storeIds === null) return sign;
  const { screenshotAtMs, ...rest } = sign;
  const shown = isWhole && screenshotAtMs !== undefined ? sign : rest;
  const { report, storeGroupId } = shown;
  if (report === null || report.painted === null) return shown;
  const painted = paintedShownTo(report.painted, storeGroupId, scope);
  return { ...shown, report: { ...report, painted } };
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
