import fc from 'fast-check';
import type { StoreDescriptionInput } from '../../../cloud/contracts/store-description.ts';
import { CLOCKS, type Clock } from './clocks.ts';

/**
 * How a sensor counts. `numbered`: people since its last message, by boot and sequence. `unnumbered`: the same, known
 * only by the number that the hub gave the message. `total`: people since its boot. `overhead`: how many are in a zone.
 */
export type SensorKind = 'numbered' | 'unnumbered' | 'total' | 'overhead';

export type FleetSensor = {
  readonly id: string;
  readonly kind: SensorKind;
  /** Totals only: starts over at 0 instead of reaching this. */
  readonly wrapsAt: number | null;
  /** Totals only: what it had counted before anybody looked. */
  readonly began: number;
  readonly flipped: boolean;
  readonly clock: Clock;
};

export type FleetDoor = {
  readonly id: string;
  readonly into: string;
  /** Null: the street. */
  readonly from: string | null;
  /** At least one. Each person passes under one of them. */
  readonly sensors: readonly FleetSensor[];
};

export type FleetZone = { readonly id: string; readonly overhead: FleetSensor | null };

/** A store as it is wired. Everybody who enters or leaves passes a door. */
export type Fleet = {
  readonly zones: readonly FleetZone[];
  readonly doors: readonly FleetDoor[];
  readonly staff: number;
};

export const STORE_ID = 'calle-mayor';
const MAX_SENSORS = 6;

type SensorShape = Omit<FleetSensor, 'id'>;
type DoorShape = {
  readonly into: number;
  readonly from: number;
  readonly sensors: readonly SensorShape[];
};

const shapes = (kinds: readonly SensorKind[]): fc.Arbitrary<SensorShape> =>
  fc
    .record({
      kind: fc.constantFrom(...kinds),
      wrapsAt: fc.constantFrom(null, 256, 65_536),
      began: fc.constantFrom(0, 1, 7, 4),
      flipped: fc.boolean(),
      clock: fc.constantFrom(...CLOCKS),
    })
    .map(({ wrapsAt, began, ...shape }) => ({
      ...shape,
      wrapsAt: shape.kind === 'total' ? wrapsAt : null,
      // Near its end, where it has one.
      began: shape.kind !== 'total' || began === 0 ? 0 : (wrapsAt ?? 1_000_000) - began,
    }));

const doorShapes: fc.Arbitrary<DoorShape> = fc.record({
  into: fc.nat(2),
  from: fc.nat(5),
  sensors: fc.array(shapes(['numbered', 'unnumbered', 'total', 'total']), { minLength: 1, maxLength: 2 }),
});

/** `onlyStreet`: no doors between zones, and no zones that are measured. */
export const fleets = ({ onlyStreet = false } = {}): fc.Arbitrary<Fleet> =>
  fc
    .record({
      zones: fc.integer({ min: 1, max: 3 }),
      doors: fc.array(doorShapes, { minLength: 1, maxLength: 3 }),
      overhead: fc.option(fc.record({ zone: fc.nat(2), shape: shapes(['overhead']) }), { freq: 3 }),
      staff: fc.constantFrom(0, 0, 1),
    })
    .map(({ zones, doors, overhead, staff }) => {
      const ids = Array.from({ length: zones }, (_, index) => `zone-${index + 1}`);
      let made = 0;
      const named = (shape: SensorShape): FleetSensor => {
        made += 1;
        return { id: `sensor-${made}`, ...shape };
      };
      const wired = doors.map((shape, index) => {
        const into = ids[shape.into % zones] ?? '';
        const from = ids[shape.from] ?? null;
        const isStreet = onlyStreet || index === 0 || from === into;
        const sensors = shape.sensors.map(named);
        return { id: `door-${index + 1}`, into, from: isStreet ? null : from, sensors };
      });
      const measured = onlyStreet || made === MAX_SENSORS ? null : overhead;
      return {
        zones: ids.map((id, index) => ({
          id,
          overhead: measured !== null && index === measured.zone % zones ? named(measured.shape) : null,
        })),
        doors: wired,
        staff,
      };
    });

export const sensorsOf = ({ doors, zones }: Fleet): readonly FleetSensor[] => [
  ...doors.flatMap(({ sensors }) => sensors),
  ...zones.flatMap(({ overhead }) => overhead ?? []),
];

/** Without delays or second thresholds, so that what is shown depends on the count and not on how it came about. */
export const describedStore = ({ zones, doors, staff }: Fleet): StoreDescriptionInput => ({
  name: 'Calle Mayor',
  timeZone: 'Europe/Madrid',
  limits: { soft: 3, hard: 5, upAfterSeconds: 0, downAfterSeconds: 0, staff, margin: 1 },
  liveForSeconds: 3_600,
  dailyReset: null,
  storeGroups: ['demo'],
  zones: zones.map(({ id, overhead }) => ({
    id,
    name: id,
    sensors: overhead === null ? [] : [{ id: overhead.id }],
  })),
  doors: doors.map(({ id, into, from, sensors }) => ({
    id,
    name: id,
    into,
    ...(from === null ? {} : { from }),
    sensors: sensors.map(({ id: sensorId, flipped }) => ({ id: sensorId, flipped })),
  })),
});
