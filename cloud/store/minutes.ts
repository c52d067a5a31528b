import { sql } from 'kysely';
import type { Sql } from './engine.ts';
import type { DoorMinute, ZoneMinute } from './port.ts';

/**
 * The doors, or zones, that a store ever had, as `places (id)`. Its minutes lie together by place and then by time, so
 * whoever names the places reads the minutes asked for and no others; to find them costs one look into the key each.
 */
const withPlaces = (storeId: string, table: 'minute_flows' | 'zone_adjustments', id: 'door_id' | 'zone_id') =>
  sql`with recursive places (id) as (
    select min(${sql.ref(id)}) from ${sql.table(table)} where store_id = ${storeId}
    union all
    select (select min(${sql.ref(id)}) from ${sql.table(table)} where store_id = ${storeId} and ${sql.ref(id)} > places.id)
    from places where places.id is not null
  )`;
const withDoors = (storeId: string) => withPlaces(storeId, 'minute_flows', 'door_id');
const withZones = (storeId: string) => withPlaces(storeId, 'zone_adjustments', 'zone_id');

// A cross join, because SQLite keeps to its order: first the places, then the minutes of each.

export async function doorMinutes(
  { db }: Sql,
  storeId: string,
  fromMs: number,
  untilMs: number,
): Promise<readonly DoorMinute[]> {
  const found = await sql<DoorMinute>`${withDoors(storeId)}
    select door_id as "doorId", minute_ms as "minuteMs", people_in as "in", people_out as "out"
    from places cross join minute_flows
    where store_id = ${storeId} and door_id = places.id and minute_ms >= ${fromMs} and minute_ms < ${untilMs}
    order by minute_ms, door_id`.execute(db);
  return found.rows;
}

export async function zoneMinutes(
  { db }: Sql,
  storeId: string,
  fromMs: number,
  untilMs: number,
): Promise<readonly ZoneMinute[]> {
  const found = await sql<ZoneMinute>`${withZones(storeId)}
    select zone_id as "zoneId", minute_ms as "minuteMs", people
    from places cross join zone_adjustments
    where store_id = ${storeId} and zone_id = places.id and minute_ms >= ${fromMs} and minute_ms < ${untilMs}
    order by minute_ms, zone_id`.execute(db);
  return found.rows;
}

export async function doorSumsSince(
  { db }: Sql,
  storeId: string,
  fromMs: number,
): Promise<readonly DoorMinute[]> {
  // PostgreSQL's sum of whole numbers has more digits than a number has room for, unless told otherwise.
  const found = await sql<DoorMinute>`${withDoors(storeId)}
    select door_id as "doorId", cast(${fromMs} as bigint) as "minuteMs",
      cast(sum(people_in) as bigint) as "in", cast(sum(people_out) as bigint) as "out"
    from places cross join minute_flows
    where store_id = ${storeId} and door_id = places.id and minute_ms >= ${fromMs}
    group by door_id order by door_id`.execute(db);
  return found.rows;
}

export async function zoneSumsSince(
  { db }: Sql,
  storeId: string,
  fromMs: number,
): Promise<readonly ZoneMinute[]> {
  const found = await sql<ZoneMinute>`${withZones(storeId)}
    select zone_id as "zoneId", cast(${fromMs} as bigint) as "minuteMs", cast(sum(people) as bigint) as people
    from places cross join zone_adjustments
    where store_id = ${storeId} and zone_id = places.id and minute_ms >= ${fromMs}
    group by zone_id order by zone_id`.execute(db);
  return found.rows;
}
