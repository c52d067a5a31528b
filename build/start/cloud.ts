import { spawn } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';
import { DEMONSTRATION } from '../demonstration/demonstration-store.ts';
import { DIST } from '../places.ts';
import type { CloudLog } from './cloud-log.ts';
import type { StartOptions } from './options.ts';
import { supervise } from './supervise.ts';

/** What the embedded cloud says over IPC once it serves. */
const readySchema = z.object({
  kind: z.literal('ready'),
  httpUrl: z.string(),
  /** `hostName` as devices write it, with the port where it is not 8883. */
  iotHub: z.object({ hostName: z.string(), port: z.number() }),
  caFile: z.string(),
  hostKey: z.string(),
});
export type CloudReady = z.infer<typeof readySchema>;

type Parts = {
  readonly options: StartOptions;
  readonly log: CloudLog;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

export type RunningCloud = {
  /** Resolves when it serves for the first time; rejects if it cannot start. */
  readonly ready: Promise<CloudReady>;
  /** Resolves when it has gone for good. */
  readonly ended: Promise<void>;
};

/** Runs the embedded cloud as a process of its own, and again if it dies. */
export function runCloud({ options, log, say, signal }: Parts): RunningCloud {
  const { promise: ready, resolve, reject } = Promise.withResolvers<CloudReady>();
  let at: Ports = options;
  const ended = supervise({
    name: 'the cloud',
    launch: () => {
      const child = spawn(process.execPath, cloudArguments(options, at), {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      for (const stream of [child.stdout, child.stderr]) if (stream) log.follow(stream);
      return child;
    },
    onMessage: (message) => {
      const told = readySchema.parse(message);
      // Signs and sensors look for it where it was.
      at = { httpPort: Number(new URL(told.httpUrl).port), iotHubPort: told.iotHub.port };
      resolve(told);
    },
    say,
    signal,
  });
  ended.then(() => reject(signal.reason), reject);
  return { ready, ended };
}

type Ports = Pick<StartOptions, 'httpPort' | 'iotHubPort'>;

function cloudArguments({ data, demo }: StartOptions, { httpPort, iotHubPort }: Ports): readonly string[] {
  return [
    join(DIST, 'cloud/index.mjs'),
    ...['--data', data],
    ...['--http-port', String(httpPort)],
    ...['--iot-hub-port', String(iotHubPort)],
    ...['--functions-app', join(DIST, 'functions/index.cjs')],
    ...['--sign-page', join(DIST, 'sign')],
    ...(demo ? ['--demonstration-store-group', DEMONSTRATION.storeGroupId] : []),
  ];
}
