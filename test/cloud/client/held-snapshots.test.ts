import { expect, test } from 'vitest';
import {
  afterAssignment,
  afterProof,
  afterPull,
  afterPush,
  type HeldSnapshots,
  snapshotsAt,
} from '../../../cloud/client/held-snapshots.ts';
import type { Moment } from '../../../cloud/client/moment.ts';
import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { aProof, aSnapshot } from '../../support/client-snapshots.ts';

const WALL_MS = Date.UTC(2026, 10, 21);
const at = (ms: number): Moment => ({ monotonicMs: ms, wallMs: WALL_MS + ms });
const pulled = (...snapshots: Snapshot[]) => ({ storeGroupId: 'spain', snapshots });
const holding = (...snapshots: Snapshot[]) => afterPull(null, pulled(...snapshots), at(0), at(0));
/** The cloud's clock stands at 0 at `at(0)`; what is pushed arrives as it is sent. */
const pushAt = (held: HeldSnapshots, ms: number, snapshot: Parameters<typeof aSnapshot>[0]) =>
  afterPush(held, aSnapshot({ ...snapshot, sentAtMs: ms }), at(ms));
const proofAt = (held: HeldSnapshots, ms: number, proof: Parameters<typeof aProof>[0]) =>
  afterProof(held, aProof({ ...proof, sentAtMs: ms }), at(ms));
const counts = (held: HeldSnapshots) => held.stores.map(({ content }) => content.count);
const ageAt = (held: HeldSnapshots, now: Moment) => snapshotsAt(held, now)[0]?.proof.ageMs;

test('a restored database wins over a larger revision of the one before', () => {
  const held = holding(aSnapshot({ epoch: 1, revision: 90 }));
  expect(counts(pushAt(held, 1, { epoch: 2, revision: 3 }).held)).toEqual([3]);
  expect(counts(afterPull(held, pulled(aSnapshot({ epoch: 2, revision: 3 })), at(1), at(1)))).toEqual([3]);
});

test('a push of a store that is not of the group is not shown, and asks for a pull', () => {
  const held = holding(aSnapshot());
  const news = pushAt(held, 1, { storeId: 'paris' });
  expect(news).toEqual({ held, pull: true });
  expect(proofAt(held, 1, { storeId: 'paris' }).pull).toBe(true);
});

test('a proof renews only the figure it is of: a newer one asks for a pull, an older one is ignored', () => {
  const held = holding(aSnapshot({ revision: 5, ageMs: 40_000 }));
  expect(ageAt(proofAt(held, 1_000, { revision: 5, ageMs: 10 }).held, at(1_000))).toBe(10);
  expect(proofAt(held, 1_000, { revision: 6 })).toEqual({ held, pull: true });
  expect(proofAt(held, 1_000, { revision: 4 })).toEqual({ held, pull: false });
});

test('a pull that was asked for before a push arrived does not overwrite it', () => {
  const held = pushAt(holding(aSnapshot()), 1_000, { revision: 9 }).held;
  expect(counts(afterPull(held, pulled(aSnapshot({ revision: 8 })), at(500), at(500)))).toEqual([9]);
});

test('a slow pull does not make a figure look older than the proof that overtook it, only ever younger', () => {
  const overtaken = proofAt(holding(aSnapshot()), 9_000, { ageMs: 500 }).held;
  expect(ageAt(afterPull(overtaken, pulled(aSnapshot({ ageMs: 10 })), at(1_000), at(1_000)), at(9_000))).toBe(
    500,
  );
  expect(ageAt(afterPull(overtaken, pulled(aSnapshot({ ageMs: 10 })), at(8_900), at(8_900)), at(9_000))).toBe(
    110,
  );
});

test('a pull that was asked for after a proof arrived is believed, even where it makes the figure older', () => {
  const proven = proofAt(holding(aSnapshot()), 1_000, { ageMs: 0 }).held;
  expect(
    ageAt(afterPull(proven, pulled(aSnapshot({ ageMs: 70_000 })), at(1_001), at(1_001)), at(1_001)),
  ).toBe(70_000);
});

test('stores that a pull no longer names go away, new ones come, in the order of the cloud', () => {
  const held = holding(
    aSnapshot({ storeId: 'north', revision: 1 }),
    aSnapshot({ storeId: 'east', revision: 2 }),
  );
  const answer = pulled(
    aSnapshot({ storeId: 'west', revision: 3 }),
    aSnapshot({ storeId: 'north', revision: 1 }),
  );
  expect(counts(afterPull(held, answer, at(1), at(1)))).toEqual([3, 1]);
});

test('nothing of another group outlives a move, and a pull from before the move does not bring it back', () => {
  const moved = afterAssignment(holding(aSnapshot()), 'france', at(1_000));
  expect(moved.stores).toEqual([]);
  expect(afterPull(moved, pulled(aSnapshot()), at(999), at(999))).toBe(moved);
  expect(counts(afterPull(moved, pulled(aSnapshot()), at(1_001), at(1_001)))).toEqual([1]);
});

test('being told the place that the sign has already changes nothing', () => {
  const held = holding(aSnapshot());
  expect(afterAssignment(held, 'spain', at(5))).toBe(held);
});

test('the age of a pulled figure counts from when it was asked for', () => {
  const held = afterPull(null, pulled(aSnapshot({ ageMs: 100 })), at(2_000), at(2_000));
  expect(ageAt(held, at(5_000))).toBe(3_100);
});

test('a figure grows old on the wall clock while a sleeping machine stops the monotonic one', () => {
  const held = holding(aSnapshot({ ageMs: 100 }));
  expect(ageAt(held, { monotonicMs: 10, wallMs: WALL_MS + 600_000 })).toBe(600_100);
});

test('a wall clock that is set back makes no figure younger', () => {
  const held = holding(aSnapshot({ ageMs: 100 }));
  expect(ageAt(held, { monotonicMs: 5_000, wallMs: WALL_MS - 3_600_000 })).toBe(5_100);
});

test('what was never heard has no age, however long it is held', () => {
  expect(ageAt(holding(aSnapshot({ ageMs: null })), at(60_000))).toBeNull();
});
