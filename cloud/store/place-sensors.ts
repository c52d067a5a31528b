import type { StoreDescription } from '../contracts/store-description.ts';
import type { Sql } from './engine.ts';
import { columnOf } from './free-text.ts';
import { isOpen, type PlaceRow } from './sensor-places.ts';

/** A place as a description asks for it. */
export type AskedPlace = Omit<PlaceRow, 'number' | 'from_ms' | 'until_ms'>;

/** In the words of the table, lines as free text. */
export function askedPlaces(storeId: string, { doors, zones }: StoreDescription): readonly AskedPlace[] {
  const atDoors = doors.flatMap(({ id, peoplePerSecond, sensors }) =>
    sensors.map((sensor) => ({
      ...placeOf(storeId, sensor),
      door_id: id,
      zone_id: null,
      flipped: sensor.flipped ? 1 : 0,
      people_per_second: peoplePerSecond,
    })),
  );
  const overZones = zones.flatMap(({ id, sensors }) =>
    sensors.map((sensor) => ({
      ...placeOf(storeId, sensor),
      door_id: null,
      zone_id: id,
      flipped: 0,
      people_per_second: 0,
    })),
  );
  return [...atDoors, ...overZones];
}

type DescribedSensor = StoreDescription['zones'][number]['sensors'][number];

const placeOf = (storeId: string, { id, line = '', model }: DescribedSensor) => ({
  sensor_id: id,
  line: columnOf(line),
  model,
  store_id: storeId,
});

/** What makes a placement another one. */
const placeName = (row: AskedPlace): string =>
  JSON.stringify([
    row.sensor_id,
    row.line,
    row.model,
    row.store_id,
    row.door_id,
    row.zone_id,
    row.flipped,
    row.people_per_second,
  ]);

export const lineName = ({ sensor_id, line }: Pick<PlaceRow, 'sensor_id' | 'line'>): string =>
  JSON.stringify([sensor_id, line]);

/** The open places that are none any more: of the store, and at other stores of the lines that it asks for. */
export function endingPlaces(
  storeId: string,
  known: readonly PlaceRow[],
  asked: readonly AskedPlace[],
): readonly PlaceRow[] {
  const kept = new Set(asked.map(placeName));
  const taken = new Set(asked.map(lineName));
  return known.filter(
    (row) =>
      isOpen(row) && !kept.has(placeName(row)) && (row.store_id === storeId || taken.has(lineName(row))),
  );
}

/** `known`: all places that these sensors ever had. */
export async function placeSensors(
  sql: Sql,
  known: readonly PlaceRow[],
  ending: readonly PlaceRow[],
  asked: readonly AskedPlace[],
  nowMs: number,
): Promise<void> {
  const stay = new Set(known.filter((row) => isOpen(row) && !ending.includes(row)).map(placeName));
  const beginning = asked.filter((place) => !stay.has(placeName(place)));
  await endPlaces(sql, ending, nowMs);
  await beginPlaces(sql, known, beginning, nowMs);
}

/** Not before it began: a clock may have been set back a little. */
async function endPlaces({ db, dialect }: Sql, ending: readonly PlaceRow[], nowMs: number): Promise<void> {
  const rows = ending.map(({ number, from_ms }) => ({ number, until_ms: Math.max(nowMs, from_ms) }));
  if (rows.length === 0) return;
  await db
    .updateTable('sensor_places')
    .from(dialect.boundRows<(typeof rows)[number]>({ number: 'integer', until_ms: 'integer' }, rows))
    .set(({ ref }) => ({ until_ms: ref('r.until_ms') }))
    .whereRef('sensor_places.number', '=', 'r.number')
    .execute();
}

async function beginPlaces(
  { db }: Sql,
  known: readonly PlaceRow[],
  beginning: readonly AskedPlace[],
  nowMs: number,
): Promise<void> {
  if (beginning.length === 0) return;
  const knownOf = Map.groupBy(known, (row) => row.sensor_id);
  const rows = beginning.map((place) => {
    const before = knownOf.get(place.sensor_id);
    const from_ms =
      before === undefined
        ? 0
        : Math.max(nowMs, ...before.flatMap((row) => [row.from_ms, row.until_ms ?? nowMs]));
    return { ...place, from_ms, until_ms: null };
  });
  await db.insertInto('sensor_places').values(rows).execute();
}
