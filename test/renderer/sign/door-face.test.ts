import { expect, test } from 'vitest';
import type { Proof, Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { doorFace } from '../../../renderer/sign/view/door-face.ts';
import { aSnapshot, SATURDAY_AFTERNOON_MS } from '../../support/glass-states.ts';

const face = (snapshot: Snapshot, elapsedMs = 0) => doorFace(snapshot, elapsedMs, SATURDAY_AFTERNOON_MS);
const proven = ({ content, proof }: Snapshot, more: Partial<Proof>): Snapshot => ({
  content,
  proof: { ...proof, ...more },
});
const SILENT_ARCADE = [
  ['Street', 2_000],
  ['Arcade', 372_000, true],
] as const;

test('a store is open, nearly full or full as its limits say', () => {
  expect(face(aSnapshot())).toMatchObject({ state: 'open', count: 38, mayEnter: 22, wait: null });
  expect(face(aSnapshot({ count: 56 }))).toMatchObject({ state: 'nearly', mayEnter: 4 });
  expect(face(aSnapshot({ count: 60 }))).toMatchObject({ state: 'full', mayEnter: 0 });
});

test('over the limit is full for customers', () => {
  expect(face(aSnapshot({ count: 64 }))).toMatchObject({ state: 'full', count: 64, mayEnter: 0 });
});

test('where nobody may enter it is full, whatever the state says', () => {
  expect(face(aSnapshot({ count: 56, margin: 4 }))).toMatchObject({ state: 'full', mayEnter: 0 });
});

test('with a silent door the state and the figure are taken from the high side', () => {
  expect(face(aSnapshot({ count: 47, margin: 4, doors: SILENT_ARCADE }))).toMatchObject({
    state: 'open',
    count: 51,
    mayEnter: 9,
  });
  expect(face(aSnapshot({ count: 51, margin: 4, doors: SILENT_ARCADE }))).toMatchObject({
    state: 'nearly',
    mayEnter: 5,
  });
  expect(face(aSnapshot({ count: 56, margin: 4, doors: SILENT_ARCADE }))).toMatchObject({ state: 'full' });
});

test('a door that the sign itself has not heard of for too long counts as silent', () => {
  const snapshot = aSnapshot({
    count: 47,
    margin: 4,
    doors: [
      ['Street', 2_000],
      ['Arcade', 80_000],
    ],
  });
  expect(face(snapshot)).toMatchObject({ count: 47 });
  expect(face(snapshot, 11_000)).toMatchObject({ count: 51 });
});

test('no count that is not live is ever shown to customers, for any age and any state', () => {
  for (const state of ['open', 'nearly', 'full', 'over', 'unknown'] as const) {
    for (const ageMs of [null, 0, 45_000, 90_000, 90_001, 900_000, 90_000_000]) {
      for (const elapsedMs of [0, 1, 60_000, 90_001, 10_000_000]) {
        const shown = face(aSnapshot({ state, ageMs }), elapsedMs);
        const isLive = state !== 'unknown' && ageMs !== null && ageMs + elapsedMs <= 90_000;
        expect('count' in shown, `${state}, ${ageMs} + ${elapsedMs}`).toBe(isLive);
        if (!isLive) expect(shown).toEqual({ state: 'unknown' });
      }
    }
  }
});

test('the wait is how long it takes until one may enter, in whole minutes and never none', () => {
  const waitOf = (leavePerMinute: number | null, count = 60) => {
    const shown = face(proven(aSnapshot({ count }), { leavePerMinute }));
    return 'wait' in shown ? shown.wait : undefined;
  };
  expect(waitOf(4)).toEqual({ minutes: 1, over: false });
  expect(waitOf(0.3)).toEqual({ minutes: 4, over: false });
  expect(waitOf(0.3, 63)).toEqual({ minutes: 14, over: false });
  expect(waitOf(0.3, 64)).toEqual({ minutes: 15, over: true });
  expect(waitOf(0)).toEqual({ minutes: 15, over: true });
  expect(waitOf(null)).toBeNull();
  expect(waitOf(4, 38)).toBeNull();
});

test('closed by its hours it stays closed without a live count, until it may have opened', () => {
  const opensAtMs = SATURDAY_AFTERNOON_MS + 60_000;
  const snapshot = aSnapshot({
    ageMs: 900_000,
    content: { opening: { open: false, changesAtMs: opensAtMs } },
  });
  expect(doorFace(snapshot, 0, SATURDAY_AFTERNOON_MS)).toEqual({ state: 'closed', opensAtMs });
  expect(doorFace(snapshot, 0, opensAtMs)).toEqual({ state: 'unknown' });
  expect(doorFace(snapshot, 0, null)).toEqual({ state: 'unknown' });
});
