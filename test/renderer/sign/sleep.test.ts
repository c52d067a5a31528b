import { expect, test } from 'vitest';
import type { Opening } from '../../../cloud/contracts/opening-hours.ts';
import { closedSince } from '../../../renderer/sign/view/closing.ts';
import { CloudClock } from '../../../renderer/sign/view/cloud-clock.ts';
import { isOnDisplay } from '../../../renderer/sign/view/display-schedule.ts';
import { Sleep } from '../../../renderer/sign/view/sleep.ts';
import { aSnapshot, SATURDAY_AFTERNOON_MS } from '../../support/glass-states.ts';

const MINUTE_MS = 60_000;
const NOW_MS = SATURDAY_AFTERNOON_MS;
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const isOn = (on: string, off: string, at: string) => isOnDisplay({ on, off }, [], NOW_MS, minutes(at));

test('a schedule is on from its first minute until its last, also over midnight', () => {
  expect(['08:59', '09:00', '20:59', '21:00'].map((at) => isOn('09:00', '21:00', at))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(
    ['17:59', '18:00', '23:59', '00:00', '01:59', '02:00'].map((at) => isOn('18:00', '02:00', at)),
  ).toEqual([false, true, true, true, true, false]);
  expect(isOn('09:00', '09:00', '03:00')).toBe(true);
});

test('opening hours have half an hour of light before and after them', () => {
  const opening = { open: false, changesAtMs: NOW_MS + 31 * MINUTE_MS };
  const isLit = (atMs: number, closedSinceMs: number | null) =>
    isOnDisplay('opening-hours', [{ opening, closedSinceMs }], atMs, 0);
  expect(isLit(NOW_MS, null)).toBe(false);
  expect(isLit(NOW_MS + MINUTE_MS, null)).toBe(true);
  expect(isLit(NOW_MS, NOW_MS - 29 * MINUTE_MS)).toBe(true);
  expect(isLit(NOW_MS, NOW_MS - 30 * MINUTE_MS)).toBe(false);
});

test('a glass of several stores is lit while one of them is, and without hours always', () => {
  const shut = { opening: { open: false, changesAtMs: null }, closedSinceMs: null };
  const open = { opening: { open: true, changesAtMs: null }, closedSinceMs: null };
  const untold = { opening: null, closedSinceMs: null };
  expect(isOnDisplay('opening-hours', [shut, shut], NOW_MS, 0)).toBe(false);
  expect(isOnDisplay('opening-hours', [shut, open], NOW_MS, 0)).toBe(true);
  expect(isOnDisplay('opening-hours', [shut, untold], NOW_MS, 0)).toBe(true);
});

test('a store is closed since the time it said it would, or since the sign first heard so', () => {
  const shut: Opening = { open: false, changesAtMs: null };
  const open: Opening = { open: true, changesAtMs: NOW_MS - MINUTE_MS };
  expect(closedSince({ opening: open, sinceMs: null }, shut, NOW_MS)).toBe(NOW_MS - MINUTE_MS);
  expect(closedSince({ opening: null, sinceMs: null }, shut, NOW_MS)).toBe(NOW_MS);
  expect(closedSince({ opening: shut, sinceMs: 5 }, shut, NOW_MS)).toBe(5);
  expect(closedSince({ opening: shut, sinceMs: 5 }, open, NOW_MS)).toBeNull();
});

test('the cloud’s time goes on by the steady clock, and a proof told again does not set it back', () => {
  const clock = new CloudClock();
  expect(clock.nowMs(0)).toBeNull();
  clock.note(NOW_MS, 1_000);
  expect(clock.nowMs(1_000)).toBe(NOW_MS);
  clock.note(NOW_MS, 601_000);
  expect(clock.nowMs(601_000)).toBe(NOW_MS + 600_000);
  clock.note(NOW_MS + 599_000, 601_000);
  expect(clock.nowMs(601_000)).toBe(NOW_MS + 599_000);
});

test('the hours of a schedule are those of the store, in summer and in winter', () => {
  const sleep = new Sleep();
  const schedule = { on: '16:00', off: '17:00' } as const;
  const isAsleep = (timeZone: string, cloudNowMs: number) => {
    const store = { id: 'calle-mayor', name: 'Calle Mayor', timeZone };
    return sleep.isAsleep(schedule, [aSnapshot({ content: { store } })], { cloudNowMs, elapsedMs: 0 });
  };
  expect(isAsleep('Europe/Madrid', NOW_MS)).toBe(false);
  expect(isAsleep('Europe/London', NOW_MS)).toBe(true);
  expect(isAsleep('Europe/London', Date.UTC(2026, 6, 1, 15, 30))).toBe(false);
});

test('no schedule hides a store that is over its limit', () => {
  const sleep = new Sleep();
  const never = { on: '03:00', off: '03:01' } as const;
  const moment = { cloudNowMs: NOW_MS, elapsedMs: 0 };
  expect(sleep.isAsleep(never, [aSnapshot()], moment)).toBe(true);
  expect(sleep.isAsleep(never, [aSnapshot(), aSnapshot({ count: 64 })], moment)).toBe(false);
  expect(sleep.isAsleep(never, [aSnapshot()], { ...moment, cloudNowMs: null })).toBe(false);
});
