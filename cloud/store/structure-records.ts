import type { StoreDescription } from '../contracts/store-description.ts';
import type { Sql } from './engine.ts';
import { textOf } from './free-text.ts';
import type { Placement, StructureRecords } from './port.ts';
import { putStore } from './put-store.ts';

export const structureRecords = (sql: Sql): StructureRecords => ({
  putStore: (storeId, description, today) => putStore(sql, storeId, description, today),
  storeDescription: (storeId) => storeDescription(sql, storeId),
  placementsOf: (sensorIds) => placementsOf(sql, sensorIds),

  async storeGroupExists(storeGroupId) {
    const member = await sql.db
      .selectFrom('store_group_members')
      .select('store_id')
      .where('store_group_id', '=', storeGroupId)
      .limit(1)
      .executeTakeFirst();
    return member !== undefined;
  },

  async storeIdsOfGroup(storeGroupId) {
    const members = await sql.db
      .selectFrom('store_group_members')
      .select('store_id')
      .where('store_group_id', '=', storeGroupId)
      .orderBy('store_id')
      .execute();
    return members.map((member) => member.store_id);
  },

  groupsOfStores: (storeIds) =>
    sql.db
      .selectFrom('store_group_members')
      .select(['store_id as storeId', 'store_group_id as storeGroupId'])
      .where(sql.dialect.oneOf('store_id', storeIds))
      .orderBy('store_id')
      .orderBy('store_group_id')
      .execute(),
});

async function placementsOf({ db, dialect }: Sql, sensorIds: readonly string[]): Promise<Placement[]> {
  const rows = await db
    .selectFrom('sensors')
    .select(['id as sensorId', 'door_id as doorId', 'store_id as storeId', 'flipped'])
    .where(dialect.oneOf('id', sensorIds))
    .execute();
  return rows.map((row) => ({ ...row, flipped: row.flipped === 1 }));
}

async function storeDescription({ db }: Sql, storeId: string): Promise<StoreDescription | undefined> {
  const store = await db.selectFrom('stores').selectAll().where('id', '=', storeId).executeTakeFirst();
  if (store === undefined) return undefined;
  const groups = await db
    .selectFrom('store_group_members')
    .select('store_group_id')
    .where('store_id', '=', storeId)
    .orderBy('position')
    .execute();
  const doors = await db
    .selectFrom('doors')
    .select(['id', 'name'])
    .where('store_id', '=', storeId)
    .orderBy('position')
    .execute();
  const sensors = await db
    .selectFrom('sensors')
    .select(['id', 'door_id', 'flipped'])
    .where('store_id', '=', storeId)
    .orderBy('position')
    .execute();
  return {
    name: textOf(store.name),
    timeZone: store.time_zone,
    limits: { soft: store.soft_limit, hard: store.hard_limit },
    liveForSeconds: store.live_for_ms / 1_000,
    storeGroups: groups.map((group) => group.store_group_id),
    doors: doors.map((door) => ({
      id: door.id,
      name: textOf(door.name),
      sensors: sensors
        .filter((sensor) => sensor.door_id === door.id)
        .map((sensor) => ({ id: sensor.id, flipped: sensor.flipped === 1 })),
    })),
  };
}
