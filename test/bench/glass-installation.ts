import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { storeIdOf } from './chain.ts';
import type { Quantiles } from './glass-latencies.ts';
import { type BenchCloud, openTheStores, startBenchCloud } from './ingest-cloud.ts';
import type { Credentials } from './ingest-load.ts';
import { credentialsOf } from './ingest-servers.ts';
import { startLineProcess } from './line-process.ts';

const LOAD = join(import.meta.dirname, 'peers/glass-load.ts');
const CALLS_AT_ONCE = 4;

/** What the process with the sensors and the signs is given. */
export type GlassPlan = {
  readonly httpUrl: string;
  readonly iotHubPort: number;
  readonly caFile: string;
  readonly devices: readonly Credentials[];
  readonly stores: number;
  /** The number of the store of each sign. */
  readonly signs: readonly number[];
  /** The first stores have a real page each: of these it is told when what was published. */
  readonly watched: number;
  /** Null: they listen to the push. */
  readonly pollEveryMs: number | null;
};

/** One round: what the signs on the wire saw, and when each message to a watched store was published. */
export type GlassRun = Quantiles & {
  /** How late the sensors themselves were, and how much of their core they and the signs took, 0 to 1. */
  readonly lateP99Ms: number;
  readonly busy: number;
  readonly published: readonly (readonly number[])[];
};

/** A whole cloud with its sensors and its signs. */
export type Installation = {
  readonly cloud: BenchCloud;
  run(perSecond: number, ms: number): Promise<GlassRun>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type InstallationOptions = {
  readonly dist: string;
  readonly folder: string;
  readonly signPage: string;
  readonly stores: number;
  readonly signsPerStore: number;
  readonly watched: number;
  readonly pollEveryMs: number | null;
};

export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { folder, stores, signsPerStore, watched, pollEveryMs } = options;
  await using started = new AsyncDisposableStack();
  const cloud = started.use(await startBenchCloud(options));
  const devices = (await openTheStores(cloud, stores)).map(credentialsOf);
  const { httpUrl, iotHubPort, caFile } = cloud;
  // The page of a watched store is one of its signs.
  const signs = Array.from({ length: stores * signsPerStore }, (_, index) => index % stores).slice(watched);
  const plan: GlassPlan = { httpUrl, iotHubPort, caFile, devices, stores, signs, watched, pollEveryMs };
  const planFile = join(folder, 'glass-plan.json');
  writeFileSync(planFile, JSON.stringify(plan), { mode: 0o600 });
  const load = started.use(startLineProcess('load', [process.execPath, LOAD, planFile]));
  const signIds = await load.ask('enrol', 'enrolled');
  await placeAll(cloud, signIds, signs);
  await load.ask('follow', 'following');
  const running = started.move();
  return {
    cloud,
    async run(perSecond, ms) {
      const [answer = ''] = await load.ask(`run ${perSecond} ${ms}`, 'ran');
      return JSON.parse(answer) as GlassRun;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** As their owner does: each sign belongs to the group of its store. */
async function placeAll(
  cloud: BenchCloud,
  signIds: readonly string[],
  stores: readonly number[],
): Promise<void> {
  const queue = signIds.entries();
  const work = async () => {
    for (const [index, signId] of queue) await placeSign(cloud, signId, stores[index] ?? 0);
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work));
}

export const placeSign = (cloud: BenchCloud, signId: string, store: number): Promise<unknown> =>
  cloud.call('PUT', API_PATHS.assignment(signId), { storeGroupId: storeIdOf(store) });
