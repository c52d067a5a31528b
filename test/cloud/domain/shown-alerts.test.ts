import { expect, test } from 'vitest';
import { alertsAfter, shownAlerts } from '../../../cloud/domain/alerts.ts';
import type { AlertState } from '../../../cloud/domain/store-state.ts';
import {
  answered,
  full,
  type Happens,
  lived,
  near,
  over,
  silent,
  wrongClock,
} from '../../support/alert-days.ts';
import { NOON_MS } from '../../support/builders.ts';

const many = lived([0, [wrongClock, silent, full, near, over]]).alerts;

test('a sign shows the worst first, and how many more there are', () => {
  const shown = shownAlerts(many.toReversed(), 2);
  expect(shown.alerts.map(({ type }) => type)).toEqual(['over-capacity', 'full']);
  expect(shown.more).toBe(2);
  expect(shownAlerts(many, 9)).toMatchObject({ alerts: { length: 4 }, more: 0 });
});

test('a sign shows what is unanswered before what is answered, and never before what is worse', () => {
  const order = (alerts: readonly AlertState[]) => shownAlerts(alerts, 9).alerts.map(({ type }) => type);
  const unlessFull = ['over-capacity', 'sensor-silent', 'full', 'sensor-clock'];
  expect(order(answered(many, full))).toEqual(unlessFull);
  expect(order(answered(many, full).toReversed())).toEqual(unlessFull);
  expect(order(answered(many, over))).toEqual(['over-capacity', 'full', 'sensor-silent', 'sensor-clock']);
});

test('a sign shows two alike in the order of their sources', () => {
  const other = { ...silent, source: 'P-2' };
  expect(lived([0, [silent, other]]).alerts.map(({ source }) => source)).toEqual(['P-2', 'p-1']);
});

test('a sign is told where, since when and who answered', () => {
  const { alerts } = shownAlerts(answered(lived([0, [silent]]).alerts, silent, 5_000), 9);
  expect(alerts).toEqual([
    {
      type: 'sensor-silent',
      severity: 'warn',
      door: 'street',
      active: true,
      sinceMs: NOON_MS,
      acknowledgedBy: 'Mara',
    },
  ]);
});

test('a sign shows what clears as active, what is over and unanswered as over, and nothing that is not raised', () => {
  const shown = (...day: readonly Happens[]) => shownAlerts(lived(...day).alerts, 9).alerts;
  expect(shown([0, [near]])).toEqual([]);
  expect(shown([0, [over]], [1_000, []])).toMatchObject([{ active: true }]);
  expect(shown([0, [over]], [1_000, []], [11_000, []])).toMatchObject([{ active: false }]);
});

test('a sign never shows two capacity alerts of one source as active', () => {
  const active = (...day: readonly Happens[]) =>
    shownAlerts(lived(...day).alerts, 9).alerts.map(({ type, active }) => [type, active]);
  expect(active([0, [full]], [1_000, [over]])).toEqual([['over-capacity', true]]);
  expect(active([0, [over]], [1_000, [full]])).toEqual([
    ['over-capacity', false],
    ['full', true],
  ]);
  const answeredOver = answered(lived([0, [over]]).alerts, over);
  const fallen = alertsAfter(answeredOver, [full], NOON_MS + 1_000).alerts;
  expect(shownAlerts(fallen, 9)).toMatchObject({ alerts: [{ type: 'full' }], more: 0 });
});
