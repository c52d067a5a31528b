import { expect, test } from 'vitest';
import { ageAt, freshnessAt, UNKNOWN_AFTER_MS } from '../../../cloud/domain/freshness.ts';

const proof = { ageMs: 2_000, liveForMs: 90_000 };

test.each([
  [0, 'live'],
  [43_000, 'live'],
  [43_001, 'ageing'],
  [88_000, 'ageing'],
  [88_001, 'stale'],
  [UNKNOWN_AFTER_MS - 2_000, 'stale'],
  [UNKNOWN_AFTER_MS, 'unknown'],
])('a count that was 2 s old and may live 90 s is, %i ms later, %s: %s', (elapsedMs, freshness) => {
  expect(freshnessAt(proof, elapsedMs)).toBe(freshness);
});

test('a count of which no age is known is never shown as live', () => {
  expect(freshnessAt({ ageMs: null, liveForMs: 90_000 }, 0)).toBe('unknown');
});

test('a clock that runs backwards makes nothing younger', () => {
  expect(ageAt(5_000, -60_000)).toBe(5_000);
});
