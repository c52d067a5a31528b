import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { buildIfStale } from '../../build/build.ts';
import { DIST } from '../../build/places.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { storeKeptSchema } from '../../cloud/contracts/store-description.ts';
import { type Device, deviceOf } from '../support/device-credentials.ts';
import type { TimeSpent } from './bench.ts';
import { DOORS, sensorIdOf, storeIdOf } from './chain.ts';
import { mappedBuild, PROFILE_PROBE, spentDuring } from './cloud-profile.ts';
import { CLOUD_FLAGS, pinnedCommand } from './line-process.ts';

const STOPS_WITHIN_MS = 30_000;
const STORES_AT_ONCE = 4;
/** So many people nobody counts here: the limits are never what is measured. */
const LIMITS = { soft: 400_000, hard: 500_000 };

/** Where a build lies that is to be measured in place of this checkout's own, to compare two of them. */
const OTHER_BUILD = process.env.VITRINE_BENCH_DIST;

const readySchema = z.object({
  kind: z.literal('ready'),
  httpUrl: z.string(),
  iotHub: z.object({ port: z.number() }),
  caFile: z.string(),
  hostKey: z.string(),
});

/** The built embedded cloud in a process of its own, as a shop runs it. */
export type BenchCloud = {
  readonly httpUrl: string;
  readonly iotHubPort: number;
  readonly caFile: string;
  /** By the owner's API; throws unless it is done. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Where its time goes meanwhile; only of one that was started with `mapped`. */
  spentDuring(work: () => Promise<unknown>): Promise<readonly TimeSpent[]>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** The folder of the bundles, made anew where the sources have changed. */
export async function builtFolder(): Promise<string> {
  if (OTHER_BUILD !== undefined) return resolve(OTHER_BUILD);
  await buildIfStale();
  return DIST;
}

export async function startBenchCloud(options: {
  readonly dist: string;
  /** Its data goes there. */
  readonly folder: string;
  readonly signPage?: string;
  /** The same program, made anew with what it takes to read a profile of it. */
  readonly mapped?: boolean;
}): Promise<BenchCloud> {
  const { dist, folder, signPage = join(dist, 'sign'), mapped = false } = options;
  const programs = mapped ? join(folder, 'mapped') : dist;
  if (mapped) await mappedBuild(programs);
  const [file, ...args] = pinnedCommand('measured', [
    ...[process.execPath, ...CLOUD_FLAGS, ...(mapped ? PROFILE_PROBE : [])],
    ...[join(programs, 'cloud/index.mjs'), '--data', join(folder, 'data')],
    ...['--http-port', '0', '--iot-hub-port', '0', '--sign-page', signPage],
    ...['--functions-app', join(programs, 'functions/index.cjs')],
  ]);
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  child.stderr?.on('data', (chunk) => (output += chunk));
  // Read, or it would wait for somebody who does.
  child.stdout?.resume();
  const { httpUrl, hostKey, caFile, iotHub } = await new Promise<z.infer<typeof readySchema>>(
    (ready, reject) => {
      child.once('exit', (code) => reject(new Error(`the cloud ended with ${code}: ${output}`)));
      child.on('message', (message) => {
        const parsed = readySchema.safeParse(message);
        if (parsed.success) ready(parsed.data);
      });
    },
  );
  return {
    httpUrl,
    caFile,
    iotHubPort: iotHub.port,
    async call(method, path, body) {
      const response = await fetch(`${httpUrl}${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'x-functions-key': hostKey },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    spentDuring: (work) => spentDuring(child, programs, work),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
      child.kill('SIGTERM');
      await gone;
      clearTimeout(timer);
    },
  };
}

/** Stores and the sensors at their doors, as their owner describes them; each store is a group of its own. */
export async function openTheStores(cloud: BenchCloud, stores: number): Promise<readonly Device[]> {
  const devices = new Map<string, Device>();
  let next = 0;
  const describe = async () => {
    while (next < stores) {
      const index = next++;
      const kept = await cloud.call('PUT', API_PATHS.store(storeIdOf(index)), descriptionOf(index));
      for (const { sensorId, connectionString } of storeKeptSchema.parse(kept).createdSensors) {
        devices.set(sensorId, deviceOf(connectionString));
      }
    }
  };
  await Promise.all(Array.from({ length: STORES_AT_ONCE }, describe));
  return Array.from({ length: stores * DOORS }, (_, index) => {
    const sensorId = sensorIdOf(Math.floor(index / DOORS), index % DOORS);
    const device = devices.get(sensorId);
    if (device === undefined) throw new Error(`${sensorId} was not made`);
    return device;
  });
}

const descriptionOf = (index: number) => ({
  name: `Calle Mayor ${index}`,
  timeZone: 'Europe/Madrid',
  limits: LIMITS,
  dailyReset: null,
  storeGroups: [storeIdOf(index)],
  doors: Array.from({ length: DOORS }, (_, door) => ({
    id: `door-${door}`,
    name: `Door ${door}`,
    sensors: [{ id: sensorIdOf(index, door) }],
  })),
});
