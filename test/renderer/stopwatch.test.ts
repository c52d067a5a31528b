import { expect, test } from 'vitest';
import { startStopwatch } from '../../renderer/sign/stopwatch.ts';

function clocks() {
  const at = { wall: 1_000_000, steady: 500 };
  return { at, wall: () => at.wall, steady: () => at.steady };
}

test('a machine that slept has grown older by the time it slept', () => {
  const both = clocks();
  const watch = startStopwatch(both);
  both.at.wall += 3_600_000;
  expect(watch.elapsedMs()).toBe(3_600_000);
});

test('a clock that is set back makes nothing younger', () => {
  const both = clocks();
  const watch = startStopwatch(both);
  both.at.wall -= 3_600_000;
  both.at.steady += 90_000;
  expect(watch.elapsedMs()).toBe(90_000);
});

test('a clock that is set forward and then corrected does not bring an old count back to life', () => {
  const both = clocks();
  const watch = startStopwatch(both);
  both.at.wall += 3_600_000;
  watch.elapsedMs();
  both.at.wall -= 3_600_000;
  expect(watch.elapsedMs()).toBe(3_600_000);
});

test('a clock that was set back hides no sleep that comes after it', () => {
  const both = clocks();
  const watch = startStopwatch(both);
  both.at.wall -= 3_600_000;
  both.at.steady += 1_000;
  both.at.wall += 1_000;
  watch.elapsedMs();
  both.at.wall += 600_000;
  expect(watch.elapsedMs()).toBe(601_000);
});

test('clocks that never agree to the millisecond make nothing older, however often they are read', () => {
  const both = clocks();
  const watch = startStopwatch(both);
  for (let read = 1; read <= 1_000; read += 1) {
    both.at.wall += read % 2 === 0 ? 1 : 9;
    both.at.steady += read % 2 === 0 ? 9 : 1;
    watch.elapsedMs();
  }
  expect(watch.elapsedMs()).toBeLessThan(5_010);
});

test('"as of" stays the same minute while both clocks run on, though they never agree to the millisecond', () => {
  const both = clocks();
  const watch = startStopwatch(both);
  const moment = watch.momentOf(40_000);
  both.at.wall += 600_007;
  both.at.steady += 600_000;
  expect(watch.momentOf(40_000)).toBe(moment);
  expect(moment).toBe(960_000);
});

test('after the clock was set back, "as of" is told by the new clock', () => {
  const both = clocks();
  const watch = startStopwatch(both);
  both.at.steady += 60_000;
  both.at.wall += 60_000 - 3_600_000;
  expect(watch.momentOf(0)).toBe(both.at.wall - 60_000);
});
