import { setTimeout as pause } from 'node:timers/promises';
import type { ReadingPayload } from '../../cloud/contracts/telemetry.ts';

const HEARTBEAT_MS = 10_000;
const TRY_AGAIN_AFTER_MS = 2_000;
const READINGS_PER_MESSAGE = 100;

export type Count = { readonly atMs: number; readonly in: number; readonly out: number };

export type DoorCounter = {
  /** Resolves once the hub has acknowledged all of them; rejects with an AbortError if the counter stops before. */
  count(counts: readonly Count[]): Promise<void>;
};

type Parts = {
  /** Sends one message; resolves when it is acknowledged. */
  readonly send: (body: string) => Promise<void>;
  /** Names this run of the counter: with the sequence it makes each reading count once. */
  readonly boot: string;
  readonly now: () => number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

/**
 * A people counter as it is built: it keeps what it counted until the hub has acknowledged it, sends the same reading
 * again under the same number where it was not, and says that it lives when nobody comes.
 */
export function createDoorCounter({ send, boot, now, say, signal }: Parts): DoorCounter {
  let waiting: readonly ReadingPayload[] = [];
  let sequence = 0;
  let sending: Promise<void> | undefined;

  const add = (counts: readonly Count[]): Promise<void> => {
    waiting = [...waiting, ...counts.map(readingOf)];
    heartbeat.refresh();
    sending ??= sendAll().finally(() => {
      sending = undefined;
    });
    return sending;
  };
  const readingOf = (count: Count): ReadingPayload => ({
    kind: 'increment',
    boot,
    sequence: sequence++,
    at: new Date(count.atMs).toISOString(),
    in: count.in,
    out: count.out,
  });
  const sendAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const message = waiting.slice(0, READINGS_PER_MESSAGE);
      try {
        await send(JSON.stringify(message));
        waiting = waiting.slice(message.length);
      } catch (error) {
        say(`not sent, trying again: ${error instanceof Error ? error.message : String(error)}`);
        await pause(TRY_AGAIN_AFTER_MS, undefined, { signal });
      }
      signal.throwIfAborted();
    }
  };
  const beat = (): void => {
    const isBusy = sending !== undefined;
    if (!isBusy) add([{ atMs: now(), in: 0, out: 0 }]).catch(() => {});
  };
  const heartbeat = setInterval(beat, HEARTBEAT_MS);
  signal.addEventListener('abort', () => clearInterval(heartbeat), { once: true });
  return { count: add };
}
