import type { StoreDescription } from '../contracts/store-description.ts';
import { parsedDescription } from './described-store.ts';
import type { Sql } from './engine.ts';
import type { StructureRecords } from './port.ts';
import { putStore } from './put-store.ts';
import { modelsOf, placementsOf } from './sensor-places.ts';
import { putStoreGroup, storeGroupDescription, storeGroups } from './store-groups.ts';

export const structureRecords = (sql: Sql): StructureRecords => ({
  async putStore(storeId, description, at) {
    await lockStructure(sql);
    await putStore(sql, storeId, description, at);
  },
  storeDescription: (storeId) => storeDescription(sql, storeId),
  placementsOf: (sensorIds) => placementsOf(sql, sensorIds),
  modelsOf: (sensorIds) => modelsOf(sql, sensorIds),
  storeIds: (limit) => storeIds(sql, limit),
  ...storeGroups(sql),
  async putStoreGroup(storeGroupId, description) {
    await lockStructure(sql);
    await putStoreGroup(sql, storeGroupId, description);
  },
  storeGroupDescription: (storeGroupId) => storeGroupDescription(sql, storeGroupId),
});

/**
 * One at a time changes what there is: two that name the same sensor, or a store and what its group says, would each
 * miss the other. How often it was done is of no use; that the row is written makes others wait.
 */
async function lockStructure({ db }: Sql): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name: 'structure', value: 1 })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((old) => ({ value: old('meta.value', '+', 1) })),
    )
    .execute();
}

async function storeIds({ db }: Sql, limit: number): Promise<readonly string[]> {
  const rows = await db.selectFrom('stores').select('id').orderBy('id').limit(limit).execute();
  return rows.map((row) => row.id);
}

async function storeDescription({ db }: Sql, storeId: string): Promise<StoreDescription | undefined> {
  const row = await db
    .selectFrom('stores')
    .select('description')
    .where('id', '=', storeId)
    .executeTakeFirst();
  return row && parsedDescription(row.description);
}
