import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { type StoreDescriptionInput, storeKeptSchema } from '../../cloud/contracts/store-description.ts';
import { openStore } from '../../cloud/store/open-store.ts';
import type { RejectedRecord } from '../../cloud/store/port.ts';

const root = resolve(import.meta.dirname, '../..');
const STOP_WITHIN_MS = 10_000;

const readySchema = z.object({
  kind: z.literal('ready'),
  httpUrl: z.string(),
  iotHub: z.object({ hostName: z.string(), port: z.number() }),
  caFile: z.string(),
  hostKey: z.string(),
});
export type Ready = z.infer<typeof readySchema>;

/** The built embedded cloud in a process of its own, on a data folder and on ports that survive its death. */
export type CloudProcess = {
  readonly dataDir: string;
  /** Of the process that runs now. */
  pid(): number | undefined;
  ready(): Ready;
  /** Starts it (again), on the ports it had before. */
  start(): Promise<Ready>;
  kill(): Promise<void>;
  /** Resolves when the process is dead, whoever killed it. */
  died(): Promise<void>;
  /** From now on the next commit of a batch is the last thing that it does. */
  killAfterNextCommit(): void;
  call(method: string, path: string, body?: unknown): Promise<Response>;
  /** Connection strings of the sensors that this made, by sensor id. */
  putStore(storeId: string, description: StoreDescriptionInput): Promise<ReadonlyMap<string, string>>;
  rejected(): Promise<readonly RejectedRecord[]>;
  output(): string;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function startCloudProcess(options: readonly string[] = []): Promise<CloudProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vitrine-flow-'));
  const appDir = join(dataDir, 'app');
  const killFile = join(dataDir, 'kill-after-commit');
  cpSync(join(root, 'dist/functions'), appDir, { recursive: true });
  cpSync(join(root, 'test/support/killed-after-commit.cjs'), join(appDir, 'killed-after-commit.cjs'));
  let child: ChildProcess | undefined;
  let ready: Ready | undefined;
  let output = '';

  const start = async (): Promise<Ready> => {
    const ports = ready
      ? { http: new URL(ready.httpUrl).port, iotHub: String(ready.iotHub.port) }
      : { http: '0', iotHub: '0' };
    const argv = ['--data', join(dataDir, 'data'), '--http-port', ports.http, '--iot-hub-port', ports.iotHub];
    argv.push(
      '--functions-app',
      join(appDir, 'killed-after-commit.cjs'),
      '--sign-page',
      join(root, 'dist/sign'),
    );
    const started = fork(join(root, 'dist/cloud/index.mjs'), [...argv, ...options], {
      silent: true,
      env: { ...process.env, KILL_AFTER_COMMIT: killFile },
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) stream?.on('data', (chunk) => (output += chunk));
    ready = await readyOf(started, () => output);
    return ready;
  };
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const running = (): Ready => {
    if (ready === undefined) throw new Error('the cloud was not started');
    return ready;
  };
  const call = (method: string, path: string, body?: unknown) =>
    fetch(`${running().httpUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-functions-key': running().hostKey },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  await start();

  return {
    dataDir,
    pid: () => child?.pid,
    ready: running,
    start,
    kill,
    async died() {
      if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
    killAfterNextCommit: () => writeFileSync(killFile, ''),
    call,
    async putStore(storeId, description) {
      const response = await call('PUT', API_PATHS.store(storeId), description);
      if (!response.ok) throw new Error(`PUT store: ${response.status} ${await response.text()}`);
      const { createdSensors } = storeKeptSchema.parse(await response.json());
      return new Map(createdSensors.map(({ sensorId, connectionString }) => [sensorId, connectionString]));
    },
    async rejected() {
      const store = await openStore(`sqlite:${join(dataDir, 'data/vitrine.db')}`, { now: Date.now });
      try {
        return await store.transaction((tx) => tx.rejected.list(100));
      } finally {
        await store.close();
      }
    },
    output: () => output,
    async [Symbol.asyncDispose]() {
      if (child && child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        const timer = setTimeout(() => child?.kill('SIGKILL'), STOP_WITHIN_MS);
        child.kill('SIGTERM');
        await gone;
        clearTimeout(timer);
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function readyOf(child: ChildProcess, output: () => string): Promise<Ready> {
  return new Promise((resolveReady, reject) => {
    child.once('exit', (code) =>
      reject(new Error(`the cloud ended with ${code} before it was ready:\n${output()}`)),
    );
    child.on('message', (message) => {
      const ready = readySchema.safeParse(message);
      if (ready.success) resolveReady(ready.data);
    });
  });
}
