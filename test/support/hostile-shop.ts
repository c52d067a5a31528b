import { setTimeout as wait } from 'node:timers/promises';
import { vi } from 'vitest';
import type { CloudProcess } from './cloud-process.ts';
import { followAsSign } from './following-sign.ts';
import { openMqttSensor } from './mqtt-sensor.ts';

const FACT_WITHIN_MS = 15_000;
const REST_MS = 20;

/** A sensor that counts people in, one by one, and a sign that shows each, for as long as it is open. */
export type Shop = {
  /** How many were acknowledged, and then shown. */
  shown(): number;
  /** From a reading to its picture, at worst. */
  longestMs(): number;
  /** Why it stopped; undefined while it goes on. */
  failure(): unknown;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function openShop(cloud: CloudProcess, sensor: string): Promise<Shop> {
  const street = await openMqttSensor(cloud, sensor);
  const sign = await followAsSign(cloud.ready().httpUrl);
  const seen = () => sign.shown()?.content.count ?? -1;
  await vi.waitFor(() => mustBe(seen() >= 0, 'a sign with a place'), FACT_WITHIN_MS);
  let shown = 0;
  let longestMs = 0;
  let failure: unknown;
  let isClosing = false;

  const oneMore = async () => {
    const startedMs = performance.now();
    const sequence = shown + 1;
    await within(street.send(JSON.stringify({ in: 1, boot: 'b1', sequence })), 'an acknowledgement');
    await vi.waitFor(() => mustBe(seen() === sequence, `${sequence} shown, not ${seen()}`), {
      timeout: FACT_WITHIN_MS,
      interval: 5,
    });
    shown = sequence;
    longestMs = Math.max(longestMs, performance.now() - startedMs);
  };
  const open = (async () => {
    while (!isClosing) {
      await oneMore();
      await wait(REST_MS);
    }
  })().catch((error: unknown) => {
    failure = error;
  });

  return {
    shown: () => shown,
    longestMs: () => longestMs,
    failure: () => failure,
    async [Symbol.asyncDispose]() {
      isClosing = true;
      await open;
      sign[Symbol.dispose]();
      await street[Symbol.asyncDispose]();
    },
  };
}

function mustBe(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`expected ${what}`);
}

async function within(work: Promise<void>, what: string): Promise<void> {
  const over = new AbortController();
  const late = wait(FACT_WITHIN_MS, undefined, { signal: over.signal }).then(() => mustBe(false, what));
  await Promise.race([
    work,
    late.catch((error) => (over.signal.aborted ? undefined : Promise.reject(error))),
  ]);
  over.abort();
}
