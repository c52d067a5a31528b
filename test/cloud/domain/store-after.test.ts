import { describe, expect, test } from 'vitest';
import { reviewed, storeAfter } from '../../../cloud/domain/store-after.ts';
import { aDoor, aStore, NOON_MS } from '../../support/builders.ts';

describe('the revision', () => {
  test('rises by one for a batch, however many people passed', () => {
    const after = storeAfter(
      aStore(),
      [
        { in: 3, out: 1 },
        { in: 2, out: 0 },
      ],
      NOON_MS,
    );
    expect(after).toMatchObject({ rawCount: 4, revision: 2 });
  });

  test('stays when nobody passed: the same revision shows the same', () => {
    const before = aStore();
    expect(storeAfter(before, [], NOON_MS + 1_000)).toBe(before);
  });

  test('rises for one in and one out: the count stays, the day’s sums do not', () => {
    expect(storeAfter(aStore(), [{ in: 1, out: 1 }], NOON_MS)).toMatchObject({ rawCount: 0, revision: 2 });
  });

  test('rises once when people pass, a day ends and a door speaks again, all at once', () => {
    const before = aStore({ doors: [aDoor({ silent: true, heardUntilMs: NOON_MS })] });
    const tomorrowMs = before.today.endsAtMs + 1;
    const heard = { ...before, doors: [aDoor({ silent: true, heardUntilMs: tomorrowMs })] };
    const after = storeAfter(heard, [{ in: 1, out: 0 }], tomorrowMs);
    expect(after).toMatchObject({ revision: 2, today: { day: '2026-11-22' }, doors: [{ silent: false }] });
  });
});

describe('the day', () => {
  const { today } = aStore();

  test('is over at its end, and not a moment before', () => {
    const store = aStore({ liveForMs: today.endsAtMs });
    expect(reviewed(store, today.endsAtMs - 1)).toBe(store);
    expect(reviewed(store, today.endsAtMs).today.day).toBe('2026-11-22');
  });

  test('has begun at its start: a clock that was ahead for a moment gives back the day it took', () => {
    const tomorrow = { day: '2026-11-22', startsAtMs: today.endsAtMs, endsAtMs: today.endsAtMs + 86_400_000 };
    expect(reviewed(aStore({ today: tomorrow }), today.endsAtMs).today).toBe(tomorrow);
    expect(reviewed(aStore({ today: tomorrow }), today.endsAtMs - 1)).toMatchObject({ today, revision: 2 });
  });
});

test('the raw sum may go below 0: that is drift, and it is kept', () => {
  expect(storeAfter(aStore(), [{ in: 0, out: 2 }], NOON_MS).rawCount).toBe(-2);
});

test('a door is silent once it was last heard longer ago than the store allows, and not a moment before', () => {
  const store = aStore();
  expect(reviewed(store, NOON_MS + store.liveForMs)).toBe(store);
  const after = reviewed(store, NOON_MS + store.liveForMs + 1);
  expect(after).toMatchObject({ revision: 2, doors: [{ silent: true }] });
});

test('a door that was never heard is silent', () => {
  expect(reviewed(aStore({ doors: [aDoor({ heardUntilMs: null })] }), NOON_MS).doors[0]?.silent).toBe(true);
});
