import type { SensorPlace } from '../../../cloud/contracts/sensor.ts';
import type { SensorModel } from '../../../cloud/contracts/sensor-model.ts';
import type { StoreDescription } from '../../../cloud/contracts/store-description.ts';

/** A sensor, or one line of it. */
export type Placed = { readonly sensorId: string; readonly line: string | null };
/** A door or a zone of a store. */
export type Spot = { readonly kind: 'door' | 'zone'; readonly id: string };
export type Mounted = Placed & { readonly model: SensorModel; readonly flipped: boolean };

type Named = { readonly id: string; readonly line?: string | undefined };
const isNamed = ({ sensorId, line }: Placed, sensor: Named): boolean =>
  sensor.id === sensorId && (sensor.line ?? null) === line;

export function withoutSensor(store: StoreDescription, placed: Placed): StoreDescription {
  const stays = <Sensor extends Named>(sensors: readonly Sensor[]): Sensor[] =>
    sensors.filter((sensor) => !isNamed(placed, sensor));
  return {
    ...store,
    doors: store.doors.map((door) => ({ ...door, sensors: stays(door.sensors) })),
    zones: store.zones.map((zone) => ({ ...zone, sensors: stays(zone.sensors) })),
  };
}

/** At that door or zone, and nowhere else in the store. */
export function withSensorAt(store: StoreDescription, mounted: Mounted, spot: Spot): StoreDescription {
  const { sensorId: id, line, model, flipped } = mounted;
  const sensor = { id, model, ...(line === null ? {} : { line }) };
  const { doors, zones, ...rest } = withoutSensor(store, mounted);
  const isThere = (kind: Spot['kind'], place: Named) => spot.kind === kind && spot.id === place.id;
  return {
    ...rest,
    doors: doors.map((door) =>
      isThere('door', door) ? { ...door, sensors: [...door.sensors, { ...sensor, flipped }] } : door,
    ),
    zones: zones.map((zone) =>
      isThere('zone', zone) ? { ...zone, sensors: [...zone.sensors, sensor] } : zone,
    ),
  };
}

/** Mounted the other way round: what was IN is OUT from now on. */
export const withFlipped = (store: StoreDescription, placed: Placed): StoreDescription => ({
  ...store,
  doors: store.doors.map((door) => ({
    ...door,
    sensors: door.sensors.map((sensor) =>
      isNamed(placed, sensor) ? { ...sensor, flipped: !sensor.flipped } : sensor,
    ),
  })),
});

export const spotOf = ({ doorId, zoneId }: Pick<SensorPlace, 'doorId' | 'zoneId'>): Spot | undefined => {
  if (doorId !== null) return { kind: 'door', id: doorId };
  return zoneId === null ? undefined : { kind: 'zone', id: zoneId };
};

export const spotValue = ({ kind, id }: Spot): string => `${kind}:${id}`;

export function spotFrom(value: string): Spot | undefined {
  const [kind, id] = value.split(':');
  return (kind === 'door' || kind === 'zone') && id !== undefined ? { kind, id } : undefined;
}
