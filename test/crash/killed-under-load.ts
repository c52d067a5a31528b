import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { seededRandom } from '../../build/demonstration/seeded-random.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { deviceOf } from '../support/device-credentials.ts';
import { COUNTERS, peopleAfter, STORES } from './crowd.ts';
import { keptCount } from './kept-count.ts';
import type { CrashablePostgres } from './postgres-crash.ts';
import { type Publisher, startPublisher } from './publisher.ts';

/** So many readings are acknowledged after a start before the next kill, and then a while at random. */
const ACKNOWLEDGED_BEFORE_A_KILL = 40;
const KILL_WITHIN_MS = 400;
/** Now and then it is killed while it starts, at random within this time. */
const STARTS_WITHIN_MS = 700;
const KILLED_STARTING = 0.1;
/** Now and then the database is killed first. */
const DATABASE_KILLED = 0.1;
const CHECK_EVERY_KILLS = 10;
/** A server that recovers, a connection that is cut: longer than both. */
const FACT_WITHIN_MS = 60_000;
const START_TRIES = 5;

export type Trial = {
  readonly kills: number;
  readonly seed: number;
  /** Undefined: a file of SQLite. */
  readonly postgres: CrashablePostgres | undefined;
  readonly say: (line: string) => void;
};

/** Kills the built cloud again and again while sensors send. Gives how many readings it acknowledged; throws where one is lost, or counts twice. */
export async function killedUnderLoad({ kills, seed, postgres, say }: Trial): Promise<number> {
  const random = seededRandom(seed);
  await using cloud = await startCloudProcess(postgres ? ['--database', postgres.url] : []);
  const url = postgres?.url ?? `sqlite:${join(cloud.dataDir, 'data/vitrine.db')}`;
  const publishers = await startPublishers(cloud, random);
  const readings = () => publishers.reduce((sum, one) => sum + one.acknowledged().readings, 0);
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const before = readings();
      await becomesTrue('readings are acknowledged', () => readings() >= before + ACKNOWLEDGED_BEFORE_A_KILL);
      await delay(random() * KILL_WITHIN_MS);
      if (postgres !== undefined && random() < DATABASE_KILLED) {
        await postgres.crash();
        await delay(random() * KILL_WITHIN_MS);
      }
      await cloud.kill();
      if (random() < KILLED_STARTING) await killStarting(cloud, random() * STARTS_WITHIN_MS);
      await started(cloud);
      if (kill % CHECK_EVERY_KILLS === 0 || kill === kills) {
        await expectExact(url, publishers);
        say(`  ${kill} of ${kills} kills, ${readings()} readings acknowledged, all counted once`);
      }
    }
    return readings();
  } catch (error) {
    say(cloud.output().split('\n').slice(-20).join('\n'));
    throw error;
  } finally {
    await Promise.all(publishers.map((publisher) => publisher.close()));
  }
}

async function startPublishers(cloud: CloudProcess, random: () => number): Promise<readonly Publisher[]> {
  const hub = { port: cloud.ready().iotHub.port, caFile: cloud.ready().caFile };
  const publishers: Publisher[] = [];
  for (const [storeId, description] of Object.entries(STORES)) {
    for (const [sensorId, connectionString] of await cloud.putStore(storeId, description)) {
      const counter = COUNTERS[sensorId];
      if (counter === undefined) throw new Error(`nobody sends for ${sensorId}`);
      publishers.push(startPublisher(deviceOf(connectionString), hub, counter(random), random));
    }
  }
  return publishers;
}

async function killStarting(cloud: CloudProcess, afterMs: number): Promise<void> {
  const starting = cloud.start().catch(() => undefined);
  await delay(afterMs);
  await cloud.kill();
  await starting;
}

/** A database that recovers may refuse it for a moment. */
async function started(cloud: CloudProcess): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await cloud.start();
      return;
    } catch (error) {
      if (tries === START_TRIES) throw error;
    }
  }
}

/** Lets the sensors have all that they said acknowledged, compares, and lets them go on. */
async function expectExact(url: string, publishers: readonly Publisher[]): Promise<void> {
  const drained = Promise.all(publishers.map((publisher) => publisher.drained()));
  const tooLate = delay(FACT_WITHIN_MS, undefined, { ref: false }).then(() => {
    throw new Error(`not within ${FACT_WITHIN_MS} ms: all that was said is acknowledged`);
  });
  await Promise.race([drained, tooLate]);
  const passed = Object.fromEntries(publishers.map((one) => [one.sensorId, one.acknowledged()]));
  const people = peopleAfter(passed);
  const expected = {
    readings: publishers.reduce((sum, one) => sum + one.acknowledged().readings, 0),
    people,
    steps: {
      'calle-mayor': (people['calle-mayor hall'] ?? 0) + (people['calle-mayor cellar'] ?? 0),
      station: people['station store'] ?? 0,
    },
    rejected: 0,
  };
  const kept = await keptCount(url, Object.keys(STORES));
  if (!isDeepStrictEqual(kept, expected)) {
    throw new Error(`expected ${JSON.stringify(expected)}\n     kept ${JSON.stringify(kept)}`);
  }
  for (const publisher of publishers) publisher.resume();
}

async function becomesTrue(fact: string, isTrue: () => boolean): Promise<void> {
  const until = performance.now() + FACT_WITHIN_MS;
  while (!isTrue()) {
    if (performance.now() > until) throw new Error(`not within ${FACT_WITHIN_MS} ms: ${fact}`);
    await delay(5);
  }
}
