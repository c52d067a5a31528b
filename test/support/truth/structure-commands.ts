import fc from 'fast-check';
import { expect } from 'vitest';
import { minuteOf } from './corrections.ts';
import { laidOut } from './laid-out.ts';
import {
  counted,
  countedZones,
  doorsOf,
  type Model,
  placeNow,
  putTo,
  type Reading,
  SENSOR_IDS,
  type SensorId,
  type Spot,
  STORE_IDS,
  type StoreId,
  ZONE_IDS,
} from './structure-model.ts';
import type { TestedCloud } from './tested-cloud.ts';
import { picked } from './walk.ts';
import { added } from './zone-ledger.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

type Command = fc.AsyncCommand<Model, TestedCloud>;
type Run = (model: Model, cloud: TestedCloud) => Promise<void>;

/** A command some seconds after the one before, after which both stores must hold what the model says. */
const command = (
  afterMs: number,
  words: string,
  run: Run,
  check: Command['check'] = () => true,
): Command => ({
  check,
  toString: () => `${afterMs / SECOND_MS} s later ${words}`,
  async run(model, cloud) {
    cloud.clock.nowMs += afterMs;
    await run(model, cloud);
    const stores = await cloud.services.store.look((tx) => tx.counting.readStores([...model.stores.keys()]));
    for (const { storeId, zones } of stores) {
      expect([storeId, Object.fromEntries(zones.map(({ id, rawCount }) => [id, rawCount]))]).toEqual([
        storeId,
        expectedIn(model, storeId),
      ]);
    }
  },
});

const expectedIn = (model: Model, storeId: string): object => {
  const zones = [...model.stores].find(([id]) => id === storeId)?.[1].zones ?? [];
  return Object.fromEntries([...zones].map(([id, { people }]) => [id, people]));
};

const pauses = fc
  .oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 60, max: 1_500 }))
  .map((seconds) => seconds * SECOND_MS);
const storeIds = fc.constantFrom(...STORE_IDS);

/** Where each sensor goes: at a door or over a zone, by number; null: nowhere. */
const assignments = fc.record({
  numbered: fc.option(fc.nat(11), { freq: 8 }),
  unnumbered: fc.option(fc.nat(11), { freq: 8 }),
  total: fc.option(fc.nat(11), { freq: 3 }),
  eye: fc.option(fc.nat(2), { freq: 2 }),
});

const keepOf = (ids: fc.Arbitrary<StoreId>) =>
  fc
    .record({
      afterMs: pauses,
      storeId: ids,
      zones: fc.subarray([...ZONE_IDS], { minLength: 1 }),
      assigned: assignments,
    })
    .map(({ afterMs, storeId, zones, assigned }) =>
      command(afterMs, `${storeId} is kept: ${JSON.stringify({ zones, assigned })}`, async (model, cloud) => {
        const spots = new Map<SensorId, Spot>();
        for (const id of SENSOR_IDS) {
          const pick = assigned[id];
          const sensor = model.sensors[id];
          // Whoever moves a sensor to another store takes it out of the first one before.
          if (pick === null || (placeNow(sensor)?.storeId ?? storeId) !== storeId) continue;
          const doors = doorsOf(zones);
          if (id === 'eye') spots.set(id, { id: picked(zones, pick), flipped: false });
          else spots.set(id, { id: picked(doors, pick).id, flipped: pick % 2 === 1 });
        }
        await laidOut(model, cloud, storeId, { zones, spots });
      }),
    );

/** A sensor is taken down, people pass it where it lies, and it is put back. */
const takeDown = fc
  .record({
    afterMs: pauses,
    id: fc.constantFrom<SensorId[]>('numbered', 'unnumbered', 'total', 'total'),
    people: fc.record({ in: fc.nat(4), out: fc.nat(4) }),
  })
  .map(({ afterMs, id, people }) =>
    command(
      afterMs,
      `${id} is taken down, and put back after ${people.in} in, ${people.out} out`,
      async (model, cloud) => {
        const [storeId, { layout }] = placedAt(model, id);
        const without = new Map([...layout.spots].filter(([one]) => one !== id));
        await laidOut(model, cloud, storeId, { ...layout, spots: without });
        cloud.clock.nowMs += afterMs;
        await say(model, cloud, id, [readingOf(model, id, people, cloud.clock.nowMs)]);
        cloud.clock.nowMs += afterMs;
        await laidOut(model, cloud, storeId, layout);
      },
      (model) => placeNow(model.sensors[id]) !== undefined && !model.sensors[id].cut,
    ),
  );

function placedAt(model: Model, id: SensorId) {
  const placed = [...model.stores].find(([storeId]) => placeNow(model.sensors[id])?.storeId === storeId);
  if (placed === undefined) throw new Error(`${id} is nowhere`);
  return placed;
}

const read = fc
  .record({
    afterMs: pauses,
    id: fc.constantFrom(...SENSOR_IDS, 'total'),
    isCut: fc.boolean(),
    people: fc.record({ in: fc.nat(4), out: fc.nat(4) }),
  })
  .map(({ afterMs, id, isCut, people }) =>
    command(
      afterMs,
      `${id} sees ${people.in} in, ${people.out} out${isCut ? ', and is cut off' : ''}`,
      async (model, cloud) => {
        const sensor = model.sensors[id];
        sensor.cut ||= isCut;
        const reading = readingOf(model, id, people, cloud.clock.nowMs);
        if (sensor.cut) sensor.kept.push(reading);
        else await say(model, cloud, id, [reading]);
      },
      // One that never had a place is refused, and counts once it is replayed.
      (model) => model.sensors[id].places.length > 0,
    ),
  );

const cutOff = (model: Model): readonly SensorId[] => SENSOR_IDS.filter((id) => model.sensors[id].cut);

const back = fc.record({ afterMs: pauses, pick: fc.nat(11) }).map(({ afterMs, pick }) =>
  command(
    afterMs,
    'one that was cut off is back',
    async (model, cloud) => {
      const id = picked(cutOff(model), pick);
      const sensor = model.sensors[id];
      sensor.cut = false;
      const now = readingOf(model, id, { in: 0, out: 0 }, cloud.clock.nowMs);
      await say(model, cloud, id, [...sensor.kept.splice(0), now]);
    },
    (model) => cutOff(model).length > 0,
  ),
);

const correct = fc
  .record({
    afterMs: pauses,
    storeId: storeIds,
    kind: fc.constantFrom('set', 'set at', 'add', 'reset'),
    zone: fc.nat(2),
    people: fc.nat(9),
    minutesAgo: fc.nat(30),
  })
  .map(({ afterMs, storeId, ...asked }) =>
    command(
      afterMs,
      `${storeId} is put right: ${JSON.stringify(asked)}`,
      (model, cloud) => corrected(model, cloud, storeId, asked),
      (model) => countedZones(model, storeId).length > 0,
    ),
  );

type Asked = {
  readonly kind: string;
  readonly zone: number;
  readonly people: number;
  readonly minutesAgo: number;
};

async function corrected(model: Model, cloud: TestedCloud, storeId: StoreId, asked: Asked): Promise<void> {
  // Nobody passes in the very millisecond.
  cloud.clock.nowMs += 1;
  const { nowMs } = cloud.clock;
  const { kind, people } = asked;
  const store = model.stores.get(storeId);
  const zone = picked(countedZones(model, storeId), asked.zone);
  const put = async (request: object) => {
    const { status, jsonBody } = await cloud.correct(storeId, { ...request, by: 'Ana' });
    expect(status, JSON.stringify(jsonBody)).toBe(200);
  };
  const minuteMs = Date.parse(minuteOf(nowMs - asked.minutesAgo * MINUTE_MS));
  if (kind === 'reset') {
    await put({ kind });
    for (const id of countedZones(model, storeId)) putTo(model, storeId, id, 0, nowMs);
  } else if (kind === 'add') {
    await put({ kind, zone, people: people - 4 });
    const ledger = store?.zones.get(zone);
    if (ledger !== undefined) added(ledger, people - 4, nowMs);
  } else if (kind === 'set' || minuteMs < (store?.keptAtMs ?? 0)) {
    // Of a time when the store was wired otherwise, nobody can say who passed since.
    await put({ kind: 'set', zone, people });
    putTo(model, storeId, zone, people, nowMs);
  } else {
    await put({ kind: 'set', zone, people, at: minuteOf(minuteMs) });
    putTo(model, storeId, zone, people, minuteMs);
  }
}

const flush = pauses.map((afterMs) =>
  command(afterMs, 'the timer runs', async (_, cloud) => {
    await cloud.flush();
  }),
);

function readingOf(model: Model, id: SensorId, people: { in: number; out: number }, atMs: number): Reading {
  const sensor = model.sensors[id];
  const at = new Date(atMs).toISOString();
  if (id === 'eye') return { people: people.in, atMs, body: { kind: 'absolute', people: people.in, at } };
  sensor.sequence += 1;
  const number = { boot: 'b1', sequence: sensor.sequence };
  if (id === 'numbered') return { ...people, atMs, body: { ...people, ...number, at } };
  if (id === 'unnumbered') return { ...people, atMs, body: { ...people, at } };
  sensor.total = { in: sensor.total.in + people.in, out: sensor.total.out + people.out };
  return { ...sensor.total, atMs, body: { kind: 'cumulative', ...sensor.total, ...number, at } };
}

async function say(model: Model, cloud: TestedCloud, id: SensorId, readings: readonly Reading[]) {
  await cloud.say(...readings.map(({ body }) => ({ sensorId: id, body })));
  for (const reading of readings) counted(model, id, reading);
}

/** Begins with a store, so that there is something to do. */
export const storeStories = fc.record({
  begins: keepOf(fc.constant('alpha')),
  goesOn: fc.commands(
    [keepOf(storeIds), keepOf(storeIds), takeDown, read, read, read, back, back, correct, correct, flush],
    { maxCommands: 14, size: 'max' },
  ),
});
