import { expect, test } from 'vitest';
import { toldOf } from '../../../cloud/domain/push.ts';
import { aStore, NOON_MS } from '../../support/builders.ts';

const toldAgo = (ms: number) =>
  aStore({ push: { sentAtMs: NOON_MS - ms, proofSentAtMs: NOON_MS - ms, due: false } });

test('signs that were never told are told at once', () => {
  expect(toldOf(aStore(), NOON_MS, 1_000)).toMatchObject({
    tellNow: true,
    state: { push: { sentAtMs: NOON_MS } },
  });
});

test('signs that were told a moment ago are told by the next flush', () => {
  const told = toldOf(toldAgo(999), NOON_MS, 1_000);
  expect(told).toMatchObject({ tellNow: false, state: { push: { due: true, sentAtMs: NOON_MS - 999 } } });
});

test('signs are told again after the minimum interval', () => {
  expect(toldOf(toldAgo(1_000), NOON_MS, 1_000).tellNow).toBe(true);
});

test('a server clock that was set back does not silence a store until it has caught up', () => {
  expect(toldOf(toldAgo(-3_600_000), NOON_MS, 1_000).tellNow).toBe(true);
});
