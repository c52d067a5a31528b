import { describe, expect, test } from 'vitest';
import { changedStore, reviewed, storeAfter } from '../../../cloud/domain/store-after.ts';
import type { StoreState } from '../../../cloud/domain/store-state.ts';
import { aDoor, aStore, aZone, NOON_MS } from '../../support/builders.ts';

/** The store after people passed, and nothing else happened. */
const countedTo = (before: StoreState, rawCount: number, today = true, nowMs = NOON_MS) =>
  storeAfter(before, { zones: [aZone({ rawCount })], today }, nowMs).state;

describe('the revision', () => {
  test('rises by one for a batch, however many people passed', () => {
    expect(countedTo(aStore(), 4)).toMatchObject({ zones: [{ rawCount: 4 }], revision: 2 });
  });

  test('stays when nobody passed: the same revision shows the same', () => {
    expect(reviewed(aStore(), NOON_MS + 1_000).state.revision).toBe(1);
  });

  test('rises for another usual day, and not for one that was looked at again and is the same', () => {
    const curve = { startsAtMs: NOON_MS, stepMs: 1_800_000, counts: [4, 2] };
    const usual = { day: '2026-11-21', lookedAtMs: NOON_MS, curve };
    const before = aStore({ usual });
    const again = { ...before, usual: { ...usual, lookedAtMs: NOON_MS + 1, curve: { ...curve } } };
    expect(changedStore(before, again, NOON_MS).state.revision).toBe(1);
    expect(changedStore(aStore(), again, NOON_MS).state.revision).toBe(2);
    const other = { ...before, usual: { ...usual, curve: { ...curve, counts: [4, 3] } } };
    expect(changedStore(before, other, NOON_MS).state.revision).toBe(2);
    const ofYesterday = { ...before, usual: { ...usual, day: '2026-11-20' } };
    expect(changedStore(aStore(), ofYesterday, NOON_MS).state.revision).toBe(1);
  });

  test('rises for one in and one out: the count stays, the day’s sums do not', () => {
    expect(countedTo(aStore(), 0).revision).toBe(2);
  });

  test('stays when someone is counted late who passed on another day and no count changes by it', () => {
    expect(countedTo(aStore(), 0, false).revision).toBe(1);
  });

  test('rises when the raw sum changes below 0: the figure stays, the curve is counted back from it', () => {
    const before = aStore({ rawCount: -5 });
    expect(
      storeAfter(before, { zones: [aZone({ rawCount: -6 })], today: false }, NOON_MS).state,
    ).toMatchObject({
      revision: 2,
      zones: [{ rawCount: -6 }],
    });
  });

  test('rises once when people pass, a day ends and a door speaks again, all at once', () => {
    const before = aStore({ doors: [aDoor({ silent: true })] });
    const tomorrowMs = before.today.endsAtMs + 1;
    const heard = { ...before, doors: [aDoor({ silent: true, heardUntilMs: tomorrowMs })] };
    const after = countedTo(heard, 1, true, tomorrowMs);
    expect(after).toMatchObject({ revision: 2, today: { day: '2026-11-22' }, doors: [{ silent: false }] });
  });
});

describe('the day', () => {
  const { today } = aStore();

  test('is over at its end, and not a moment before', () => {
    const store = aStore({ liveForMs: today.endsAtMs });
    expect(reviewed(store, today.endsAtMs - 1).state.today.day).toBe('2026-11-21');
    expect(reviewed(store, today.endsAtMs).state.today.day).toBe('2026-11-22');
  });

  test('has begun at its start: a clock that was ahead for a moment gives back the day it took', () => {
    const tomorrow = { day: '2026-11-22', startsAtMs: today.endsAtMs, endsAtMs: today.endsAtMs + 86_400_000 };
    expect(reviewed(aStore({ today: tomorrow }), today.endsAtMs).state.today).toBe(tomorrow);
    expect(reviewed(aStore({ today: tomorrow }), today.endsAtMs - 1).state).toMatchObject({
      today,
      revision: 2,
    });
  });
});

test('the raw sum may go below 0: that is drift, and it is kept', () => {
  expect(countedTo(aStore(), -2).zones[0]?.rawCount).toBe(-2);
});

describe('silence', () => {
  test('of a door begins once it was last heard longer ago than the store allows, and not a moment before', () => {
    const store = aStore();
    expect(reviewed(store, NOON_MS + store.liveForMs).state.revision).toBe(1);
    const after = reviewed(store, NOON_MS + store.liveForMs + 1);
    expect(after.state).toMatchObject({ revision: 2, doors: [{ silent: true }] });
    expect(after.happenings).toMatchObject([{ type: 'sensor-silent', source: 'street-1', event: 'raised' }]);
  });

  test('is that of a door that was never heard, and of one that nothing looks at', () => {
    const mute = reviewed(
      aStore({ doors: [aDoor({ heardUntilMs: null }), aDoor({ sensors: [] })] }),
      NOON_MS,
    );
    expect(mute.state.doors.map((door) => door.silent)).toEqual([true, true]);
  });

  test('falls due at the moment it begins, so that nobody notices it late', () => {
    const store = aStore();
    const { reviewAtMs } = reviewed(store, NOON_MS).state;
    expect(reviewAtMs).toBe(NOON_MS + store.liveForMs + 1);
  });
});

test('a sensor that is new has as long to say its first word as it may be silent, and then it is an alert', () => {
  const { state, happenings } = reviewed(aStore({ doors: [aDoor({ heardUntilMs: null })] }), NOON_MS);
  expect(happenings).toEqual([]);
  const dueAtMs = NOON_MS + state.liveForMs;
  expect(state.reviewAtMs).toBe(dueAtMs);
  expect(reviewed(state, dueAtMs - 1).happenings).toEqual([]);
  expect(reviewed(state, dueAtMs).happenings).toMatchObject([{ type: 'sensor-silent', event: 'raised' }]);
});

test('a store in which nothing is due is left in peace until its day ends', () => {
  const silent = reviewed(aStore({ doors: [aDoor({ heardUntilMs: null })] }), NOON_MS).state;
  const settled = reviewed(silent, NOON_MS + 3_600_000).state;
  expect(settled.reviewAtMs).toBeGreaterThan(NOON_MS + 3_600_000);
});

test('who answers an alert is on the glass: the revision rises with it', () => {
  const doors = [aDoor({ heardUntilMs: NOON_MS - 3_600_000, silent: true })];
  const [alert] = reviewed(aStore({ doors }), NOON_MS).state.alerts;
  if (alert === undefined) throw new Error('a silent sensor is an alert');
  const before = aStore({ alerts: [alert], doors });
  const answered = { ...before, alerts: [{ ...alert, acknowledged: { by: 'Mara', atMs: NOON_MS } }] };
  expect(changedStore(before, answered, NOON_MS).state.revision).toBe(2);
});

test('a daily reset falls due at its own hour, from the moment that the store is told of it', () => {
  const store = aStore({ dailyReset: { at: '05:00', to: 0 }, liveForMs: 86_400_000 });
  const { nextResetAtMs } = reviewed(store, NOON_MS).state;
  expect(nextResetAtMs).toBe(Date.parse('2026-11-22T05:00:00+01:00'));
});
