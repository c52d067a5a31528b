import { expect, test } from 'vitest';
import type { KnownSteps } from '../../../cloud/store/memories.ts';
import { stepsAfter } from '../../../cloud/store/steps-after.ts';

const STEP = { in: 1, out: 2, adjusted: 0 };
const known: KnownSteps = { fromMs: 10, untilMs: 50, flows: [{ startsAtMs: 20, ...STEP }] };
const knownOf = (storeId: string) => (storeId === 'known' ? known : undefined);
const row = (step_ms: number, store_id = 'known') => ({
  store_id,
  step_ms,
  people_in: 3,
  people_out: 0,
  adjusted: -1,
});
const after = (...stepsMs: number[]) =>
  stepsAfter(
    stepsMs.map((stepMs) => row(stepMs)),
    knownOf,
  ).get('known')?.flows;

test('a step that is known grows by what is added, and a new one takes its place in time', () => {
  expect(after(20)).toEqual([{ startsAtMs: 20, in: 4, out: 2, adjusted: -1 }]);
  expect(after(30, 10)).toEqual([
    { startsAtMs: 10, in: 3, out: 0, adjusted: -1 },
    { startsAtMs: 20, ...STEP },
    { startsAtMs: 30, in: 3, out: 0, adjusted: -1 },
  ]);
});

test('what is not of the time that is known of changes nothing of it', () => {
  expect(after(9, 50)).toEqual(known.flows);
});

test('of a store of which nothing is known, nothing is known afterwards', () => {
  expect([...stepsAfter([row(20, 'other')], knownOf)]).toEqual([['other', undefined]]);
});
