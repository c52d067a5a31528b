import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HeldMessages } from '../../../cloud/client/held-messages.ts';
import type { ShownMessage } from '../../../cloud/contracts/message.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const aMessage = (difference: Partial<ShownMessage> = {}): ShownMessage => ({
  messageId: 'one',
  text: 'Till 3 closes',
  secondText: null,
  priority: 'note',
  audience: 'staff',
  drill: false,
  endsInMs: 60_000,
  ...difference,
});

/** `slept`: how long the machine stood still, and its timers with it. */
function holding() {
  const ending = new AbortController();
  const clock = { sleptMs: 0 };
  const now = () => ({ monotonicMs: Date.now() + clock.sleptMs, wallMs: 0 });
  const onEnd = vi.fn();
  const held = new HeldMessages({ now, onEnd, signal: ending.signal });
  return { held, onEnd, now, clock, ending };
}

test('a message counts down, and is dropped when its time is over without another word', () => {
  const { held, onEnd, now } = holding();
  expect(held.said([aMessage(), aMessage({ messageId: 'two', endsInMs: 90_000 })], now())).toBe(true);
  vi.advanceTimersByTime(59_000);
  expect(held.left().map(({ endsInMs }) => endsInMs)).toEqual([1_000, 31_000]);
  expect(onEnd).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(onEnd).toHaveBeenCalledTimes(1);
  expect(held.left()).toEqual([aMessage({ messageId: 'two', endsInMs: 30_000 })]);
  vi.advanceTimersByTime(30_000);
  expect(onEnd).toHaveBeenCalledTimes(2);
  expect(held.left()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('its time counts from when it was asked for, however long the answer was on its way', () => {
  const { held, now } = holding();
  const asked = now();
  vi.advanceTimersByTime(4_000);
  held.said([aMessage()], asked);
  expect(held.left()).toMatchObject([{ endsInMs: 56_000 }]);
});

test('the same words again are no news, other words, another end and one less are', () => {
  const { held, now } = holding();
  held.said([aMessage()], now());
  vi.advanceTimersByTime(10_000);
  expect(held.said([aMessage({ endsInMs: 50_300 })], now())).toBe(false);
  expect(held.said([aMessage({ endsInMs: 50_000, text: 'Till 4 closes' })], now())).toBe(true);
  expect(held.said([aMessage({ endsInMs: 20_000, text: 'Till 4 closes' })], now())).toBe(true);
  expect(held.said([], now())).toBe(true);
  expect(held.said([], now())).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test('a message that ended while the machine slept is dropped soon after it woke', () => {
  const { held, onEnd, now, clock } = holding();
  held.said([aMessage({ endsInMs: 3_600_000 })], now());
  clock.sleptMs = 7_200_000;
  expect(held.left()).toEqual([]);
  vi.advanceTimersByTime(5_000);
  expect(onEnd).toHaveBeenCalledTimes(1);
});

test('what is over when it arrives is not held', () => {
  const { held, onEnd, now } = holding();
  expect(held.said([aMessage({ endsInMs: 0 }), aMessage({ endsInMs: -5 })], now())).toBe(false);
  expect(held.left()).toEqual([]);
  vi.advanceTimersByTime(60_000);
  expect(onEnd).not.toHaveBeenCalled();
});

test('after its end nothing is timed any more', () => {
  const { held, onEnd, now, ending } = holding();
  held.said([aMessage()], now());
  ending.abort();
  expect(vi.getTimerCount()).toBe(0);
  held.said([aMessage({ endsInMs: 5 })], now());
  expect(vi.getTimerCount()).toBe(0);
  expect(onEnd).not.toHaveBeenCalled();
});
