import { createInterface } from 'node:readline';
import type { UtilityProcess } from 'electron';
import type { Logger } from 'pino';
import * as z from 'zod';
import { pause } from '../cloud/client/child-controller.ts';
import { createBackOff } from './back-off.ts';

const BACK_OFF = { firstMs: 500, capMs: 30_000, steadyAfterMs: 60_000 };
const KILL_AFTER_MS = 5_000;

/** What the embedded cloud says once it serves; it says more, which the shell need not know. */
const readySchema = z.object({
  kind: z.literal('ready'),
  httpUrl: z.url(),
  caFile: z.string(),
  iotHub: z.object({ port: z.number() }),
});

/** 0: any that is free. */
export type CloudPorts = { readonly http: number; readonly iotHub: number };

export type ForkCloud = (ports: CloudPorts) => UtilityProcess;

type EmbeddedCloud = {
  readonly fork: ForkCloud;
  readonly ports: CloudPorts;
  /** Told each time that it serves. */
  readonly onReady: (httpUrl: string, caFile: string) => void;
  /** Told each time that it ended by itself. */
  readonly onEnd: () => void;
  /** One line that it wrote. */
  readonly onLine: (line: string) => void;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** A clock that only runs on, in ms. */
  readonly now: () => number;
};

/** Runs the embedded cloud, and again whenever it dies, until the signal ends it. Resolves when its process is gone. */
export async function runEmbeddedCloud(options: EmbeddedCloud): Promise<void> {
  const { fork, onReady, onEnd, onLine, log, signal, now } = options;
  const backOff = createBackOff({ ...BACK_OFF, now });
  let { ports } = options;
  while (!signal.aborted) {
    backOff.started();
    const child = fork(ports);
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) eachLine(stream, onLine);
    child.on('message', (message: unknown) => {
      const ready = readySchema.safeParse(message);
      if (!ready.success) return;
      const { httpUrl, caFile, iotHub } = ready.data;
      // Signs and sensors look for it where it was.
      ports = { http: Number(new URL(httpUrl).port), iotHub: iotHub.port };
      onReady(httpUrl, caFile);
    });
    const code = await endOf(child, signal);
    if (signal.aborted) return;
    const delayMs = backOff.nextDelayMs();
    log.error({ code, delayMs }, 'the embedded cloud ended; it is started again');
    onEnd();
    await pause(delayMs, signal);
  }
}

/** Waits for its end, gives its exit code; asks for it when the signal comes, and then insists. */
async function endOf(child: UtilityProcess, signal: AbortSignal): Promise<number> {
  const { promise: ended, resolve } = Promise.withResolvers<number>();
  let insist: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill();
    insist = setTimeout(() => {
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    }, KILL_AFTER_MS);
  };
  child.once('exit', resolve);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  const code = await ended;
  clearTimeout(insist);
  signal.removeEventListener('abort', stop);
  return code;
}

function eachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', onLine);
}
