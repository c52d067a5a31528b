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
  /** How others call it; none where it is for this machine alone. */
  networkUrls: z.array(z.string()),
  /** `hostName` as devices write it, with the port where it is not 8883. */
  iotHub: z.object({ hostName: z.string(), port: z.number() }),
  caFile: z.string(),
  /** That signs its certificates: SHA-256, and whether it was made at this start. */
  authority: z.object({ fingerprint: z.string(), isNew: z.boolean() }),
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

/** Half of V8's young generation: at its usual size it is most of what a connected sign costs. */
const MEMORY_FLAGS = ['--max-semi-space-size=8'];

/** Runs the embedded cloud as a process of its own, and again if it dies. */
export function runCloud({ options, log, say, signal }: Parts): RunningCloud {
  const { promise: ready, resolve, reject } = Promise.withResolvers<CloudReady>();
  let at: Ports = options;
  const ended = supervise({
    name: 'the cloud',
    launch: () => {
      const child = spawn(process.execPath, [...MEMORY_FLAGS, ...cloudArguments(options, at)], {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      for (const stream of [child.stdout, child.stderr]) if (stream) log.follow(stream);
      return child;
    },
    onMessage: (message) => {
      const told = readySchema.parse(message);
      // Signs and sensors look for it where it was.
      at = { httpPort: portOf(told.httpUrl), iotHubPort: told.iotHub.port };
      resolve(told);
    },
    say,
    signal,
  });
  ended.then(() => reject(signal.reason), reject);
  return { ready, ended };
}

/** An address does not show the port that its scheme stands for. */
export function portOf(address: string): number {
  const { port, protocol } = new URL(address);
  return port === '' ? PORT_OF[protocol === 'https:' ? 'https' : 'http'] : Number(port);
}

const PORT_OF = { http: 80, https: 443 };

type Ports = Pick<StartOptions, 'httpPort' | 'iotHubPort'>;

function cloudArguments(options: StartOptions, { httpPort, iotHubPort }: Ports): readonly string[] {
  const { data, demo, host, iotHubHost, names, certificate, certificateKey } = options;
  return [
    join(DIST, 'cloud/index.mjs'),
    ...['--data', data],
    ...['--host', host],
    ...given('--iot-hub-host', iotHubHost),
    ...names.flatMap((name) => ['--name', name]),
    ...given('--certificate', certificate),
    ...given('--certificate-key', certificateKey),
    ...given('--database', options.database),
    ...given('--back-up-at', options.backUpAt),
    ...['--http-port', String(httpPort)],
    ...['--iot-hub-port', String(iotHubPort)],
    ...['--functions-app', join(DIST, 'functions/index.cjs')],
    ...['--sign-page', join(DIST, 'sign')],
    ...['--console-page', join(DIST, 'console')],
    ...given('--demonstration-store-group', demo ? DEMONSTRATION.storeGroupId : undefined),
  ];
}

const given = (option: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [option, value];
