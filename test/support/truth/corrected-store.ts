import fc from 'fast-check';
import { expect } from 'vitest';
import type { StoreDescriptionInput } from '../../../cloud/contracts/store-description.ts';
import { NOON_MS } from '../builders.ts';
import { minuteOf } from './corrections.ts';
import { STORE_ID } from './fleet.ts';
import type { TestedCloud } from './tested-cloud.ts';
import { picked } from './walk.ts';
import { added, aZoneLedger, passed, setTo } from './zone-ledger.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const ZONES = ['hall', 'cafe'] as const;
const DOORS = [
  { id: 'front', into: 'hall', from: null },
  { id: 'side', into: 'cafe', from: null },
  { id: 'stairs', into: 'cafe', from: 'hall' },
] as const;
const TO = 4;
const RESET_AT_MS = NOON_MS + 30 * MINUTE_MS;

const description: StoreDescriptionInput = {
  name: 'Calle Mayor',
  timeZone: 'Europe/Madrid',
  limits: { soft: 3, hard: 5 },
  dailyReset: { at: '12:30', to: TO },
  storeGroups: ['demo'],
  zones: ZONES.map((id) => ({ id, name: id })),
  doors: DOORS.map(({ id, into, from }) => ({
    id,
    name: id,
    into,
    ...(from === null ? {} : { from }),
    sensors: [{ id: `${id}-1` }],
  })),
};

/** Whole steps of ten seconds, so that people pass at the very minutes that are corrected. */
const pauses = fc
  .oneof(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 30 }).map((minutes) => minutes * 6),
  )
  .map((tens) => tens * 10 * SECOND_MS);
const passage = fc.record({
  what: fc.constant('pass' as const),
  afterMs: pauses,
  door: fc.nat(2),
  in: fc.nat(3),
  out: fc.nat(3),
});
const trouble = fc.record({
  what: fc.constantFrom('cut', 'cut', 'back', 'timer'),
  afterMs: pauses,
  door: fc.nat(2),
});
const correction = fc.record({
  what: fc.constantFrom('set', 'set', 'set at', 'set at', 'add', 'reset'),
  afterMs: pauses,
  zone: fc.nat(1),
  people: fc.nat(9),
  minutesAgo: fc.nat(45),
});
export const correctedDays = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: passage },
    { weight: 3, arbitrary: trouble },
    { weight: 3, arbitrary: correction },
  ),
  { minLength: 2, maxLength: 16, size: 'max' },
);
type Step = typeof correctedDays extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

/** A reading, and what it says. */
type Said = { readonly body: object; readonly in: number; readonly out: number; readonly atMs: number };

type Door = (typeof DOORS)[number] & {
  total: { in: number; out: number };
  sequence: number;
  cut: boolean;
  kept: Said[];
};

/** Three doors, each with a sensor that counts in its own way and keeps what it cannot send, and what should come of it. */
export function correctedStore(cloud: TestedCloud) {
  const zones = { hall: aZoneLedger(), cafe: aZoneLedger() };
  const doors = DOORS.map(
    (door): Door => ({
      ...door,
      total: { in: 0, out: 0 },
      sequence: 0,
      cut: false,
      kept: [],
    }),
  );
  let isReset = false;

  const read = (door: Door, people: { in: number; out: number }): Said => {
    const atMs = cloud.clock.nowMs;
    door.sequence += 1;
    door.total = { in: door.total.in + people.in, out: door.total.out + people.out };
    const at = new Date(atMs).toISOString();
    const number = { boot: 'b1', sequence: door.sequence };
    const bodies = {
      front: { ...people, ...number, at },
      side: { kind: 'cumulative', ...door.total, ...number, at },
      stairs: { ...people, at },
    };
    return { body: bodies[door.id], ...people, atMs };
  };
  const say = async (door: Door, readings: readonly Said[]) => {
    await cloud.say(...readings.map(({ body }) => ({ sensorId: `${door.id}-1`, body })));
    for (const reading of readings) {
      passed(zones[door.into], reading.in - reading.out, reading.atMs);
      if (door.from !== null) passed(zones[door.from], reading.out - reading.in, reading.atMs);
    }
  };
  const correct = async (request: object) => {
    const { status, jsonBody } = await cloud.correct(STORE_ID, { ...request, by: 'Ana' });
    expect(status, JSON.stringify(jsonBody)).toBe(200);
  };

  return {
    zones,
    async begin() {
      await cloud.keep(STORE_ID, description);
      for (const door of doors) await say(door, [read(door, { in: 0, out: 0 })]);
    },
    async take(step: Step) {
      cloud.clock.nowMs = Math.ceil(cloud.clock.nowMs / (10 * SECOND_MS)) * 10 * SECOND_MS + step.afterMs;
      if (step.what === 'pass') {
        const door = picked(doors, step.door);
        const reading = read(door, { in: step.in, out: step.out });
        if (door.cut) door.kept.push(reading);
        else await say(door, [reading]);
      } else if ('zone' in step) {
        await putRight(step);
      } else if (step.what === 'cut') {
        picked(doors, step.door).cut = true;
      } else if (step.what === 'back') {
        const door = picked(doors, step.door);
        door.cut = false;
        // It ends with how things are now: only that tells a sensor that was cut off from one whose clock is wrong.
        await say(door, [...door.kept.splice(0), read(door, { in: 0, out: 0 })]);
      } else {
        await cloud.flush();
        if (isReset || cloud.clock.nowMs < RESET_AT_MS) return;
        isReset = true;
        setTo(zones.hall, TO, RESET_AT_MS);
        setTo(zones.cafe, 0, RESET_AT_MS);
      }
    },
  };

  async function putRight({ what, zone, people, minutesAgo }: Extract<Step, { zone: number }>) {
    // Between two steps of the sensors: nobody passes in the very millisecond.
    cloud.clock.nowMs += 3 * SECOND_MS;
    const { nowMs } = cloud.clock;
    const id = picked(ZONES, zone);
    if (what === 'reset') {
      await correct({ kind: 'reset' });
      setTo(zones.hall, TO, nowMs);
      setTo(zones.cafe, 0, nowMs);
    } else if (what === 'add') {
      await correct({ kind: 'add', zone: id, people: people - 4 });
      added(zones[id], people - 4, nowMs);
    } else if (what === 'set') {
      await correct({ kind: 'set', zone: id, people });
      setTo(zones[id], people, nowMs);
    } else {
      const at = minuteOf(nowMs - minutesAgo * MINUTE_MS);
      await correct({ kind: 'set', zone: id, people, at });
      setTo(zones[id], people, Date.parse(at));
    }
  }
}
