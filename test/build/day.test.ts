import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LIMITS,
  LONGEST_PAUSE_MS,
  MOST_OVER_LIMIT,
  type Passage,
  passagesOfDay,
} from '../../build/demonstration/day.ts';
import { seededRandom } from '../../build/demonstration/seeded-random.ts';

const HOUR_MS = 3_600_000;
const hourAt = (atMs: number): number => (atMs / HOUR_MS) % 24;

type From = { seed: number; fromHour?: number; hours?: number; inside?: number };

function passages({ seed, fromHour = 0, hours = 24, inside = 0 }: From): readonly Passage[] {
  const fromMs = fromHour * HOUR_MS;
  const all: Passage[] = [];
  for (const passage of passagesOfDay({ fromMs, inside, hourAt, random: seededRandom(seed) })) {
    if (passage.atMs >= fromMs + hours * HOUR_MS) break;
    all.push(passage);
  }
  return all;
}

/** The count after each passage. */
function counts(all: readonly Passage[], inside = 0): readonly number[] {
  let count = inside;
  return all.map(({ direction }) => {
    count += direction === 'in' ? 1 : -1;
    return count;
  });
}

const meanBetween = (all: readonly Passage[], fromHour: number, toHour: number): number => {
  const counted = counts(all).filter((_, index) => {
    const atMs = all[index]?.atMs ?? 0;
    return atMs >= fromHour * HOUR_MS && atMs < toHour * HOUR_MS;
  });
  return counted.reduce((sum, count) => sum + count, 0) / counted.length;
};

const aStart = fc.record({
  seed: fc.integer(),
  fromHour: fc.integer({ min: 0, max: 23 }),
  hours: fc.constant(2),
  inside: fc.integer({ min: 0, max: LIMITS.hard }),
});

describe('a day in the demonstration store', () => {
  test('nobody leaves who is not inside, and the store is never far over its limit', () => {
    fc.assert(
      fc.property(aStart, (start) => {
        const all = counts(passages(start), start.inside);
        expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...all)).toBeLessThanOrEqual(LIMITS.hard + MOST_OVER_LIMIT);
      }),
      { numRuns: 30 },
    );
  });

  test('passages are in order of time, and never pause for long, at no hour', () => {
    fc.assert(
      fc.property(aStart, (start) => {
        const times = [start.fromHour * HOUR_MS, ...passages(start).map(({ atMs }) => atMs)];
        const pauses = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
        expect(Math.min(...pauses)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...pauses)).toBeLessThanOrEqual(LONGEST_PAUSE_MS + 1e-6);
      }),
      { numRuns: 30 },
    );
  });

  test('the same seed gives the same day, another seed another', () => {
    expect(passages({ seed: 1 })).toEqual(passages({ seed: 1 }));
    expect(passages({ seed: 1 })).not.toEqual(passages({ seed: 2 }));
  });

  test.each([1, 2, 3])(
    'it is busy at one and at half past six, quieter between, quiet at night (day %i)',
    (seed) => {
      const day = passages({ seed });
      const [lunch, afternoon, evening, night] = [
        meanBetween(day, 12.5, 13.5),
        meanBetween(day, 15, 16),
        meanBetween(day, 18, 19),
        meanBetween(day, 2, 5),
      ];
      expect(lunch).toBeGreaterThan(afternoon);
      expect(evening).toBeGreaterThan(afternoon);
      for (const busy of [lunch, afternoon, evening]) {
        expect(busy).toBeGreaterThanOrEqual(20);
        expect(busy).toBeLessThanOrEqual(55);
      }
      expect(night).toBeGreaterThan(3);
      expect(night).toBeLessThan(20);
    },
  );

  test('on some evening of a month the store is over its limit, and never for as much as an hour', () => {
    const minutesOver = Array.from({ length: 30 }, (_, seed) => {
      const day = passages({ seed, fromHour: 16, hours: 5 });
      return counts(day).reduce((sum, count, index) => {
        const untilMs = day[index + 1]?.atMs ?? 21 * HOUR_MS;
        return count > LIMITS.hard ? sum + (untilMs - (day[index]?.atMs ?? untilMs)) / 60_000 : sum;
      }, 0);
    });
    expect(Math.max(...minutesOver)).toBeGreaterThan(0);
    expect(Math.max(...minutesOver)).toBeLessThan(60);
  });

  test('most come in from the street, and most go out the way they came', () => {
    const day = passages({ seed: 4 });
    const share = (direction: Passage['direction']): number => {
      const those = day.filter((passage) => passage.direction === direction);
      return those.filter(({ doorId }) => doorId === 'street').length / those.length;
    };
    expect(share('in')).toBeCloseTo(0.6, 1);
    // 70 % of the street's customers and 30 % of the arcade's.
    expect(share('out')).toBeCloseTo(0.6 * 0.7 + 0.4 * 0.3, 1);
  });

  test('people who were inside at the start leave within the hour', () => {
    const leaving = passages({ seed: 5, fromHour: 3, hours: 1, inside: LIMITS.hard });
    expect(counts(leaving, LIMITS.hard).at(-1)).toBeLessThan(20);
  });
});
