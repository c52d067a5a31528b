import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timedReading } from '../../../cloud/domain/reading-time.ts';
import { type SensorClock, unheardSensor } from '../../../cloud/domain/sensor-state.ts';

const NOON_MS = Date.parse('2026-11-21T12:00:00+01:00');
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const UNHEARD = unheardSensor('street-1').clock;

/** When it happened, and how long it was on its way. `clockMs`: how far the sensor's clock is ahead. */
type Sent = { readonly trueMs: number; readonly arrivesMs: number; readonly clockMs: number };
type Told = Sent & { readonly clock: SensorClock; readonly atMs: number };

function told(sent: readonly Sent[], before: SensorClock = UNHEARD): Told[] {
  let clock = before;
  return sent.map((one) => {
    const timed = timedReading(clock, {
      deviceAtMs: one.trueMs + one.clockMs,
      enqueuedAtMs: one.arrivesMs,
    });
    clock = timed.clock;
    return { ...one, ...timed };
  });
}

/** One a minute from a moment, each a second on its way. */
const live = (fromMs: number, times: number, clockMs = 0): Sent[] =>
  Array.from({ length: times }, (_, index) => {
    const trueMs = fromMs + index * MINUTE_MS;
    return { trueMs, arrivesMs: trueMs + SECOND_MS, clockMs };
  });

const isLive = ({ atMs, arrivesMs }: Told) => arrivesMs - atMs <= 2 * SECOND_MS;
const last = (all: readonly Told[]): Told => all.at(-1) ?? expect.fail('expected a reading');

describe('a clock that is right', () => {
  test('is believed, and a little ahead of ours it is now', () => {
    const [late, early] = told([
      { trueMs: NOON_MS, arrivesMs: NOON_MS + 5 * MINUTE_MS, clockMs: 0 },
      { trueMs: NOON_MS + 6 * MINUTE_MS, arrivesMs: NOON_MS + 6 * MINUTE_MS, clockMs: 5 * MINUTE_MS },
    ]);
    expect(late?.atMs).toBe(NOON_MS);
    expect(early?.atMs).toBe(NOON_MS + 6 * MINUTE_MS);
    expect(early?.clock).toMatchObject({ skewMs: 0, lagging: null });
  });

  test('is not needed: without a time the hub’s counts, and nothing is learnt', () => {
    const after = timedReading(UNHEARD, { deviceAtMs: null, enqueuedAtMs: NOON_MS });
    expect(after).toEqual({ clock: UNHEARD, atMs: NOON_MS });
    expect(after.clock).toBe(UNHEARD);
  });

  test('that tells the same time again is the very same clock', () => {
    const reading = { deviceAtMs: NOON_MS, enqueuedAtMs: NOON_MS + SECOND_MS };
    const { clock } = timedReading(UNHEARD, reading);
    expect(timedReading(clock, reading).clock).toBe(clock);
  });
});

describe('a sensor that was cut off', () => {
  /** Everything in the order in which it was made; what was kept comes `speed` times as fast as it was made. */
  const outage = fc.record({
    outageMs: fc.integer({ min: 6 * MINUTE_MS, max: 3 * DAY_MS }),
    speed: fc.integer({ min: 2, max: 500 }),
    everyMs: fc.integer({ min: 20 * SECOND_MS, max: HOUR_MS }),
  });

  test('has every reading in its own hour, however fast it catches up', () => {
    fc.assert(
      fc.property(outage, ({ outageMs, speed, everyMs }) => {
        const backMs = NOON_MS + outageMs;
        const caughtUpMs = outageMs * (1 + 1 / (speed - 1));
        const sent: Sent[] = [];
        for (let madeMs = 0; madeMs <= caughtUpMs + 20 * MINUTE_MS; madeMs += everyMs) {
          const trueMs = NOON_MS + madeMs;
          sent.push({ trueMs, arrivesMs: Math.max(trueMs, backMs + Math.ceil(madeMs / speed)), clockMs: 0 });
        }
        const all = told(sent);
        expect(all.map(({ atMs }) => atMs)).toEqual(all.map(({ trueMs }) => trueMs));
        expect(all.every(({ clock }) => clock.skewMs === 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('and is cut off again halfway is still believed', () => {
    const kept = (trueMs: number, arrivesMs: number): Sent => ({ trueMs, arrivesMs, clockMs: 0 });
    const nightMs = NOON_MS - 14 * HOUR_MS;
    const all = told([
      kept(nightMs, NOON_MS),
      kept(nightMs + MINUTE_MS, NOON_MS + SECOND_MS),
      kept(nightMs + 2 * MINUTE_MS, NOON_MS + 3 * HOUR_MS),
      kept(nightMs + 3 * MINUTE_MS, NOON_MS + 3 * HOUR_MS + SECOND_MS),
    ]);
    expect(all.map(({ atMs }) => atMs)).toEqual(all.map(({ trueMs }) => trueMs));
    expect(last(all).clock.skewMs).toBe(0);
  });

  test.each([
    ['the oldest first', (index: number) => NOON_MS - 14 * HOUR_MS + index * 2 * MINUTE_MS],
    ['the newest first', (index: number) => NOON_MS - 6 * MINUTE_MS - index * 2 * MINUTE_MS],
  ])(
    'and tells how things are now, while it sends what it kept, %s, has both in their hours',
    (_, keptMs) => {
      const sent = live(NOON_MS, 60).flatMap((now, index) => [
        now,
        { trueMs: keptMs(index), arrivesMs: now.arrivesMs + 20 * SECOND_MS, clockMs: 0 },
      ]);
      const all = told(sent);
      expect(all.map(({ atMs }) => atMs)).toEqual(all.map(({ trueMs }) => trueMs));
    },
  );
});

describe('a clock that is wrong', () => {
  test('is known at once when it runs ahead, and until it no longer does', () => {
    const all = told([...live(NOON_MS, 2, HOUR_MS), ...live(NOON_MS + 2 * MINUTE_MS, 1)]);
    expect(all.every(isLive)).toBe(true);
    const aheadMs = HOUR_MS - SECOND_MS;
    expect(all.map(({ clock }) => clock)).toEqual([
      { skewMs: aheadMs, newestMs: null, lagging: null },
      { skewMs: aheadMs, newestMs: null, lagging: null },
      { skewMs: 0, newestMs: NOON_MS + 2 * MINUTE_MS, lagging: null },
    ]);
  });

  test.each([
    ['before anything of today was kept', -(7 * DAY_MS + MINUTE_MS)],
    ['as if it were 1970', -NOON_MS],
    ['as if it were 2106', 80 * 365 * DAY_MS],
  ])('is known at once when it tells a time that cannot be: %s', (_, clockMs) => {
    const all = told(live(NOON_MS, 1, clockMs));
    expect(last(all).atMs).toBe(NOON_MS + SECOND_MS);
    expect(last(all).clock.skewMs).toBe(clockMs - SECOND_MS);
  });

  test('of which a time that could not be says nothing once it was set: what was kept is late', () => {
    const kept = { trueMs: NOON_MS - 2 * DAY_MS, arrivesMs: NOON_MS + MINUTE_MS, clockMs: 0 };
    expect(last(told([...live(NOON_MS, 1, -NOON_MS), kept])).atMs).toBe(kept.trueMs);
  });

  test('and behind is known after ten minutes at an even pace, and is live from then on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6 * MINUTE_MS, max: 6 * DAY_MS }),
        fc.integer({ min: 10 * SECOND_MS, max: 9 * MINUTE_MS }),
        fc.array(fc.nat(20 * SECOND_MS), { minLength: 120, maxLength: 120 }),
        (behindMs, everyMs, delaysMs) => {
          let arrivedMs = 0;
          const sent = delaysMs.map((delayMs, index): Sent => {
            const trueMs = NOON_MS + index * everyMs;
            arrivedMs = Math.max(arrivedMs, trueMs + delayMs);
            return { trueMs, arrivesMs: arrivedMs, clockMs: -behindMs };
          });
          for (const { clock, trueMs, arrivesMs, atMs } of told(sent)) {
            if (arrivesMs - NOON_MS < 10 * MINUTE_MS) expect(atMs).toBe(trueMs - behindMs);
            if (arrivesMs - NOON_MS < 10 * MINUTE_MS + everyMs + 40 * SECOND_MS) continue;
            expect(-clock.skewMs - behindMs).toBeGreaterThanOrEqual(0);
            expect(-clock.skewMs - behindMs).toBeLessThanOrEqual(20 * SECOND_MS);
            expect(atMs).toBeGreaterThanOrEqual(trueMs);
            expect(atMs).toBeLessThanOrEqual(arrivesMs);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('and behind is so by the least that its readings lagged, since the rest was their way', () => {
    const onTheirWay = [20, 20, 20, 20, 3, 20, 20, 20, 20, 20, 20, 20];
    const sent = live(NOON_MS, 12, -HOUR_MS).map((one, index) => ({
      ...one,
      arrivesMs: one.trueMs + (onTheirWay[index] ?? 0) * SECOND_MS,
    }));
    expect(last(told(sent)).clock.skewMs).toBe(-HOUR_MS - 3 * SECOND_MS);
  });

  test('and behind is less so as soon as it is', () => {
    const all = told([...live(NOON_MS, 15, -2 * HOUR_MS), ...live(NOON_MS + 15 * MINUTE_MS, 1, -HOUR_MS)]);
    expect(last(all).clock.skewMs).toBe(-HOUR_MS - SECOND_MS);
    expect(isLive(last(all))).toBe(true);
  });

  test('and behind is right again as soon as it is', () => {
    const all = told([...live(NOON_MS, 15, -2 * HOUR_MS), ...live(NOON_MS + 15 * MINUTE_MS, 1)]);
    expect(all.at(-2)?.clock.skewMs).toBe(-2 * HOUR_MS - SECOND_MS);
    expect(last(all).clock).toMatchObject({ skewMs: 0, lagging: null });
  });

  test('still tells in which hour something was, after the sensor was cut off', () => {
    const before = live(NOON_MS, 15, -2 * HOUR_MS);
    const backMs = NOON_MS + 3 * HOUR_MS;
    const kept = live(NOON_MS + 15 * MINUTE_MS, 165, -2 * HOUR_MS).map((one, index) => ({
      ...one,
      arrivesMs: backMs + index * SECOND_MS,
    }));
    const all = told([...before, ...kept, ...live(backMs + 3 * MINUTE_MS, 30, -2 * HOUR_MS)]);
    for (const { atMs, trueMs } of all.slice(15)) expect(atMs - trueMs).toBe(SECOND_MS);
  });

  test('and ever slower is followed: a day on, its sensor is as live as before', () => {
    const slow = live(NOON_MS, 24 * 60).map((one, index) => ({ ...one, clockMs: -index * SECOND_MS }));
    const all = told(slow).slice(6 * 60);
    for (const { atMs, arrivesMs } of all) expect(arrivesMs - atMs).toBeLessThanOrEqual(20 * SECOND_MS);
  });

  test('and two minutes behind is no fault, and after ten minutes its sensor is as live as any', () => {
    const all = told(live(NOON_MS, 30, -2 * MINUTE_MS));
    expect(all.slice(11).every(isLive)).toBe(true);
    expect(last(all).clock.skewMs).toBe(-2 * MINUTE_MS - SECOND_MS);
  });

  test('and set back is known after three minutes, when nothing came on time', () => {
    const all = told([...live(NOON_MS, 20), ...live(NOON_MS + 20 * MINUTE_MS, 10, -HOUR_MS)]);
    expect(all.slice(20, 23).map(({ atMs, trueMs }) => trueMs - atMs)).toEqual([HOUR_MS, HOUR_MS, HOUR_MS]);
    expect(all.slice(23).every(isLive)).toBe(true);
    expect(last(all).clock.newestMs).toBe(last(all).trueMs - HOUR_MS);
  });

  test('and stopped is known after ten minutes, and no longer asked', () => {
    const stopped = live(NOON_MS, 120).map((one) => ({ ...one, clockMs: NOON_MS - one.trueMs }));
    expect(told(stopped).slice(16).every(isLive)).toBe(true);
    expect(told(stopped)[9]?.atMs).toBe(NOON_MS);
  });

  test('is not made right by a message of last week that was refused then', () => {
    const { clock } = last(told(live(NOON_MS, 15, -2 * HOUR_MS)));
    const ofLastWeek = live(NOON_MS - 7 * DAY_MS, 1);
    expect(last(told(ofLastWeek, clock))).toMatchObject({ clock, atMs: NOON_MS - 7 * DAY_MS });
  });
});
