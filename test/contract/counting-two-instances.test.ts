import { expect, test } from 'vitest';
import { HUB_TARGETS } from '../../cloud/contracts/hub-targets.ts';
import { snapshotSchema } from '../../cloud/contracts/snapshot.ts';
import type { HubMessage } from '../../cloud/functions/hub-messages.ts';
import { NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudOnStore, cloudOn, type HubSays } from '../support/cloud-on-store.ts';
import { expectTrueCount } from '../support/count-laws.ts';
import { ownerCalls } from '../support/owner-calls.ts';
import { onPostgres } from '../support/store-engines.ts';

const STORES = Array.from({ length: 6 }, (_, index) => `store-${index}`);
const BATCHES = 240;
const WORKERS_PER_INSTANCE = 4;
/** How many of the batches the hub hands over to the other instance too. */
const REDELIVERED = 0.3;

const described = (storeId: string) =>
  calleMayor({
    limits: { soft: 90_000, hard: 99_000 },
    zones: [
      { id: 'hall', name: 'Hall' },
      { id: 'back', name: 'Back' },
    ],
    doors: [
      { id: 'street', name: 'Street', sensors: [{ id: `${storeId}-street` }] },
      { id: 'inner', name: 'Inner', into: 'back', from: 'hall', sensors: [{ id: `${storeId}-inner` }] },
    ],
  });

/** The same numbers each time, so that a failure can be looked at again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Delivery = { readonly batch: readonly HubSays[]; readonly instance: number };

function deliveries(random: (below: number) => number) {
  const inside = new Map(STORES.map((id) => [id, 0]));
  let garbage = 0;
  const batches = Array.from({ length: BATCHES }, (_, number) =>
    Array.from({ length: 1 + random(8) }, (_, index): HubSays => {
      const messageId = `${number}/${index}`;
      const storeId = STORES[random(STORES.length)] ?? '';
      if (random(10) === 0) {
        garbage += 1;
        return { sensorId: `${storeId}-street`, messageId, body: 'not what a sensor says' };
      }
      const door = random(3) === 0 ? 'inner' : 'street';
      const people = { in: random(9), out: random(5) };
      if (door === 'street') inside.set(storeId, (inside.get(storeId) ?? 0) + people.in - people.out);
      return {
        sensorId: `${storeId}-${door}`,
        messageId,
        body: { ...people, boot: 'b1', sequence: number * 10 + index },
      };
    }),
  );
  const all = batches.flatMap((batch): Delivery[] => {
    const instance = random(2);
    const again = random(100) < REDELIVERED * 100;
    return again
      ? [
          { batch, instance },
          { batch, instance: 1 - instance },
        ]
      : [{ batch, instance }];
  });
  return { all, inside, garbage };
}

/** What signs are shown of each store and revision, whoever pushes it. */
function watchedPushes() {
  const contents = new Map<string, string>();
  return {
    /** Revisions of one worker's pushes of a store never go back. */
    worker() {
      const newest = new Map<string, number>();
      return (messages: readonly HubMessage[]) => {
        for (const {
          target,
          arguments: [argument],
        } of messages) {
          if (target !== HUB_TARGETS.snapshot) continue;
          const { content } = snapshotSchema.parse(argument);
          const { store, revision } = content;
          expect(revision).toBeGreaterThanOrEqual(newest.get(store.id) ?? 0);
          newest.set(store.id, revision);
          const name = `${store.id} ${revision}`;
          const bytes = JSON.stringify(content);
          expect({ name, bytes }).toEqual({ name, bytes: contents.get(name) ?? bytes });
          contents.set(name, bytes);
        }
      };
    },
    newestOf: (storeId: string) =>
      Math.max(
        ...[...contents.keys()].map((name) => {
          const [id, revision] = name.split(' ');
          return id === storeId ? Number(revision) : 0;
        }),
      ),
  };
}

onPostgres('two instances of the cloud on one database', (database) => {
  const startBoth = async () => {
    let nowMs = NOON_MS;
    const now = () => {
      nowMs += 3;
      return nowMs;
    };
    const clouds: CloudOnStore[] = [];
    for (const store of [await database.open(now), await database.open(now)])
      clouds.push(cloudOn(store, { now }));
    const [one] = clouds;
    if (one === undefined) throw new Error('two were made');
    for (const storeId of STORES) await one.keep(storeId, described(storeId));
    return { one, clouds };
  };

  test('count the same stores at once, some batches twice, while both flush: every total is exact, and no revision is told two ways', async () => {
    const { one, clouds } = await startBoth();
    const { all, inside, garbage } = deliveries(seeded(7));
    const pushes = watchedPushes();
    let counting = true;
    const flushing = clouds.map(async (cloud) => {
      const seen = pushes.worker();
      while (counting) seen(await cloud.flush());
    });
    const queues = clouds.map((_, index) => all.filter(({ instance }) => instance === index));
    const workers = clouds.flatMap((cloud, index) =>
      Array.from({ length: WORKERS_PER_INSTANCE }, async () => {
        const seen = pushes.worker();
        for (let next = queues[index]?.shift(); next !== undefined; next = queues[index]?.shift())
          seen(await cloud.say(...next.batch));
      }),
    );
    const counted = await Promise.allSettled(workers);
    counting = false;
    const flushed = await Promise.allSettled(flushing);
    expect([...counted, ...flushed].filter(({ status }) => status === 'rejected')).toEqual([]);
    pushes.worker()(await one.flush());

    for (const [storeId, people] of inside) {
      const { content } = await one.shown(storeId);
      expect({ storeId, count: content.count }).toEqual({ storeId, count: Math.max(0, people) });
      expect(pushes.newestOf(storeId)).toBe(content.revision);
      await expectTrueCount(one, storeId, NOON_MS);
    }
    const rejected = await one.services.store.look((tx) => tx.rejected.list(100));
    expect(rejected.reduce((sum, { times }) => sum + times, 0)).toBe(garbage);
  });

  test('count and are corrected at once: nobody’s correction is lost, and each is on record with what it found', async () => {
    const { one, clouds } = await startBoth();
    const owners = clouds.map(({ services }) => ownerCalls(services));
    const storeId = STORES[0] ?? '';
    const times = Array.from({ length: 30 }, (_, index) => index);
    await Promise.all([
      ...times.map((index) =>
        clouds[index % 2]?.say({
          sensorId: `${storeId}-street`,
          body: { in: 3, boot: 'b1', sequence: index },
        }),
      ),
      ...times.map((index) =>
        owners[(index + 1) % 2]?.correct(storeId, { kind: 'add', people: 2, zone: 'hall', by: `P${index}` }),
      ),
      ...times.map((index) =>
        owners[index % 2]?.correct(storeId, { kind: 'set', people: index, zone: 'back', by: `S${index}` }),
      ),
    ]);
    const records = await one.services.store.look((tx) => tx.history.corrections(storeId, 100));
    expect(new Set(records.map(({ by }) => by)).size).toBe(2 * times.length);
    const ofBack = records.filter(({ zoneId }) => zoneId === 'back').reverse();
    expect(ofBack.map(({ before }) => before)).toEqual([0, ...ofBack.slice(0, -1).map(({ after }) => after)]);
    const { content } = await one.shown(storeId);
    const back = ofBack.at(-1)?.after ?? 0;
    expect(content.zones).toMatchObject([{ count: 5 * times.length }, { count: back }]);
    expect(content.today.in).toBe(3 * times.length);
    await expectTrueCount(one, storeId, NOON_MS);
  });

  test('replay what was refused at once, and count it once', async () => {
    const { one, clouds } = await startBoth();
    const refused = Array.from({ length: 40 }, (_, sequence) => ({
      sensorId: 'new-1',
      messageId: `m${sequence}`,
      body: { in: 2, boot: 'b1', sequence },
    }));
    for (let from = 0; from < refused.length; from += 10) await one.say(...refused.slice(from, from + 10));
    const doors = [{ id: 'street', name: 'Street', sensors: [{ id: 'new-1' }] }];
    await one.keep('new', calleMayor({ doors }));
    await Promise.all([
      ...clouds.map(({ services }) => ownerCalls(services).replay({ sensorId: 'new-1' })),
      ...clouds.map((cloud) => cloud.say(...refused.slice(5, 25))),
    ]);
    expect((await one.shown('new')).content.count).toBe(80);
    expect(await one.services.store.look((tx) => tx.rejected.list(100))).toEqual([]);
    await expectTrueCount(one, 'new', NOON_MS);
  });
});
