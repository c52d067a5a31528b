import { expect, test } from 'vitest';
import {
  afterProof,
  afterPull,
  afterPush,
  type HeldSnapshots,
  snapshotsAt,
} from '../../../cloud/client/held-snapshots.ts';
import type { Moment } from '../../../cloud/client/moment.ts';
import { aProof, aSnapshot } from '../../support/client-snapshots.ts';

const SIGN_WALL_MS = Date.UTC(2026, 10, 21);
/** The cloud's clock is not the sign's: nothing may depend on how they differ. */
const CLOUD_MS = Date.UTC(2020, 0, 1);
const HOUR_MS = 3_600_000;
/** As long as the cloud takes to renew a proof. */
const PROOF_EVERY_MS = 30_000;

const at = (ms: number): Moment => ({ monotonicMs: ms, wallMs: SIGN_WALL_MS + ms });
const sent = (ms: number) => ({ sentAtMs: CLOUD_MS + ms });
type Pulled = { readonly held?: HeldSnapshots; readonly clockOffMs?: number; readonly revision?: number };
const pulledAt = (ms: number, { held, clockOffMs = 0, revision = 1 }: Pulled = {}) => {
  const snapshots = [aSnapshot({ ...sent(ms + clockOffMs), revision })];
  return afterPull(held ?? null, { storeGroupId: 'spain', snapshots }, at(ms), at(ms));
};
const proven = (held: HeldSnapshots, sentMs: number, atMs: number, revision = 1) =>
  afterProof(held, aProof({ ...sent(sentMs), revision, ageMs: 0 }), at(atMs));
const ageAt = (held: HeldSnapshots, ms: number) => snapshotsAt(held, at(ms))[0]?.proof.ageMs;

test('pushes and proofs that arrive as they are sent are as old as the cloud says', () => {
  const pushed = afterPush(pulledAt(0), aSnapshot({ ...sent(20_000), revision: 2, ageMs: 300 }), at(20_050));
  expect(ageAt(pushed.held, 20_050)).toBe(350);
  const renewed = afterProof(pushed.held, aProof({ ...sent(50_000), revision: 2, ageMs: 7 }), at(50_000));
  expect(ageAt(renewed.held, 50_000)).toBe(7);
  expect([pushed.pull, renewed.pull]).toEqual([false, false]);
});

test('a sign that stood still does not take the pushes that waited in its socket as new, and pulls', () => {
  const frozenMs = { from: 10_000, to: 35_000 };
  const waited = proven(pulledAt(0), frozenMs.from + 1_000, frozenMs.to);
  expect(ageAt(waited.held, frozenMs.to)).toBe(24_000);
  expect(ageAt(waited.held, frozenMs.to + 500)).toBe(24_500);
  expect(waited.pull).toBe(true);

  const push = aSnapshot({ ...sent(frozenMs.to - 3_000), revision: 2, ageMs: 100 });
  const last = afterPush(waited.held, push, at(frozenMs.to));
  expect(ageAt(last.held, frozenMs.to)).toBe(3_100);
  expect(last.held.stores[0]?.content.count).toBe(2);
});

test('the doors of a late push are older by as much as its count', () => {
  const { held } = afterPush(pulledAt(0), aSnapshot({ ...sent(1_000), revision: 2, ageMs: 0 }), at(8_000));
  expect(snapshotsAt(held, at(8_000))[0]?.proof.doorAgesMs).toEqual([7_000]);
});

test('a machine that slept with its monotonic clock knows by the other one how late a push is', () => {
  const { held } = afterProof(pulledAt(0), aProof(sent(1_000)), {
    monotonicMs: 1_000,
    wallMs: SIGN_WALL_MS + 26_000,
  });
  expect(snapshotsAt(held, { monotonicMs: 1_000, wallMs: SIGN_WALL_MS + 26_000 })[0]?.proof.ageMs).toBe(
    25_000,
  );
});

test('a proof that the cloud made before it answered the last pull takes nothing back', () => {
  const asked = afterPull(pulledAt(0), pulled(29_000, 2_000), at(30_000), at(30_000));
  const { held } = proven(asked, 11_000, 30_500);
  expect(held).toBe(asked);
});

test('a cloud clock that leaps ahead makes no figure older, nor younger than its arrival', () => {
  const leapt = proven(pulledAt(0), HOUR_MS + 30_000, 30_000);
  expect(ageAt(leapt.held, 30_000)).toBe(0);
  const healed = pulledAt(60_000, { held: leapt.held, clockOffMs: HOUR_MS });
  expect(ageAt(proven(healed, HOUR_MS + 61_000, 85_000).held, 85_000)).toBe(24_000);
});

test('a cloud clock that is set back makes a figure older until the pull that it asks for, and never younger', () => {
  const setBackMs = -HOUR_MS;
  const before = pulledAt(0);
  const proof = proven(before, setBackMs + PROOF_EVERY_MS, PROOF_EVERY_MS);
  expect(proof).toEqual({ held: before, pull: true });

  const push = aSnapshot({ ...sent(setBackMs + PROOF_EVERY_MS), revision: 2, ageMs: 0 });
  const news = afterPush(before, push, at(PROOF_EVERY_MS));
  expect(news.pull).toBe(true);
  expect(news.held.stores[0]?.content.count).toBe(2);
  expect(ageAt(news.held, PROOF_EVERY_MS)).toBe(PROOF_EVERY_MS);

  const healed = pulledAt(PROOF_EVERY_MS + 5_000, { held: news.held, clockOffMs: setBackMs, revision: 2 });
  const next = proven(healed, setBackMs + 65_000, 65_000, 2);
  expect(next.pull).toBe(false);
  expect(ageAt(next.held, 65_000)).toBe(0);
});

test('where pulls are slow, pushes count from the safe side but ask for no more of them', () => {
  const slow = afterPull(null, pulled(9_000, 0), at(0), at(10_000));
  const push = afterPush(slow, aSnapshot({ ...sent(20_000), revision: 2, ageMs: 0 }), at(20_000));
  expect(ageAt(push.held, 20_000)).toBe(9_000);
  expect(push.pull).toBe(false);
});

test('function instances whose clocks differ a little ask for no pull', () => {
  const { held, pull } = proven(pulledAt(0), 9_940, 10_000);
  expect([ageAt(held, 10_000), pull]).toEqual([60, false]);
});

function pulled(sentMs: number, ageMs: number) {
  return { storeGroupId: 'spain', snapshots: [aSnapshot({ ...sent(sentMs), ageMs })] };
}
