import type { StoreDescription } from '../contracts/store-description.ts';
import type { StoreDay } from '../domain/store-state.ts';
import type { Sql } from './engine.ts';
import { columnOf } from './free-text.ts';

/** At once: a sensor that came or went may have changed which doors are heard. */
const REVIEW_AT_ONCE_MS = 0;

/** See the port. Doors and sensors are written anew; of a door that stays, its silence stays too. */
export async function putStore(
  sql: Sql,
  storeId: string,
  description: StoreDescription,
  today: StoreDay,
): Promise<void> {
  const sensorIds = description.doors.flatMap((door) => door.sensors.map((sensor) => sensor.id));
  const placed = await lockForSensors(sql, storeId, sensorIds);
  await upsertStore(sql, storeId, description, today);
  await replaceGroups(sql, storeId, description.storeGroups);
  const silent = await takeAway(sql, storeId, sensorIds);
  await insertDoors(sql, storeId, description, silent);
  await forgetTotals(
    sql,
    sensorIds.filter((id) => !placed.has(id)),
  );
}

/** Locks the store, and those that lose a sensor to it, in order of id as `lockStores` does; the losers will be reviewed. */
async function lockForSensors({ db, dialect }: Sql, storeId: string, sensorIds: readonly string[]) {
  const sensors = await db
    .selectFrom('sensors')
    .select(['id', 'store_id'])
    .where(dialect.oneOf('id', sensorIds))
    .execute();
  const storeIds = [storeId, ...sensors.map((sensor) => sensor.store_id)];
  await db
    .selectFrom('stores')
    .select('id')
    .where(dialect.oneOf('id', storeIds))
    .orderBy('id')
    .modifyEnd(dialect.forUpdate)
    .execute();
  await db
    .updateTable('stores')
    .set({ review_at_ms: REVIEW_AT_ONCE_MS })
    .where(dialect.oneOf('id', storeIds))
    .execute();
  return new Set(sensors.map((sensor) => sensor.id));
}

/** Who passed a sensor that had no place was nobody's customer: its totals are where counting starts. */
async function forgetTotals({ db, dialect }: Sql, sensorIds: readonly string[]) {
  await db
    .updateTable('sensor_states')
    .set({ boot: null, previous_boot: null, heard_until_ms: null })
    .where(dialect.oneOf('sensor_id', sensorIds))
    .execute();
}

async function upsertStore({ db }: Sql, storeId: string, description: StoreDescription, today: StoreDay) {
  const described = {
    name: columnOf(description.name),
    time_zone: description.timeZone,
    soft_limit: description.limits.soft,
    hard_limit: description.limits.hard,
    live_for_ms: description.liveForSeconds * 1_000,
    push_due: 1,
    review_at_ms: REVIEW_AT_ONCE_MS,
  };
  await db
    .insertInto('stores')
    .values({
      id: storeId,
      ...described,
      raw_count: 0,
      revision: 1,
      day: today.day,
      day_starts_at_ms: today.startsAtMs,
      day_ends_at_ms: today.endsAtMs,
      sent_at_ms: null,
      proof_sent_at_ms: null,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((old) => ({
        ...described,
        day: today.day,
        day_starts_at_ms: today.startsAtMs,
        day_ends_at_ms: today.endsAtMs,
        revision: old('stores.revision', '+', 1),
      })),
    )
    .execute();
}

async function replaceGroups({ db }: Sql, storeId: string, storeGroupIds: readonly string[]) {
  await db.deleteFrom('store_group_members').where('store_id', '=', storeId).execute();
  const members = [...new Set(storeGroupIds)].map((storeGroupId, position) => ({
    store_id: storeId,
    store_group_id: storeGroupId,
    position,
  }));
  if (members.length > 0) await db.insertInto('store_group_members').values(members).execute();
}

/** Removes the store's doors and sensors, and the named sensors from wherever they are. Gives the doors that were silent. */
async function takeAway({ db, dialect }: Sql, storeId: string, sensorIds: readonly string[]) {
  const silent = await db
    .selectFrom('doors')
    .select('id')
    .where('store_id', '=', storeId)
    .where('silent', '=', 1)
    .execute();
  await db
    .deleteFrom('sensors')
    .where(({ eb, or }) => or([eb('store_id', '=', storeId), dialect.oneOf('id', sensorIds)]))
    .execute();
  await db.deleteFrom('doors').where('store_id', '=', storeId).execute();
  return new Set(silent.map((door) => door.id));
}

async function insertDoors(
  { db }: Sql,
  storeId: string,
  { doors }: StoreDescription,
  silent: ReadonlySet<string>,
) {
  const doorRows = doors.map((door, position) => ({
    store_id: storeId,
    id: door.id,
    position,
    name: columnOf(door.name),
    silent: silent.has(door.id) ? 1 : 0,
  }));
  if (doorRows.length > 0) await db.insertInto('doors').values(doorRows).execute();
  const sensorRows = doors.flatMap((door) =>
    door.sensors.map((sensor, position) => ({
      id: sensor.id,
      store_id: storeId,
      door_id: door.id,
      position,
      flipped: sensor.flipped ? 1 : 0,
    })),
  );
  if (sensorRows.length > 0) await db.insertInto('sensors').values(sensorRows).execute();
}
