import { type SensorModel, sensorModelSchema } from '../contracts/sensor-model.ts';
import type { Placement } from '../domain/placement.ts';
import type { Sql } from './engine.ts';
import { textOf } from './free-text.ts';
import type { KnownPlaces, PlaceRow } from './memories.ts';

export type { PlaceRow };

/** Of a sensor that was moved more often, the oldest places are no longer given. */
const MAX_PLACES = 100;

/** All places of these sensors, the newest of each sensor first. */
export async function placesOf(sql: Sql, sensorIds: readonly string[]): Promise<PlaceRow[]> {
  return (await knownPlaces(sql, sensorIds)).flatMap(({ rows }) => rows);
}

async function knownPlaces({ db, dialect }: Sql, sensorIds: readonly string[]): Promise<KnownPlaces[]> {
  const placesOfSensor = await dialect.memories.places.recalled(sensorIds, async (unknown) => {
    const rows = await db
      .selectFrom('sensor_places')
      .selectAll()
      .where(dialect.oneOf('sensor_id', unknown))
      .orderBy('number', 'desc')
      .execute();
    const bySensor = Map.groupBy(rows, (row) => row.sensor_id);
    return new Map([...bySensor].map(([sensorId, ofSensor]) => [sensorId, understood(sensorId, ofSensor)]));
  });
  const known: KnownPlaces[] = [];
  for (const sensorId of new Set(sensorIds)) {
    const places = placesOfSensor(sensorId);
    if (places !== undefined) known.push(places);
  }
  return known;
}

const understood = (sensorId: string, rows: readonly PlaceRow[]): KnownPlaces => ({
  sensorId,
  rows,
  placements: newest(rows).map(placementOf),
  model: modelOf(rows),
});

export async function placementsOf(sql: Sql, sensorIds: readonly string[]): Promise<Placement[]> {
  return (await knownPlaces(sql, sensorIds)).flatMap(({ placements }) => placements);
}

export async function modelsOf(
  sql: Sql,
  sensorIds: readonly string[],
): Promise<{ sensorId: string; model: SensorModel }[]> {
  const places = await knownPlaces(sql, sensorIds);
  return places.flatMap(({ sensorId, model }) => (model === undefined ? [] : [{ sensorId, model }]));
}

/** Those that last, however old, go before those that are over. */
const newest = (rows: readonly PlaceRow[]): readonly PlaceRow[] =>
  rows.length <= MAX_PLACES
    ? rows
    : [...rows.filter(isOpen), ...rows.filter((row) => !isOpen(row))].slice(0, MAX_PLACES);

export const isOpen = (row: Pick<PlaceRow, 'until_ms'>): boolean => row.until_ms === null;

const placementOf = (row: PlaceRow): Placement => ({
  sensorId: row.sensor_id,
  line: textOf(row.line),
  storeId: row.store_id,
  spot: spotOf(row),
  fromMs: row.from_ms,
  untilMs: row.until_ms,
});

function spotOf({ door_id, zone_id, flipped, people_per_second }: PlaceRow): Placement['spot'] {
  return zone_id === null
    ? { kind: 'door', doorId: door_id ?? '', flipped: flipped === 1, peoplePerSecond: people_per_second }
    : { kind: 'zone', zoneId: zone_id };
}

/** Where one line of a sensor is said to be of a make and another to be anything, the sensor is of that make. */
function modelOf(rows: readonly PlaceRow[]): SensorModel | undefined {
  const models = rows.filter(isOpen).map(({ model }) => sensorModelSchema.parse(model));
  // Of several makes, that of the oldest place.
  return models.findLast((model) => model !== 'auto') ?? models[0];
}
