import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levelAfter, levelDueAtMs, levelOf, mayEnter, shownCount } from '../../../cloud/domain/limits.ts';
import type { Level, LevelState, Limits } from '../../../cloud/domain/store-state.ts';
import { NOON_MS } from '../../support/builders.ts';

/** No deadband and no delay, unless a test is about them. */
const someLimits = (difference: Partial<Limits> = {}): Limits => {
  const { soft = 52, hard = 60 } = difference;
  const still = { softDown: soft, hardDown: hard, upAfterMs: 0, downAfterMs: 0, staff: 0, margin: 0 };
  return { soft, hard, ...still, ...difference };
};

const at = (level: Level): LevelState => ({ level, next: null });

/** The level after each count, all of them at the same moment. */
function levelsAfter(counts: readonly number[], limits: Limits): readonly Level[] {
  let state = at('open');
  return counts.map((count) => {
    state = levelAfter(state, count, limits, NOON_MS);
    return state.level;
  });
}

const anyLimits = fc
  .record({
    hard: fc.integer({ min: 1, max: 40 }),
    soft: fc.nat(40),
    softDown: fc.nat(40),
    hardDown: fc.nat(40),
    upAfterMs: fc.nat(8),
    downAfterMs: fc.nat(8),
    margin: fc.nat(5),
  })
  .map(({ hard, soft, softDown, hardDown, ...rest }) => {
    const softest = Math.min(soft, hard);
    const ends = { softDown: Math.min(softDown, softest), hardDown: Math.min(hardDown, hard) };
    return someLimits({ hard, soft: softest, ...ends, ...rest });
  });

/** Counts, and how long after the one before. */
const anyDay = fc.array(fc.record({ count: fc.nat(45), afterMs: fc.nat(10) }), { maxLength: 30 });

/** Through a day, looked at at each count; whoever watches is told of each. */
function through(
  day: readonly { readonly count: number; readonly afterMs: number }[],
  limits: Limits,
  watch: (before: LevelState, after: LevelState, count: number, nowMs: number) => void = () => {},
): { state: LevelState; nowMs: number } {
  let state = at('open');
  let nowMs = NOON_MS;
  for (const { count, afterMs } of day) {
    nowMs += afterMs;
    const after = levelAfter(state, count, limits, nowMs);
    watch(state, after, count, nowMs);
    state = after;
  }
  return { state, nowMs };
}

describe('the count and the places', () => {
  test.each([
    [0, 'open', 60],
    [51, 'open', 9],
    [52, 'nearly', 8],
    [59, 'nearly', 1],
    [60, 'full', 0],
    [61, 'over', 0],
    [64, 'over', 0],
  ])('a store with limits 52 and 60 and %i people is %s, and %i more may enter', (count, state, more) => {
    expect(levelOf(count, someLimits())).toBe(state);
    expect(mayEnter(count, someLimits())).toBe(more);
  });

  test.each([
    [46, 'open', 9],
    [47, 'nearly', 8],
    [54, 'nearly', 1],
    [55, 'full', 0],
    [60, 'full', 0],
    [61, 'over', 0],
  ])(
    'with a margin of 5, %i people make it %s and %i more may enter: a margin fills, and accuses nobody',
    (count, level, more) => {
      expect(levelOf(count, someLimits({ margin: 5 }))).toBe(level);
      expect(mayEnter(count, someLimits({ margin: 5 }))).toBe(more);
    },
  );

  test('nobody is shown fewer than no people, however far the sum has drifted', () => {
    expect(shownCount(-7)).toBe(0);
    expect(shownCount(3, 5)).toBe(0);
  });

  test('staff are not in the figure', () => {
    expect(shownCount(38, 6)).toBe(32);
  });

  test('a store is full or over exactly when nobody more may enter', () => {
    fc.assert(
      fc.property(fc.nat(60), anyLimits, (count, limits) => {
        expect(['full', 'over'].includes(levelOf(count, limits))).toBe(mayEnter(count, limits) === 0);
      }),
    );
  });
});

describe('the deadband', () => {
  const limits = someLimits({ softDown: 48, hardDown: 57 });

  test('holds a full store full until enough have left', () => {
    expect(levelsAfter([59, 60, 59, 57, 56, 59, 60], limits)).toEqual([
      'nearly',
      'full',
      'full',
      'full',
      'nearly',
      'nearly',
      'full',
    ]);
  });

  test('holds a nearly full store nearly full until enough have left', () => {
    expect(levelsAfter([51, 52, 48, 47, 51, 52], limits)).toEqual([
      'open',
      'nearly',
      'nearly',
      'open',
      'open',
      'nearly',
    ]);
  });

  test('holds nobody over the limit: that ends with the last one too many', () => {
    expect(levelsAfter([61, 60, 58, 56], limits)).toEqual(['over', 'full', 'full', 'nearly']);
  });

  test('may reach below the soft limit: from full the store is then open at once', () => {
    expect(levelsAfter([60, 41, 40, 39], someLimits({ hardDown: 40 }))).toEqual([
      'full',
      'full',
      'full',
      'open',
    ]);
  });

  test('is counted from the high side of the margin as well', () => {
    expect(levelsAfter([55, 52, 51], { ...limits, margin: 5 })).toEqual(['full', 'full', 'nearly']);
  });
});

describe('the delays', () => {
  const limits = someLimits({ upAfterMs: 3_000, downAfterMs: 5_000 });

  test('let the level rise only after the count has stayed', () => {
    const waiting = levelAfter(at('open'), 52, limits, NOON_MS);
    expect(waiting).toEqual({ level: 'open', next: { level: 'nearly', sinceMs: NOON_MS } });
    expect(levelDueAtMs(waiting, limits)).toBe(NOON_MS + 3_000);
    expect(levelAfter(waiting, 53, limits, NOON_MS + 2_999)).toBe(waiting);
    expect(levelAfter(waiting, 53, limits, NOON_MS + 3_000)).toEqual(at('nearly'));
  });

  test('are another one for falling', () => {
    const waiting = levelAfter(at('full'), 59, limits, NOON_MS);
    expect(levelDueAtMs(waiting, limits)).toBe(NOON_MS + 5_000);
    expect(levelAfter(waiting, 59, limits, NOON_MS + 4_999).level).toBe('full');
    expect(levelAfter(waiting, 59, limits, NOON_MS + 5_000)).toEqual(at('nearly'));
  });

  test('start anew when the count was back in between', () => {
    const waiting = levelAfter(at('open'), 52, limits, NOON_MS);
    const back = levelAfter(waiting, 51, limits, NOON_MS + 2_000);
    expect(back).toEqual(at('open'));
    expect(levelDueAtMs(back, limits)).toBeNull();
    expect(levelAfter(back, 52, limits, NOON_MS + 3_000).level).toBe('open');
  });

  test('start anew when the count turns to the other side', () => {
    const rising = levelAfter(at('nearly'), 60, limits, NOON_MS);
    const falling = levelAfter(rising, 10, limits, NOON_MS + 2_000);
    expect(falling).toEqual({ level: 'nearly', next: { level: 'open', sinceMs: NOON_MS + 2_000 } });
  });

  test('run on when the count goes further the same way', () => {
    const nearly = levelAfter(at('open'), 52, limits, NOON_MS);
    const full = levelAfter(nearly, 60, limits, NOON_MS + 2_000);
    expect(full).toEqual({ level: 'open', next: { level: 'full', sinceMs: NOON_MS } });
    expect(levelAfter(full, 60, limits, NOON_MS + 3_000)).toEqual(at('full'));
  });

  test('are not prolonged by a clock that was set back', () => {
    const waiting = levelAfter(at('open'), 52, limits, NOON_MS + 3_600_000);
    const later = levelAfter(waiting, 52, limits, NOON_MS);
    expect(levelDueAtMs(later, limits)).toBe(NOON_MS + 3_000);
  });
});

describe('whatever the limits and the day', () => {
  test('without a deadband the level is in the end that of the count', () => {
    fc.assert(
      fc.property(anyLimits, anyDay, fc.nat(45), (any, day, count) => {
        const limits = { ...any, softDown: any.soft, hardDown: any.hard };
        const { state, nowMs } = through([...day, { count, afterMs: 1 }], limits);
        const settledMs = nowMs + Math.max(limits.upAfterMs, limits.downAfterMs);
        expect(levelAfter(state, count, limits, settledMs)).toEqual(at(levelOf(count, limits)));
      }),
    );
  });

  test('a deadband makes a level last longer and never come sooner', () => {
    fc.assert(
      fc.property(anyLimits, anyDay, (any, day) => {
        const limits = { ...any, upAfterMs: 0, downAfterMs: 0 };
        const ranks: readonly Level[] = ['open', 'nearly', 'full', 'over'];
        const rank = (level: Level) => ranks.indexOf(level);
        through(day, limits, (before, after, count) => {
          const plain = rank(levelOf(count, limits));
          expect(rank(after.level)).toBeGreaterThanOrEqual(plain);
          expect(rank(after.level)).toBeLessThanOrEqual(Math.max(plain, rank(before.level)));
        });
      }),
    );
  });

  test('the level changes at its due moment and not before, and then waits for nothing', () => {
    fc.assert(
      fc.property(anyLimits, anyDay, (limits, day) => {
        through(day, limits, (_, after, count, nowMs) => {
          const dueAtMs = levelDueAtMs(after, limits);
          if (dueAtMs === null) {
            expect(levelAfter(after, count, limits, nowMs + 1_000_000)).toBe(after);
            return;
          }
          expect(dueAtMs).toBeGreaterThan(nowMs);
          expect(levelAfter(after, count, limits, dueAtMs - 1)).toBe(after);
          const settled = levelAfter(after, count, limits, dueAtMs);
          expect(settled).toEqual(at(after.next?.level ?? after.level));
          expect(levelAfter(settled, count, limits, dueAtMs)).toBe(settled);
        });
      }),
    );
  });
});
