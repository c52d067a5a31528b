import type { MqttSensor } from './mqtt-sensor.ts';

export type KnownCounter = AsyncDisposable & {
  /** One person more comes in every second or so, until it is paused. */
  resume(): void;
  pause(): Promise<void>;
  /** People so far. */
  count(): number;
  /** People of whom it had told by then, Unix ms. */
  saidBy(atMs: number): number;
  /** By when the cloud had counted up to this figure, Unix ms: it was told of no later time with it. */
  countedAtMs(count: number): number;
};

const EVERY_MS = 1_000;

/** A counter whose every message is a person, so that a figure on a glass tells when it was last true. */
export function knownCounter(sensor: MqttSensor): KnownCounter {
  const saidAtMs: number[] = [];
  const countedAtMs: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let saying = Promise.resolve();
  const say = () => {
    saidAtMs.push(Date.now());
    const sequence = saidAtMs.length;
    saying = saying
      .then(() => sensor.send(JSON.stringify({ in: 1, boot: 'b1', sequence })))
      .then(() => void countedAtMs.push(Date.now()));
  };
  const pause = async () => {
    clearInterval(timer);
    await saying;
  };
  return {
    resume() {
      say();
      timer = setInterval(say, EVERY_MS);
    },
    pause,
    count: () => saidAtMs.length,
    saidBy: (atMs) => saidAtMs.filter((saidMs) => saidMs <= atMs).length,
    countedAtMs: (figure) => countedAtMs[figure - 1] ?? Number.POSITIVE_INFINITY,
    async [Symbol.asyncDispose]() {
      await pause();
      await sensor[Symbol.asyncDispose]();
    },
  };
}
