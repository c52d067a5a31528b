import { describe, expect, test } from 'vitest';
import type { HistoryStep } from '../../../../cloud/contracts/history.ts';
import { asCounted } from '../../../../renderer/console/stores/history/as-counted.ts';
import { weekPicture, weeksPicture } from '../../../../renderer/console/stores/history/past-pictures.ts';
import { pictureTable } from '../../../../renderer/console/stores/history/picture-table.ts';
import { csvPath } from '../../../../renderer/console/stores/history/read-history.ts';
import { silentSpans } from '../../../../renderer/console/stores/history/silent-spans.ts';
import { todayPicture } from '../../../../renderer/console/stores/history/today-picture.ts';
import { usualDay } from '../../../../renderer/console/stores/history/usual-day.ts';
import { snapshotOf } from '../../../browser/console/stores.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 10, 20, 14, 30);
const like = {
  id: 'hamburg',
  name: 'Hamburg',
  count: 187,
  hard: 200,
  state: 'nearly',
  timeZone: 'UTC',
} as const;
const { content } = snapshotOf(like, NOW_MS);

const stepAt = (startsAtMs: number, more: Partial<HistoryStep> = {}): HistoryStep => ({
  ...{ startsAtMs, startsAt: `${new Date(startsAtMs).toISOString().slice(0, 19)}+00:00` },
  ...{ in: 0, out: 0, corrected: 0, count: 0, peak: 0, ...more },
});
const correction = (atMs: number, people: number, by: string | null) => ({
  ...({
    number: 1,
    storeId: 'hamburg',
    zoneId: 'ground',
    kind: 'add',
    people,
    atMs,
    madeAtMs: atMs,
  } as const),
  ...{ before: 100, after: 100 + people, by, why: '' },
});
/** Eight weeks by the hour in which each Friday has 80 inside at noon. */
const fridays = Array.from({ length: 57 * 24 }, (_, hour) => {
  const at = Math.floor(NOW_MS / HOUR_MS) * HOUR_MS - hour * HOUR_MS;
  const isNoon = new Date(at).getUTCDay() === 5 && new Date(at).getUTCHours() === 12;
  return stepAt(at, isNoon ? { in: 90, count: 80, peak: 85 } : {});
}).reverse();
const told = { content, hours: fridays, corrections: [], gaps: [], nowMs: NOW_MS };

describe('the history of a store', () => {
  test('shows what was counted without what people changed, until the day ends', () => {
    const day = Date.UTC(2026, 10, 19, 22);
    const steps = [
      stepAt(day, { count: 30 }),
      stepAt(day + HOUR_MS, { count: 44, corrected: 14 }),
      stepAt(day + 2 * HOUR_MS, { count: 44 }),
    ];
    expect(asCounted(steps, [])).toEqual([30, 30, 44]);
  });

  test('takes the daily reset for a part of the counting', () => {
    const day = Date.UTC(2026, 10, 20, 5);
    const steps = [stepAt(day, { count: 0, corrected: 23 }), stepAt(day + HOUR_MS, { count: 6 })];
    expect(asCounted(steps, [correction(day, 23, null)])).toEqual([0, 6]);
  });

  test('means by the usual day the last same weekdays on which anybody came', () => {
    expect(usualDay(fridays, '2026-11-20').get(12)).toBe(80);
    const closed = fridays.map((step) =>
      step.startsAt.startsWith('2026-11-13') ? { ...step, in: 0, count: 0 } : step,
    );
    expect(usualDay(closed, '2026-11-20').get(12)).toBe(80);
    expect(usualDay(fridays, '2026-11-19').size).toBe(0);
    const crowded = fridays.map((step) =>
      step.startsAt.startsWith('2026-11-13T12') ? { ...step, count: 900 } : step,
    );
    expect(usualDay(crowded, '2026-11-20').get(12)).toBe(80);
    const young = fridays.filter(({ startsAt }) => startsAt > '2026-11-06');
    expect(usualDay(young, '2026-11-20').size).toBe(0);
  });

  test('draws today with the usual day beside it, and corrections where they were made', () => {
    const corrections = [
      correction(NOW_MS - HOUR_MS, 14, 'Tomas'),
      correction(NOW_MS - 9 * HOUR_MS, 23, null),
    ];
    const picture = todayPicture({ ...told, corrections });
    expect(picture?.lines.map(({ word }) => word)).toEqual([
      'with corrections',
      'as counted',
      'usual Friday',
    ]);
    expect(picture?.marks).toEqual([{ at: (NOW_MS - HOUR_MS) / 1_000, people: 14 }]);
    const at = picture?.times.indexOf(NOW_MS / 1_000) ?? -1;
    expect(picture?.lines.slice(0, 2).map(({ values }) => values[at])).toEqual([187, 173]);
    expect(picture?.times).toContain(Date.UTC(2026, 10, 20, 13) / 1_000);
  });

  test('draws seven days by the hour and eight weeks by the day', () => {
    const week = weekPicture(told);
    expect(week?.ticks?.map(({ words }) => words).at(-1)).toBe('Fri 20');
    expect(week?.times).toHaveLength(6 * 24 + 15);
    const weeks = weeksPicture(told);
    expect(weeks?.lines.map(({ look }) => look)).toEqual(['bars', 'main']);
    expect(weeks?.lines[1]?.values.filter((peak) => peak !== null)).toEqual(Array(8).fill(85));
    expect(weekPicture({ ...told, hours: null })).toBeNull();
  });

  test('says the same in a table, the newest first', () => {
    const weeks = pictureTable('weeks', told);
    expect(weeks.rows[0]).toEqual(['Fri 20 Nov', '90', '0', '85', '0']);
    const today = pictureTable('today', told);
    expect(today.columns).toContain('Usual');
    expect(today.rows.find(([hour]) => hour === '12:00')).toEqual(['12:00', '80', '80', '80', '90', '0']);
  });

  test('hatches the time in which a sensor told nothing', () => {
    const event = (name: 'raised' | 'cleared', atMs: number) => ({
      ...({ type: 'sensor-silent', source: 'passage-1', event: name, atMs, by: null } as const),
    });
    const events = [event('cleared', 30_000), event('raised', 10_000), event('raised', 50_000)];
    expect(silentSpans(events, 60_000)).toEqual([
      { source: 'passage-1', from: 10, until: 30 },
      { source: 'passage-1', from: 50, until: 60 },
    ]);
  });

  test('is to be had as CSV over the same time', () => {
    const query = new URL(csvPath('hamburg', 'weeks', NOW_MS), 'http://x').searchParams;
    expect(Object.fromEntries(query)).toEqual({
      ...{ from: new Date(NOW_MS - 56 * DAY_MS).toISOString(), step: 'day', format: 'csv' },
    });
  });
});
