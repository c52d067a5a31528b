import type { StoreDescription } from '../contracts/store-description.ts';
import type { StoreGroupDescription } from '../contracts/store-group.ts';
import { parsedDescription } from './described-store.ts';
import type { Sql } from './engine.ts';
import { liveColumnOf, parsedLive } from './live-state.ts';
import type { StructureRecords } from './port.ts';
import { holdStores } from './store-states.ts';
import type { StoreRow } from './tables.ts';

export const storeGroups = ({
  db,
  dialect,
}: Sql): Pick<
  StructureRecords,
  'storeGroupExists' | 'storeIdsOfGroup' | 'storesOfGroups' | 'firstStoresOf' | 'groupsOfStores'
> => ({
  async storeGroupExists(storeGroupId) {
    const member = await db
      .selectFrom('store_group_members')
      .select('store_id')
      .where('store_group_id', '=', storeGroupId)
      .limit(1)
      .executeTakeFirst();
    return member !== undefined;
  },

  async storeIdsOfGroup(storeGroupId) {
    const members = await db
      .selectFrom('store_group_members')
      .select('store_id')
      .where('store_group_id', '=', storeGroupId)
      .orderBy('store_id')
      .execute();
    return members.map((member) => member.store_id);
  },

  storesOfGroups: (storeGroupIds) =>
    db
      .selectFrom('store_group_members')
      .select(['store_group_id as storeGroupId', 'store_id as storeId'])
      .where(dialect.oneOf('store_group_id', storeGroupIds))
      .execute(),

  firstStoresOf: (storeGroupIds) =>
    db
      .selectFrom('store_group_members')
      .select(({ fn }) => ['store_group_id as storeGroupId', fn.min('store_id').as('storeId')])
      .where(dialect.oneOf('store_group_id', storeGroupIds))
      .groupBy('store_group_id')
      .execute(),

  groupsOfStores: (storeIds) =>
    db
      .selectFrom('store_group_members')
      .select(['store_id as storeId', 'store_group_id as storeGroupId'])
      .where(dialect.oneOf('store_id', storeIds))
      .orderBy('store_id')
      .orderBy('store_group_id')
      .execute(),
});

export async function replaceGroups({ db }: Sql, storeId: string, storeGroupIds: readonly string[]) {
  await db.deleteFrom('store_group_members').where('store_id', '=', storeId).execute();
  const members = [...new Set(storeGroupIds)].map((storeGroupId, position) => ({
    store_id: storeId,
    store_group_id: storeGroupId,
    position,
  }));
  if (members.length > 0) await db.insertInto('store_group_members').values(members).execute();
}

export async function storeGroupDescription(
  { db }: Sql,
  storeGroupId: string,
): Promise<StoreGroupDescription | undefined> {
  const row = await db
    .selectFrom('store_groups')
    .select('description')
    .where('id', '=', storeGroupId)
    .executeTakeFirst();
  return row && parsedGroup(row.description);
}

export async function putStoreGroup(
  sql: Sql,
  storeGroupId: string,
  description: StoreGroupDescription,
): Promise<void> {
  const kept = { description: JSON.stringify(description) };
  await sql.db
    .insertInto('store_groups')
    .values({ id: storeGroupId, ...kept })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(kept))
    .execute();
  await inheritAnew(sql, await storeGroups(sql).storeIdsOfGroup(storeGroupId));
}

/** The reset in force, as the column keeps it: the store's own, or that of the first of its groups that has one. */
export async function dailyResetsOf(
  { db, dialect }: Sql,
  descriptions: readonly Pick<StoreDescription, 'dailyReset' | 'storeGroups'>[],
): Promise<readonly (string | null)[]> {
  const named = new Set(descriptions.flatMap(({ storeGroups }) => storeGroups));
  const rows = await db
    .selectFrom('store_groups')
    .selectAll()
    .where(dialect.oneOf('id', [...named]))
    .execute();
  const resetOf = new Map(rows.map((row) => [row.id, parsedGroup(row.description).dailyReset]));
  return descriptions.map(({ dailyReset, storeGroups }) => {
    const inherited = storeGroups.map((id) => resetOf.get(id)).find((reset) => (reset ?? null) !== null);
    const inForce = dailyReset === undefined ? inherited : dailyReset;
    return (inForce ?? null) && JSON.stringify(inForce);
  });
}

async function inheritAnew(sql: Sql, storeIds: readonly string[]): Promise<void> {
  const { db, dialect } = sql;
  await holdStores(sql, storeIds);
  const stores = await db
    .selectFrom('stores')
    .select(['id', 'description', 'daily_reset', 'live'])
    .where(dialect.oneOf('id', storeIds))
    .execute();
  const resets = await dailyResetsOf(
    sql,
    stores.map((store) => parsedDescription(store.description)),
  );
  const changed = stores.flatMap(({ id, daily_reset, live }, index): InheritedRow[] => {
    const reset = resets[index] ?? null;
    if (reset === daily_reset) return [];
    return [{ id, daily_reset: reset, live: liveColumnOf({ ...parsedLive(live), nextResetAtMs: null }) }];
  });
  if (changed.length === 0) return;
  await db
    .updateTable('stores')
    .from(dialect.boundRows<InheritedRow>({ id: 'text', daily_reset: 'text', live: 'text' }, changed))
    .set(({ ref }) => ({ daily_reset: ref('r.daily_reset'), live: ref('r.live'), review_at_ms: 0 }))
    .whereRef('stores.id', '=', 'r.id')
    .execute();
}

type InheritedRow = Pick<StoreRow, 'id' | 'daily_reset' | 'live'>;

function parsedGroup(column: string): StoreGroupDescription {
  return JSON.parse(column);
}
