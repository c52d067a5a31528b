import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as z from 'zod';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { openPlatformDatabase } from '../../cloud/local/state/open-platform-database.ts';
import { platformSecret } from '../../cloud/local/state/secrets.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import type { TimeSpent } from './bench.ts';
import { mappedBuild, PROFILE_PROBE, spentDuring } from './cloud-profile.ts';
import { builtFolder } from './ingest-cloud.ts';
import { CLOUD_FLAGS, pinnedCommand } from './line-process.ts';

const messageSchema = z.union([
  z.object({ kind: z.literal('ready'), httpUrl: z.string(), hostKey: z.string() }),
  z.object({ kind: z.literal('longest stall'), ms: z.number() }),
]);
type Message = z.infer<typeof messageSchema>;

/** The built embedded cloud with one store, on its own core; it can be killed and started again where it was. */
export type WatchedCloud = {
  readonly httpUrl: string;
  readonly databaseFile: string;
  /** Signs the tokens of its SignalR service. */
  readonly accessKey: string;
  /** How long its event loop stood still at most since this was asked before. */
  longestStallMs(): Promise<number>;
  /** Where its time goes meanwhile. */
  spentDuring(work: () => Promise<unknown>): Promise<readonly TimeSpent[]>;
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export const STORE_GROUP = 'demo';

export async function startWatchedCloud(folder: string): Promise<WatchedCloud> {
  const dist = await builtFolder();
  const programs = join(folder, 'mapped');
  await mappedBuild(programs);
  const accessKey = accessKeyIn(join(folder, 'data/platform.db'));
  let child: ChildProcess | undefined;
  const start = async (port: string) => {
    const started = cloudProcess({ dist, programs, folder, port });
    child = started;
    return heard(started, 'ready');
  };
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  try {
    const { httpUrl, hostKey } = await start('0');
    await putStore(httpUrl, hostKey);
    return {
      httpUrl,
      databaseFile: join(folder, 'data/vitrine.db'),
      accessKey,
      async longestStallMs() {
        if (child === undefined) throw new Error('the cloud does not run');
        const answer = heard(child, 'longest stall');
        child.send('longest stall');
        return (await answer).ms;
      },
      spentDuring(work) {
        if (child === undefined) throw new Error('the cloud does not run');
        return spentDuring(child, programs, work);
      },
      kill,
      startAgain: async () => void (await start(new URL(httpUrl).port)),
      [Symbol.asyncDispose]: kill,
    };
  } catch (error) {
    await kill();
    throw error;
  }
}

type Place = {
  readonly dist: string;
  /** Those of `dist`, made so that a profile of them can be read. */
  readonly programs: string;
  readonly folder: string;
  readonly port: string;
};

function cloudProcess({ dist, programs, folder, port }: Place): ChildProcess {
  const probe = join(import.meta.dirname, 'peers/stall-probe.ts');
  const [file, ...args] = pinnedCommand('measured', [
    ...[
      process.execPath,
      ...CLOUD_FLAGS,
      '--import',
      probe,
      ...PROFILE_PROBE,
      join(programs, 'cloud/index.mjs'),
      '--data',
      join(folder, 'data'),
    ],
    ...['--http-port', port, '--iot-hub-port', '0', '--sign-page', join(dist, 'sign')],
    ...['--functions-app', join(programs, 'functions/index.cjs')],
  ]);
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  // Read, or it would wait for somebody who does.
  child.stdout?.resume();
  return child;
}

function heard<K extends Message['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<Message, { kind: K }>> {
  return new Promise((resolve, reject) => {
    let errors = '';
    const read = (chunk: unknown) => (errors += String(chunk));
    const ended = (code: number | null) => reject(new Error(`the cloud ended with ${code}: ${errors}`));
    const listen = (message: unknown) => {
      const { data } = messageSchema.safeParse(message);
      if (data?.kind !== kind) return;
      child.off('message', listen).off('exit', ended);
      child.stderr?.off('data', read).resume();
      resolve(data as Extract<Message, { kind: K }>);
    };
    child.on('message', listen).once('exit', ended);
    child.stderr?.on('data', read);
  });
}

async function putStore(httpUrl: string, hostKey: string): Promise<void> {
  const response = await fetch(httpUrl + API_PATHS.store('calle-mayor'), {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-functions-key': hostKey },
    body: JSON.stringify(calleMayor({ storeGroups: [STORE_GROUP] })),
  });
  if (!response.ok) throw new Error(`PUT store: ${response.status} ${await response.text()}`);
}

/** Made before the cloud is, which keeps its database to itself. */
function accessKeyIn(file: string): string {
  const database = openPlatformDatabase(file);
  try {
    return platformSecret(database, 'signalr-access-key');
  } finally {
    database.close();
  }
}
