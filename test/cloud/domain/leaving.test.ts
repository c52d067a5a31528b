import { expect, test } from 'vitest';
import { snapshotOf } from '../../../cloud/domain/snapshot.ts';
import { FLOW_STEP_MS, type StoreState } from '../../../cloud/domain/store-state.ts';
import { aDoor, aStore, NOON_MS } from '../../support/builders.ts';

const MINUTE_MS = 60_000;
const step = (stepsBeforeNoon: number, entered: number, left: number) => ({
  startsAtMs: NOON_MS - stepsBeforeNoon * FLOW_STEP_MS,
  in: entered,
  out: left,
  adjusted: 0,
});
const FULL = { levelState: { level: 'full', next: null } } as const;

const rate = (
  flows: readonly ReturnType<typeof step>[],
  nowMs: number,
  difference: Partial<StoreState> = FULL,
) => snapshotOf(aStore({ ...difference, rawCount: 60 }), flows, 1, nowMs).proof.leavePerMinute;

test('how many leave a minute is told of the quarter of an hour that runs and the one before it', () => {
  const flows = [step(2, 0, 900), step(1, 0, 20), step(0, 3, 10)];
  expect(rate(flows, NOON_MS + 5 * MINUTE_MS)).toBe(1.5);
  expect(rate(flows, NOON_MS)).toBe(2);
});

test('it is not told where so few left that the next one may take a minute or ten', () => {
  expect(rate([step(1, 40, 4)], NOON_MS)).toBeUndefined();
  expect(rate([step(1, 40, 5)], NOON_MS)).toBe(0.33);
});

test('it is not told where nothing was counted in the quarter of an hour before', () => {
  expect(rate([step(0, 0, 30)], NOON_MS + MINUTE_MS)).toBeUndefined();
  expect(rate([step(1, 0, 0), step(0, 0, 30)], NOON_MS + MINUTE_MS)).toBeUndefined();
});

test('it is not told while a door is silent: more may have left', () => {
  const flows = [step(1, 0, 30)];
  const doors = [aDoor(), aDoor({ id: 'arcade', silent: true })];
  expect(rate(flows, NOON_MS, { ...FULL, doors })).toBeUndefined();
  expect(rate(flows, NOON_MS, { ...FULL, doors: [aDoor()] })).toBe(2);
});

test('it is not told of an open store, where nobody waits', () => {
  const flows = [step(1, 0, 30)];
  expect(rate(flows, NOON_MS, { levelState: { level: 'open', next: null } })).toBeUndefined();
  expect(rate(flows, NOON_MS, { levelState: { level: 'nearly', next: null } })).toBe(2);
});
