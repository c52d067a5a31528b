import { describe, expect, test } from 'vitest';
import type { AlertCondition } from '../../../cloud/domain/alert-conditions.ts';
import { ALERT_RULES, alertsAfter, alertsDueAtMs } from '../../../cloud/domain/alerts.ts';
import {
  aCondition,
  answer,
  answered,
  full,
  type Happens,
  lived,
  near,
  over,
  phases,
  said,
  silent,
} from '../../support/alert-days.ts';
import { NOON_MS } from '../../support/builders.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('an alert', () => {
  test('that needs no delay is raised at once', () => {
    expect(lived([0, [over]])).toEqual({
      alerts: [
        {
          ...over,
          phase: 'active',
          phaseSinceMs: NOON_MS,
          sinceMs: NOON_MS,
          askedAtMs: NOON_MS,
          times: 1,
          acknowledged: null,
        },
      ],
      happenings: [{ type: 'over-capacity', source: 'store', event: 'raised', atMs: NOON_MS, by: null }],
    });
  });

  test('is refreshed and not repeated while it stays true', () => {
    const { alerts } = lived([0, [over]]);
    const again = alertsAfter(alerts, [over], NOON_MS + MINUTE_MS);
    expect(again.alerts).toBe(alerts);
    expect(again.happenings).toEqual([]);
  });

  test.each([
    { severity: 'alarm' },
    { place: { door: 'back' } },
    { place: { door: 'street', zone: 'cafe' } },
  ] as const)('takes on another severity or place without a word: %j', (difference) => {
    const result = lived([0, [silent]], [SECOND_MS, [{ ...silent, ...difference }]]);
    expect(result.alerts).toMatchObject([{ ...difference, times: 1 }]);
    expect(said(result)).toEqual([['sensor-silent', 'raised', 0]]);
  });

  test('is raised only when it has been true for its delay', () => {
    const soon = lived([0, [near]], [9_999, [near]]);
    expect(phases(soon.alerts)).toEqual([['near-capacity', 'pending']]);
    expect(soon.happenings).toEqual([]);
    const then = lived([0, [near]], [10_000, [near]]);
    expect(then.alerts).toMatchObject([{ phase: 'active', sinceMs: NOON_MS + 10_000 }]);
    expect(said(then)).toEqual([['near-capacity', 'raised', 10_000]]);
  });

  test('that was true for a moment only was never there', () => {
    expect(lived([0, [near]], [5_000, []], [6_000, [near]], [15_999, [near]]).happenings).toEqual([]);
    expect(lived([0, [near]], [5_000, []])).toEqual({ alerts: [], happenings: [] });
  });

  test('is cleared only when it has been over for its delay', () => {
    const soon = lived([0, [over]], [MINUTE_MS, []], [MINUTE_MS + 9_999, []]);
    expect(phases(soon.alerts)).toEqual([['over-capacity', 'clearing']]);
    const then = lived([0, [over]], [MINUTE_MS, []], [MINUTE_MS + 10_000, []]);
    expect(phases(then.alerts)).toEqual([['over-capacity', 'cleared']]);
    expect(said(then)).toEqual([
      ['over-capacity', 'raised', 0],
      ['over-capacity', 'cleared', MINUTE_MS + 10_000],
    ]);
  });

  test('that is true again while it clears was never away', () => {
    const result = lived([0, [over]], [MINUTE_MS, []], [MINUTE_MS + 9_000, [over]], [2 * MINUTE_MS, [over]]);
    expect(result.alerts).toMatchObject([{ phase: 'active', sinceMs: NOON_MS, times: 1 }]);
    expect(said(result)).toEqual([['over-capacity', 'raised', 0]]);
  });

  test('without delays is cleared in the same moment', () => {
    const imbalance = aCondition({ type: 'door-imbalance', severity: 'note', source: 'street' });
    const result = lived([0, [imbalance]], [DAY_MS, []]);
    expect(phases(result.alerts)).toEqual([['door-imbalance', 'cleared']]);
    expect(said(result)).toEqual([
      ['door-imbalance', 'raised', 0],
      ['door-imbalance', 'cleared', DAY_MS],
    ]);
  });
});

describe('a cleared alert', () => {
  const cleared = lived([0, [over]], [1_000, []], [11_000, []]).alerts;

  test('that nobody answered is raised again, counted, and asks anew', () => {
    const result = alertsAfter(cleared, [over], NOON_MS + MINUTE_MS);
    const atMs = NOON_MS + MINUTE_MS;
    expect(result.alerts).toMatchObject([{ phase: 'active', sinceMs: atMs, askedAtMs: atMs, times: 2 }]);
    expect(said(result)).toEqual([['over-capacity', 're-raised', MINUTE_MS]]);
  });

  test('that nobody answers is let go after a day', () => {
    const dueAtMs = NOON_MS + 11_000 + DAY_MS;
    expect(alertsDueAtMs(cleared)).toBe(dueAtMs);
    expect(alertsAfter(cleared, [], dueAtMs - 1).alerts).toBe(cleared);
    expect(alertsAfter(cleared, [], dueAtMs)).toEqual({ alerts: [], happenings: [] });
  });

  test('leaves when it is answered', () => {
    expect(answer(cleared, over, 'Mara', MINUTE_MS)).toEqual({
      alerts: [],
      happenings: [
        {
          type: 'over-capacity',
          source: 'store',
          event: 'acknowledged',
          atMs: NOON_MS + MINUTE_MS,
          by: 'Mara',
        },
      ],
    });
  });
});

describe('an answer', () => {
  const raised = lived([0, [over]]).alerts;

  test('is kept with the name and the moment', () => {
    const result = answer(raised, over, 'Mara', 3_000);
    expect(result?.alerts).toMatchObject([
      { phase: 'active', acknowledged: { by: 'Mara', atMs: NOON_MS + 3_000 } },
    ]);
    expect(result?.happenings).toMatchObject([{ event: 'acknowledged', by: 'Mara', atMs: NOON_MS + 3_000 }]);
  });

  test('of a second person changes nothing: the first name stays', () => {
    const first = answered(raised, over);
    expect(answer(first, over, 'Jon', 4_000)).toEqual({ alerts: first, happenings: [] });
  });

  test('to what is not there, or not yet, is none', () => {
    expect(answer(raised, full, 'Mara', 0)).toBeUndefined();
    expect(answer(raised, { ...over, source: 'cafe' }, 'Mara', 0)).toBeUndefined();
    expect(answer(lived([0, [near]]).alerts, near, 'Mara', 0)).toBeUndefined();
  });

  test('lets the alert leave as soon as it is cleared', () => {
    const clearing = alertsAfter(answered(raised, over), [], NOON_MS + MINUTE_MS);
    const result = alertsAfter(clearing.alerts, [], NOON_MS + MINUTE_MS + 10_000);
    expect(result.alerts).toEqual([]);
    expect(said(result)).toEqual([['over-capacity', 'cleared', MINUTE_MS + 10_000]]);
  });

  test('given while it clears counts as well', () => {
    const clearing = lived([0, [over]], [1_000, []]).alerts;
    expect(alertsAfter(answered(clearing, over, 2_000), [], NOON_MS + 11_000).alerts).toEqual([]);
  });

  test('holds for five minutes over the limit; then the alert asks again', () => {
    const kept = answered(raised, over, 2_000);
    const dueAtMs = NOON_MS + 2_000 + 5 * MINUTE_MS;
    expect(alertsDueAtMs(kept)).toBe(dueAtMs);
    expect(alertsAfter(kept, [over], dueAtMs - 1).alerts).toBe(kept);
    const result = alertsAfter(kept, [over], dueAtMs);
    expect(result.alerts).toMatchObject([
      { phase: 'active', sinceMs: NOON_MS, askedAtMs: dueAtMs, times: 2, acknowledged: null },
    ]);
    expect(result.happenings).toMatchObject([{ event: 're-raised', atMs: dueAtMs, by: null }]);
    expect(alertsDueAtMs(result.alerts)).toBeNull();
  });

  test('holds for good where the rule never asks again', () => {
    expect(ALERT_RULES['near-capacity'].askAgainAfterMs).toBeNull();
    const kept = answered(lived([0, [near]], [10_000, [near]]).alerts, near);
    expect(alertsDueAtMs(kept)).toBeNull();
    expect(alertsAfter(kept, [near], NOON_MS + DAY_MS).alerts).toBe(kept);
  });
});

describe('the capacity alerts of one source', () => {
  test('follow each other up: what is outranked is cleared in its time and asks nobody any more', () => {
    const rising = lived([0, [full]], [MINUTE_MS, [over]]);
    expect(phases(rising.alerts)).toEqual([
      ['over-capacity', 'active'],
      ['full', 'clearing'],
    ]);
    const risen = alertsAfter(rising.alerts, [over], NOON_MS + 2 * MINUTE_MS);
    expect(phases(risen.alerts)).toEqual([['over-capacity', 'active']]);
    expect(said(risen)).toEqual([['full', 'cleared', 2 * MINUTE_MS]]);
  });

  test('leave nothing to answer of what is outranked, however long ago it was cleared', () => {
    const cleared = lived([0, [full]], [1_000, []], [61_000, []]).alerts;
    expect(phases(cleared)).toEqual([['full', 'cleared']]);
    expect(phases(alertsAfter(cleared, [over], NOON_MS + 2 * MINUTE_MS).alerts)).toEqual([
      ['over-capacity', 'active'],
    ]);
  });

  test('follow each other down: what was worse still waits for its answer', () => {
    const fallen = lived([0, [over]], [MINUTE_MS, [full]], [MINUTE_MS + 10_000, [full]]);
    expect(phases(fallen.alerts)).toEqual([
      ['over-capacity', 'cleared'],
      ['full', 'active'],
    ]);
  });

  test('do not chatter while the count goes to and fro between two of them', () => {
    const toAndFro = Array.from(
      { length: 20 },
      (_, second): Happens => [second * SECOND_MS, [second % 2 ? over : full]],
    );
    expect(said(lived(...toAndFro))).toEqual([
      ['full', 'raised', 0],
      ['over-capacity', 'raised', SECOND_MS],
    ]);
  });

  test('leave those of other sources alone', () => {
    const cafe = { ...full, source: 'cafe', place: { zone: 'cafe' } };
    const result = lived([0, [cafe]], [1_000, [over]], [61_000, [over]]);
    expect(phases(result.alerts)).toEqual([
      ['over-capacity', 'active'],
      ['full', 'cleared'],
    ]);
  });
});

test('what happens at once is told in the same order, whatever was known first', () => {
  const cafe = { ...over, source: 'cafe' };
  const order = (conditions: readonly AlertCondition[]) =>
    lived([0, conditions]).happenings.map(({ type, source }) => `${type} ${source}`);
  const expected = ['over-capacity cafe', 'over-capacity store', 'sensor-silent p-1'];
  expect(order([silent, over, cafe])).toEqual(expected);
  expect(order([over, cafe, silent])).toEqual(expected);
});

test('a clock that was set back does not make anything wait for the time it told before', () => {
  const ahead = lived([DAY_MS, [near]]).alerts;
  const back = alertsAfter(ahead, [near], NOON_MS);
  expect(alertsDueAtMs(back.alerts)).toBe(NOON_MS + 10_000);
  const kept = answered(lived([DAY_MS, [over]]).alerts, over, DAY_MS);
  expect(alertsAfter(kept, [over], NOON_MS).alerts).toMatchObject([
    { sinceMs: NOON_MS, askedAtMs: NOON_MS, acknowledged: { by: 'Mara', atMs: NOON_MS } },
  ]);
});
