import type { DailyReset } from '../../../cloud/contracts/daily-reset.ts';
import { historySchema } from '../../../cloud/contracts/history.ts';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { type StoreDescription, storeDescriptionSchema } from '../../../cloud/contracts/store-description.ts';
import { storeGroupDescriptionSchema } from '../../../cloud/contracts/store-group.ts';
import { ask } from '../api/ask.ts';

type Described = { readonly description?: unknown };

/** How a store is set up, as its owner described it. @throws ApiProblem */
export const readDescription = (storeId: string): Promise<StoreDescription> =>
  ask(
    { parse: (value) => storeDescriptionSchema.parse((value as Described).description) },
    API_PATHS.store(storeId),
  );

/** The daily reset that counts, and the group it comes from; null: its own. */
export type ResetInForce = { readonly reset: DailyReset | null; readonly group: string | null };

/** A store that says nothing itself does as the first of its groups that says something. */
export async function resetInForce({ dailyReset, storeGroups }: StoreDescription): Promise<ResetInForce> {
  if (dailyReset !== undefined) return { reset: dailyReset, group: null };
  for (const group of storeGroups) {
    const reset = await readGroupReset(group).catch(() => null);
    if (reset !== null) return { reset, group };
  }
  return { reset: null, group: null };
}

const readGroupReset = (storeGroupId: string): Promise<DailyReset | null> =>
  ask(
    { parse: (value) => storeGroupDescriptionSchema.parse((value as Described).description).dailyReset },
    API_PATHS.storeGroup(storeGroupId),
  );

/** People through each door today. */
export type DoorFlows = ReadonlyMap<string, { readonly in: number; readonly out: number }>;

export async function readDoorFlows(
  storeId: string,
  doorIds: readonly string[],
  nowMs: number,
): Promise<DoorFlows> {
  const from = new Date(nowMs).toISOString();
  const flows = await Promise.all(
    doorIds.map(async (door) => {
      const query = new URLSearchParams({ from, step: 'day', door });
      const { steps } = await ask(historySchema, `${API_PATHS.history(storeId)}?${query}`);
      return [door, steps.at(-1) ?? { in: 0, out: 0 }] as const;
    }),
  );
  return new Map(flows);
}
