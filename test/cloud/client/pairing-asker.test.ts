import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CloudError } from '../../../cloud/client/cloud-error.ts';
import { PairingAsker } from '../../../cloud/client/pairing-asker.ts';
import { TIMINGS } from '../../../cloud/client/timings.ts';
import type { PairingOffer } from '../../../cloud/contracts/pairing.ts';

const MINUTE_MS = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

function asking(answer: (calls: number) => Promise<number> = async () => 600) {
  const askedAtMs: number[] = [];
  const offers: PairingOffer[] = [];
  const ending = new AbortController();
  const asker = new PairingAsker({
    async ask() {
      askedAtMs.push(Date.now());
      const expiresInSeconds = await answer(askedAtMs.length);
      const code = `code ${askedAtMs.length}`;
      return { code, fingerprint: '3F9A C271', expiresInSeconds, consoleUrl: null };
    },
    onOffer: (offer) => void offers.push(offer),
    onFailure: () => undefined,
    now: () => ({ monotonicMs: Date.now(), wallMs: Date.now() }),
    random: () => 0.5,
    timings: TIMINGS,
    signal: ending.signal,
  });
  return { asker, askedAtMs, offers, ending };
}

test('a sign without a place has a code at all times, and asks for the next right after one has ended', async () => {
  const { asker, askedAtMs, offers } = asking();
  asker.placed(null);
  asker.placed(null);
  await vi.advanceTimersByTimeAsync(21 * MINUTE_MS);
  expect(askedAtMs).toEqual([0, 600_250, 1_200_500]);
  expect(offers.map(({ code }) => code)).toEqual(['code 1', 'code 2', 'code 3']);
});

test('a sign that is given a place asks no more, and asks anew once it loses that', async () => {
  const { asker, askedAtMs } = asking();
  asker.placed(null);
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  asker.placed('spain');
  await vi.advanceTimersByTimeAsync(30 * MINUTE_MS);
  expect(askedAtMs).toEqual([0]);
  asker.placed(null);
  await vi.advanceTimersByTimeAsync(1);
  expect(askedAtMs).toHaveLength(2);
});

test('an answer that comes after the sign was given a place is no offer', async () => {
  let answer = (_seconds: number) => {};
  const { asker, offers } = asking(() => new Promise((resolve) => (answer = resolve)));
  asker.placed(null);
  asker.placed('spain');
  answer(600);
  await vi.advanceTimersByTimeAsync(20 * MINUTE_MS);
  expect(offers).toEqual([]);
});

test('a cloud that is busy is asked again, and not before it said', async () => {
  const { asker, askedAtMs, offers } = asking(async (calls) => {
    if (calls === 1) throw new CloudError('too-many-requests', 'too many', { retryAfterMs: 30_000 });
    if (calls === 2) throw new CloudError('unreachable', 'no answer');
    return 600;
  });
  asker.placed(null);
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(askedAtMs).toEqual([0, 31_000, 33_000]);
  expect(offers).toHaveLength(1);
});

test('a sign that stops leaves no timer behind', async () => {
  const { asker, ending } = asking();
  asker.placed(null);
  await vi.advanceTimersByTimeAsync(1_000);
  ending.abort();
  asker.placed(null);
  expect(vi.getTimerCount()).toBe(0);
});
