import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayAxis } from '../../renderer/sign/view/day-axis.ts';
import { dayLine } from '../../renderer/sign/view/day-line.ts';
import { localTime } from '../../renderer/sign/view/local-time.ts';
import { usualLabelAt } from '../../renderer/sign/view/usual-label.ts';
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

test('the axis goes around what is usual, however young the day is, in whole hours', () => {
  const usual = { startsAtMs: midnightMs + 9 * HOUR_MS, stepMs: HOUR_MS / 2, counts: Array(26).fill(3) };
  const axis = dayAxis(null, midnightMs + 10.4 * HOUR_MS, madrid, usual);
  expect(axis.hours).toEqual(['09', '12', '15', '18', '21', '00']);
  expect(axis.untilMs).toBe(midnightMs + 10.4 * HOUR_MS);
  const late = dayAxis(flat(Array(50).fill(0)), midnightMs + 8.2 * HOUR_MS, madrid, usual);
  expect(late.startsAtMs).toBe(midnightMs + 8 * HOUR_MS);
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

test('what is usual is a line of its own, and its peak is told as long as it is to come', () => {
  const { content } = aSnapshot();
  const { today } = content;
  const lineAt = (heardAtMs: number) =>
    dayLine({ ...content, limit: 60 }, dayAxis(today.curve, heardAtMs, madrid, today.usual)).usual;
  const usual = lineAt(SATURDAY_AFTERNOON_MS);
  expect(usual?.path).toMatch(/^M0\.0 100\.00L/);
  expect(usual?.path).toMatch(/L1000\.0 100\.00$/);
  expect(usual?.peak).toMatchObject({ count: 50, atMs: midnightMs + 18 * HOUR_MS, x: 750 });
  expect(lineAt(midnightMs + 18 * HOUR_MS)?.peak).toBeNull();
});

test('a usual day far over the limit is still inside the field, and one that nobody told of is not drawn', () => {
  const { content } = aSnapshot({ hard: 60 });
  const axis = dayAxis(content.today.curve, SATURDAY_AFTERNOON_MS, madrid, content.today.usual);
  const { usual } = dayLine({ ...content, limit: 10 }, axis);
  expect(Math.min(...(usual?.points.map(({ y }) => y) ?? [-1]))).toBeGreaterThan(0);
  const { usual: _, ...today } = content.today;
  expect(dayLine({ ...content, today, limit: 60 }, axis).usual).toBeNull();
  expect(dayLine({ ...content, today: { ...today, usual: null }, limit: 60 }, axis).usual).toBeNull();
});

describe('the label of the usual peak', () => {
  const room = { plotPx: 1_000, gapPx: 20, peakEndsPx: null };
  const at = (x: number, peakEndsPx: number | null = null) =>
    usualLabelAt({ ...room, peakEndsPx, usual: { x, widthPx: 300 } });

  test('stands over its peak, and never beyond an end of the field', () => {
    expect(at(500)).toBe(350);
    expect(at(980)).toBe(700);
    expect(at(20)).toBe(0);
  });

  test('gives way to the label of today, as far as its own line reaches it', () => {
    expect(at(600, 440)).toBe(460);
    expect(at(600, 580)).toBe(600);
    expect(at(600, 581)).toBeNull();
    expect(at(900, 700)).toBeNull();
  });

  test('never runs into the other label, over an end, or away from its line', () => {
    const lengths = fc.integer({ min: 1, max: 2_000 });
    fc.assert(
      fc.property(
        lengths,
        lengths,
        fc.nat(60),
        fc.nat(1_000),
        fc.nat(2_000),
        (plotPx, widthPx, gapPx, x, ends) => {
          const px = usualLabelAt({ plotPx, gapPx, peakEndsPx: ends, usual: { x, widthPx } });
          if (px === null) return;
          expect(px).toBeGreaterThanOrEqual(ends + gapPx);
          expect(px + widthPx).toBeLessThanOrEqual(plotPx);
          expect(px).toBeLessThanOrEqual((x / 1_000) * plotPx);
          expect(px + widthPx).toBeGreaterThanOrEqual((x / 1_000) * plotPx);
        },
      ),
    );
  });
});
