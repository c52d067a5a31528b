import fc from 'fast-check';
import { NOON_MS } from '../builders.ts';
import { type Fleet, type FleetSensor, sensorsOf } from './fleet.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** What happens next in a store, and how long after what happened before. Numbers choose among what the fleet has. */
export type Step = { readonly afterMs: number } & (
  | {
      readonly what: 'pass';
      readonly door: number;
      readonly sensor: number;
      readonly out: boolean;
      readonly people: number;
      /** The sensor says so at once. */
      readonly told: boolean;
    }
  | { readonly what: 'report' | 'reboot' | 'cut' | 'back' | 'resend'; readonly sensor: number }
);

/** What a sensor sees or goes through. `people`: how many are in the zone of one that looks at a zone. */
export type Seen = { readonly sensor: FleetSensor; readonly atMs: number } & (
  | { readonly what: 'passed'; readonly in: number; readonly out: number }
  | { readonly what: 'report'; readonly people: number }
  | { readonly what: 'reboot' | 'cut' | 'back' | 'resend' }
);

/** `truth`: how many are in each zone in the end. */
export type Walk = {
  readonly seen: readonly Seen[];
  readonly truth: Readonly<Record<string, number>>;
  readonly endsAtMs: number;
};

const pauses = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 5 * SECOND_MS }) },
  { weight: 3, arbitrary: fc.integer({ min: 20, max: 200 }).map((seconds) => seconds * SECOND_MS) },
  { weight: 2, arbitrary: fc.integer({ min: 5, max: 90 }).map((minutes) => minutes * MINUTE_MS) },
);
const picks = fc.nat(11);

const passes = fc.record({
  what: fc.constant('pass' as const),
  afterMs: pauses,
  door: picks,
  sensor: picks,
  out: fc.boolean(),
  people: fc.integer({ min: 1, max: 4 }),
  told: fc.boolean(),
});
const troubles = fc.record({
  what: fc.constantFrom(
    ...(['report', 'report', 'reboot', 'reboot', 'cut', 'cut', 'back', 'resend', 'resend'] as const),
  ),
  afterMs: pauses,
  sensor: picks,
});

const scriptsUpTo = (maxLength: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(fc.oneof({ weight: 3, arbitrary: passes }, { weight: 2, arbitrary: troubles }), {
    minLength: 1,
    maxLength,
    size: 'max',
  });

export const scripts = scriptsUpTo(18);
/** For those who tell them twice. */
export const shortScripts = scriptsUpTo(11);

/** People walk through the store. Nobody leaves who is not there, and everybody passes under a sensor. */
export function walked(fleet: Fleet, script: readonly Step[]): Walk {
  const inside = new Map(fleet.zones.map(({ id }) => [id, 0]));
  const seen: Seen[] = [];
  const all = sensorsOf(fleet);
  const overheadOf = new Map(
    fleet.zones.flatMap(({ id, overhead }) => (overhead === null ? [] : [[overhead.id, id] as const])),
  );
  const move = (zone: string | null, people: number) => {
    if (zone !== null) inside.set(zone, (inside.get(zone) ?? 0) + people);
  };
  const report = (sensor: FleetSensor, atMs: number) => {
    const people = inside.get(overheadOf.get(sensor.id) ?? '') ?? 0;
    seen.push({ what: 'report', sensor, atMs, people });
  };
  let atMs = NOON_MS;
  // What a total was when counting began is said before anybody comes.
  for (const sensor of all) report(sensor, atMs);
  for (const step of script) {
    atMs += step.afterMs;
    if (step.what !== 'pass') {
      const sensor = picked(all, step.sensor);
      if (step.what === 'report') report(sensor, atMs);
      else seen.push({ what: step.what, sensor, atMs });
      continue;
    }
    const door = picked(fleet.doors, step.door);
    const sensor = picked(door.sensors, step.sensor);
    const present = (zone: string | null) =>
      zone === null ? Number.POSITIVE_INFINITY : (inside.get(zone) ?? 0);
    // Where nobody is to leave, they come.
    const leaves = step.out ? present(door.into) > 0 : present(door.from) === 0 && present(door.into) > 0;
    const people = Math.min(step.people, present(leaves ? door.into : door.from));
    move(door.into, leaves ? -people : people);
    move(door.from, leaves ? people : -people);
    const asMounted = leaves === sensor.flipped ? { in: people, out: 0 } : { in: 0, out: people };
    seen.push({ what: 'passed', sensor, atMs, ...asMounted });
    if (step.told) report(sensor, atMs);
  }
  // Lossless: in the end every sensor is there again and says what it has.
  for (const sensor of all) seen.push({ what: 'back', sensor, atMs: atMs + SECOND_MS });
  for (const sensor of all) report(sensor, atMs + 2 * SECOND_MS);
  return { seen, truth: Object.fromEntries(inside), endsAtMs: atMs + MINUTE_MS };
}

export function picked<Item>(items: readonly Item[], pick: number): Item {
  const item = items[pick % items.length];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}
