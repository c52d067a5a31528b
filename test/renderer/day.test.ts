import { expect, test } from 'vitest';
import { dayAxis } from '../../renderer/sign/view/day-axis.ts';
import { dayLine } from '../../renderer/sign/view/day-line.ts';
import { localTime } from '../../renderer/sign/view/local-time.ts';
import { aSnapshot, SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';

const HOUR_MS = 3_600_000;
const madrid = localTime('en-GB', 'Europe/Madrid');
const midnightMs = Date.UTC(2026, 10, 20, 23);
const flat = (counts: readonly number[]) => ({
  startsAtMs: midnightMs,
  stepMs: HOUR_MS / 6,
  counts: [...counts],
});

test('the axis starts at the hour of the first person and has at least twelve hours', () => {
  const { today } = aSnapshot().content;
  expect(dayAxis(today.curve, SATURDAY_AFTERNOON_MS, madrid).hours).toEqual(['09', '12', '15', '18', '21']);
});

test('a store that is open round the clock gets a longer axis, not a cut line', () => {
  const axis = dayAxis(flat(Array(140).fill(3)), midnightMs + 23.2 * HOUR_MS, madrid);
  expect(axis.hours).toEqual(['00', '06', '12', '18', '00']);
});

test('the hours are the place’s own, also where the zone is half an hour off', () => {
  const kolkata = localTime('en-GB', 'Asia/Kolkata');
  const axis = dayAxis(null, Date.UTC(2026, 10, 21, 4, 50), kolkata);
  expect(axis.hours[0]).toBe('10');
  expect(new Date(axis.startsAtMs).toISOString()).toBe('2026-11-21T04:30:00.000Z');
});

test('a sign whose clock is days ahead does not stretch the day', () => {
  const axis = dayAxis(flat([5, 6]), midnightMs + 90 * HOUR_MS, madrid);
  expect(axis.untilMs - axis.startsAtMs).toBeLessThanOrEqual(26 * HOUR_MS);
});

test('the line ends at the count of now, and starts from the ground', () => {
  const { content } = aSnapshot();
  const axis = dayAxis(content.today.curve, SATURDAY_AFTERNOON_MS, madrid);
  const { path, end } = dayLine({ ...content, limit: 60 }, axis);
  expect(path).toMatch(/^M0\.0 100\.00L/);
  expect(end?.y).toBeCloseTo(100 - (38 / 66) * 100);
  expect(path.endsWith(`L${end?.x.toFixed(1)} ${end?.y.toFixed(2)}`)).toBe(true);
});

test('a peak between two steps is on the line, where it was', () => {
  const peak = { count: 9, atMs: midnightMs + 5 * 60_000 };
  const axis = dayAxis(flat([4, 5, 6]), midnightMs + HOUR_MS / 2, madrid);
  const today = { day: '2026-11-21', in: 0, out: 0, peak, curve: flat([4, 5, 6]) };
  const line = dayLine({ count: 6, limit: 60, today }, axis);
  expect(line.path).toContain(`L${line.peak?.x.toFixed(1)} ${line.peak?.y.toFixed(2)}`);
});

test('far over the limit everybody is still inside the field', () => {
  const { content } = aSnapshot({ count: 240, hard: 60 });
  const axis = dayAxis(content.today.curve, SATURDAY_AFTERNOON_MS, madrid);
  const { end, limitY } = dayLine({ ...content, limit: 60 }, axis);
  expect(end?.y).toBeGreaterThan(0);
  expect(limitY).toBeGreaterThan(end?.y ?? 100);
});

test('a day without a curve has a limit and no line', () => {
  const { content } = aSnapshot({
    content: { today: { day: '2026-11-21', in: 0, out: 0, peak: null, curve: null } },
  });
  const axis = dayAxis(null, SATURDAY_AFTERNOON_MS, madrid);
  expect(dayLine({ ...content, limit: 60 }, axis)).toMatchObject({ path: '', end: null, peak: null });
});
