import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FLOW_STEP_MS, type Flow } from '../../../cloud/domain/store-state.ts';
import { todayOf } from '../../../cloud/domain/today.ts';

const today = {
  day: '2026-11-21',
  startsAtMs: Date.parse('2026-11-21T00:00:00+01:00'),
  endsAtMs: Date.parse('2026-11-22T00:00:00+01:00'),
};
const TEN_MS = Date.parse('2026-11-21T10:00:00+01:00');

/** `step`: quarters of an hour after ten. */
const flow = (step: number, difference: Partial<Flow>): Flow => ({
  startsAtMs: TEN_MS + step * FLOW_STEP_MS,
  in: 0,
  out: 0,
  adjusted: 0,
  ...difference,
});
const store = (rawCount: number, staff = 0) => ({ today, rawCount, staff });

test('a day without anybody has no curve and no peak', () => {
  expect(todayOf(store(7), [])).toEqual({ day: '2026-11-21', in: 0, out: 0, peak: null, curve: null });
});

test('the curve ends at the count of now, and goes through quarters in which nobody passed', () => {
  const { curve } = todayOf(store(6), [flow(0, { in: 5 }), flow(3, { in: 3, out: 2 })]);
  expect(curve).toEqual({ startsAtMs: TEN_MS, stepMs: FLOW_STEP_MS, counts: [5, 5, 5, 6] });
});

test('a correction is a step of the curve and no person at a door', () => {
  const day = todayOf(store(9), [flow(0, { in: 10 }), flow(1, { out: 4, adjusted: 3 })]);
  expect(day.curve?.counts).toEqual([10, 9]);
  expect([day.in, day.out]).toEqual([10, 4]);
});

test('a quarter with only a correction extends the curve', () => {
  const day = todayOf(store(0), [flow(0, { in: 10 }), flow(2, { adjusted: -10 })]);
  expect(day.curve?.counts).toEqual([10, 10, 0]);
  expect([day.in, day.out]).toEqual([10, 0]);
});

test('what a reset absorbed stays in the past of the curve and is gone from its end', () => {
  const late = [flow(0, { in: 10 }), flow(4, { adjusted: -10 }), flow(5, { in: 1 })];
  expect(todayOf(store(1), late).curve?.counts).toEqual([10, 10, 10, 10, 0, 1]);
});

test('staff are not in the curve, and drift never takes it below nobody', () => {
  const flows = [flow(0, { in: 2 }), flow(1, { in: 5 })];
  expect(todayOf(store(7, 3), flows).curve?.counts).toEqual([0, 4]);
});

test('the peak stands at the end of its quarter, the first of equals', () => {
  const flows = [flow(0, { in: 8 }), flow(1, { in: 1, out: 1 }), flow(2, { out: 3 })];
  expect(todayOf(store(5), flows).peak).toEqual({ count: 8, atMs: TEN_MS + FLOW_STEP_MS });
});

test('whatever came and was corrected, the curve ends with the count that is shown', () => {
  const flows = fc.uniqueArray(
    fc.record({
      step: fc.nat(40),
      in: fc.nat(50),
      out: fc.nat(50),
      adjusted: fc.integer({ min: -50, max: 50 }),
    }),
    { selector: ({ step }) => step, minLength: 1 },
  );
  fc.assert(
    fc.property(flows, fc.integer({ min: -100, max: 500 }), fc.nat(20), (steps, rawCount, staff) => {
      const inOrder = steps.toSorted((a, b) => a.step - b.step);
      const { curve } = todayOf(
        store(rawCount, staff),
        inOrder.map(({ step, ...people }) => flow(step, people)),
      );
      expect(curve?.counts.at(-1)).toBe(Math.max(0, rawCount - staff));
      const changed = inOrder.reduce((sum, one) => sum + one.in - one.out + one.adjusted, 0);
      const [first] = inOrder;
      const atFirstEnd =
        rawCount - changed + (first === undefined ? 0 : first.in - first.out + first.adjusted);
      expect(curve?.counts[0]).toBe(Math.max(0, atFirstEnd - staff));
    }),
  );
});
