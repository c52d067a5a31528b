import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type HistoryInput, historySteps } from '../../../cloud/domain/history.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TEN_MS = Date.parse('2026-11-21T10:00:00+01:00');
const tenAnd = (minutes: number) => TEN_MS + minutes * MINUTE_MS;

/** Street leads into the shop, stairs from the shop to the cellar. */
const doors = [
  { id: 'street', into: 'shop', from: null },
  { id: 'stairs', into: 'cellar', from: 'shop' },
];
const zone = (id: string, rawCount: number) => ({ id, rawCount });
const at = (doorId: string, minutes: number, entered: number, out: number) => ({
  doorId,
  minuteMs: tenAnd(minutes),
  in: entered,
  out,
});
const corrected = (zoneId: string, minutes: number, people: number) => ({
  zoneId,
  minuteMs: tenAnd(minutes),
  people,
});

const steps = (difference: Partial<HistoryInput>) =>
  historySteps({
    step: 'hour',
    timeZone: 'Europe/Madrid',
    fromMs: TEN_MS,
    untilMs: TEN_MS + 2 * HOUR_MS,
    scope: { kind: 'store' },
    doors,
    zones: [zone('shop', 0), zone('cellar', 0)],
    staff: 0,
    doorMinutes: [],
    zoneMinutes: [],
    ...difference,
  });
const numbers = (list: ReturnType<typeof steps>) =>
  list.map((step) => [step.in, step.out, step.corrected, step.count, step.peak]);

test('a step tells who passed, the count at its end and the most at the end of any minute', () => {
  const list = steps({
    zones: [zone('shop', 7)],
    doorMinutes: [at('street', 5, 12, 0), at('street', 20, 0, 4), at('street', 70, 1, 2)],
  });
  expect(list.map(({ startsAt }) => startsAt)).toEqual([
    '2026-11-21T10:00:00+01:00',
    '2026-11-21T11:00:00+01:00',
  ]);
  expect(list[0]?.startsAtMs).toBe(TEN_MS);
  expect(numbers(list)).toEqual([
    [12, 4, 0, 8, 12],
    [1, 2, 0, 7, 8],
  ]);
});

test('who leaves in the first minute of a step is not in its peak', () => {
  const list = steps({ zones: [zone('shop', 3)], doorMinutes: [at('street', 60, 0, 5)] });
  expect(numbers(list)).toEqual([
    [0, 0, 0, 8, 8],
    [0, 5, 0, 3, 3],
  ]);
});

test('the doors of one minute are one change: nobody was inside between them', () => {
  const list = steps({
    doors: [...doors, { id: 'garage', into: 'shop', from: null }],
    zones: [zone('shop', 2)],
    doorMinutes: [at('street', 5, 10, 0), at('garage', 5, 0, 8)],
  });
  expect(numbers(list)[0]).toEqual([10, 8, 0, 2, 2]);
});

test('an hour in which nothing happened keeps the count', () => {
  expect(numbers(steps({ zones: [zone('shop', 4)] }))).toEqual([
    [0, 0, 0, 4, 4],
    [0, 0, 0, 4, 4],
  ]);
});

test('what came after the range is taken back first, also as one sum', () => {
  const list = steps({
    zones: [zone('shop', 40)],
    doorMinutes: [at('street', 30, 6, 0), at('street', 120, 33, 1)],
    zoneMinutes: [corrected('shop', 120, 2)],
  });
  expect(numbers(list)).toEqual([
    [6, 0, 0, 6, 6],
    [0, 0, 0, 6, 6],
  ]);
});

test('what came after the range is taken back from the side that a zone has of the door', () => {
  const input = { zones: [zone('shop', 2), zone('cellar', 9)], doorMinutes: [at('stairs', 130, 7, 1)] };
  expect(numbers(steps({ ...input, scope: { kind: 'zone', zoneId: 'shop' } }))[1]).toEqual([0, 0, 0, 8, 8]);
  expect(numbers(steps({ ...input, scope: { kind: 'zone', zoneId: 'cellar' } }))[1]).toEqual([0, 0, 0, 3, 3]);
});

test('a correction changes the count and is nobody at a door; a late passage that it absorbed is in the past', () => {
  const list = steps({
    zones: [zone('shop', 0)],
    doorMinutes: [at('street', 10, 9, 0)],
    zoneMinutes: [corrected('shop', 60, -9)],
  });
  expect(numbers(list)).toEqual([
    [9, 0, 0, 9, 9],
    [0, 0, -9, 0, 0],
  ]);
});

test('a store counts at its doors to the street only, and all of its corrections', () => {
  const list = steps({
    zones: [zone('shop', 4), zone('cellar', 9)],
    doorMinutes: [at('street', 5, 10, 0), at('stairs', 6, 6, 0)],
    zoneMinutes: [corrected('cellar', 7, 3)],
  });
  expect(numbers(list)[0]).toEqual([10, 0, 3, 13, 13]);
});

test('a zone counts at both sides of its doors: into the cellar is out of the shop', () => {
  const input = {
    zones: [zone('shop', 4), zone('cellar', 9)],
    doorMinutes: [at('street', 5, 10, 0), at('stairs', 6, 7, 1)],
    zoneMinutes: [corrected('cellar', 7, 3)],
  };
  expect(numbers(steps({ ...input, scope: { kind: 'zone', zoneId: 'shop' } }))[0]).toEqual([11, 7, 0, 4, 10]);
  expect(numbers(steps({ ...input, scope: { kind: 'zone', zoneId: 'cellar' } }))[0]).toEqual([7, 1, 3, 9, 9]);
});

test('a door has people in and out and no count', () => {
  const list = steps({
    scope: { kind: 'door', doorId: 'stairs' },
    zones: [zone('shop', 4), zone('cellar', 9)],
    doorMinutes: [at('street', 5, 10, 0), at('stairs', 6, 7, 1)],
    zoneMinutes: [corrected('cellar', 7, 3)],
  });
  expect(numbers(list)[0]).toEqual([7, 1, 0, 0, 0]);
});

test('staff are left out of the count of the store and not of a zone; neither is ever below nobody', () => {
  const input = { zones: [zone('shop', 5), zone('cellar', -2)], staff: 2 };
  expect(numbers(steps(input))[0]).toEqual([0, 0, 0, 1, 1]);
  expect(numbers(steps({ ...input, scope: { kind: 'zone', zoneId: 'shop' } }))[0]).toEqual([0, 0, 0, 5, 5]);
  expect(numbers(steps({ ...input, scope: { kind: 'zone', zoneId: 'cellar' } }))[0]).toEqual([0, 0, 0, 0, 0]);
});

test('a door that was taken away keeps its people in the history: it led from the street to the first zone', () => {
  const input = { zones: [zone('shop', 5), zone('cellar', 0)], doorMinutes: [at('gone', 5, 5, 0)] };
  expect(numbers(steps(input))[0]).toEqual([5, 0, 0, 5, 5]);
  expect(numbers(steps({ ...input, scope: { kind: 'zone', zoneId: 'shop' } }))[0]).toEqual([5, 0, 0, 5, 5]);
  expect(numbers(steps({ ...input, scope: { kind: 'zone', zoneId: 'cellar' } }))[0]).toEqual([0, 0, 0, 0, 0]);
});

/** A zone, some of whose clock's changes the range holds, with people at random minutes of it. */
const histories = fc
  .record({
    timeZone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    aroundMs: fc.integer({ min: Date.parse('2015-01-01'), max: Date.parse('2037-01-01') }),
    days: fc.integer({ min: 1, max: 4 }),
    moments: fc.array(
      fc.record({
        doorId: fc.constantFrom('street', 'stairs', 'gone'),
        zoneId: fc.constantFrom('shop', 'cellar'),
        /** In thousandths of the range. */
        part: fc.nat(999),
        in: fc.nat(30),
        out: fc.nat(30),
        people: fc.integer({ min: -30, max: 30 }),
      }),
    ),
    present: fc.tuple(fc.integer({ min: -50, max: 300 }), fc.integer({ min: -50, max: 300 })),
    staff: fc.nat(10),
    scope: fc.constantFrom<HistoryInput['scope']>(
      { kind: 'store' },
      { kind: 'zone', zoneId: 'shop' },
      { kind: 'zone', zoneId: 'cellar' },
    ),
  })
  .map(({ aroundMs, days, moments, present, ...rest }): Omit<HistoryInput, 'step'> => {
    const zoned = Temporal.Instant.fromEpochMilliseconds(aroundMs).toZonedDateTimeISO(rest.timeZone);
    const changeMs = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? aroundMs;
    const fromMs = Math.floor(changeMs / MINUTE_MS - (days * DAY_MS) / MINUTE_MS / 2) * MINUTE_MS;
    const untilMs = fromMs + days * DAY_MS;
    const minuteMs = (part: number) => fromMs + Math.floor((part * days * 1440) / 1000) * MINUTE_MS;
    return {
      ...rest,
      fromMs,
      untilMs,
      doors,
      zones: [zone('shop', present[0]), zone('cellar', present[1])],
      doorMinutes: moments.map((one) => ({ ...one, minuteMs: minuteMs(one.part) })),
      zoneMinutes: moments.map((one) => ({ ...one, minuteMs: minuteMs((one.part * 7) % 1000) })),
    };
  });
const sumOf = (list: ReturnType<typeof steps>): readonly [number, number, number] => [
  list.reduce((sum, step) => sum + step.in, 0),
  list.reduce((sum, step) => sum + step.out, 0),
  list.reduce((sum, step) => sum + step.corrected, 0),
];

test('minutes, hours and days of any place tell the same sums, the same end and the same peak', () => {
  fc.assert(
    fc.property(histories, (input) => {
      const minutes = historySteps({ ...input, step: 'minute' });
      const shown = input.scope.kind === 'store' ? input.staff : 0;
      const present = input.zones
        .filter(({ id }) => input.scope.kind !== 'zone' || input.scope.zoneId === id)
        .reduce((sum, { rawCount }) => sum + rawCount, 0);
      expect(minutes.at(-1)?.count).toBe(Math.max(0, present - shown));
      for (const step of ['hour', 'day'] as const) {
        const list = historySteps({ ...input, step });
        expect(sumOf(list)).toEqual(sumOf(minutes));
        const ends = [...list.slice(1).map(({ startsAtMs }) => startsAtMs), input.untilMs];
        const byStart = new Map(minutes.map((minute) => [minute.startsAtMs, minute]));
        for (const [index, { startsAtMs, count, peak }] of list.entries()) {
          const untilMs = ends[index] ?? input.untilMs;
          expect(count).toBe(byStart.get(untilMs - MINUTE_MS)?.count);
          let most = 0;
          for (let ms = startsAtMs; ms < untilMs; ms += MINUTE_MS)
            most = Math.max(most, byStart.get(ms)?.count ?? 0);
          expect(peak).toBe(most);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('the sums of a store are those of its street doors, and of its corrections', () => {
  fc.assert(
    fc.property(histories, (input) => {
      const [entered, out, people] = sumOf(historySteps({ ...input, scope: { kind: 'store' }, step: 'day' }));
      const street = input.doorMinutes.filter(({ doorId }) => doorId !== 'stairs');
      expect(entered).toBe(street.reduce((sum, one) => sum + one.in, 0));
      expect(out).toBe(street.reduce((sum, one) => sum + one.out, 0));
      expect(people).toBe(input.zoneMinutes.reduce((sum, one) => sum + one.people, 0));
    }),
  );
});

test('two years of busy minutes are told day by day, to the last one', () => {
  const untilMs = TEN_MS + 2 * 365 * DAY_MS;
  const doorMinutes = Array.from({ length: 2 * 365 * 24 * 60 }, (_, minute) => at('street', minute, 1, 1));
  const list = steps({ step: 'day', untilMs, doorMinutes });
  expect(list).toHaveLength(731);
  expect(sumOf(list)).toEqual([1_051_200, 1_051_200, 0]);
});
