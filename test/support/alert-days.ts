import { expect } from 'vitest';
import type { AlertCondition } from '../../cloud/domain/alert-conditions.ts';
import { type AlertsAfter, acknowledged, alertsAfter } from '../../cloud/domain/alerts.ts';
import type { AlertState } from '../../cloud/domain/store-state.ts';
import { NOON_MS } from './builders.ts';

export const aCondition = (difference: Partial<AlertCondition> = {}): AlertCondition => ({
  type: 'over-capacity',
  source: 'store',
  severity: 'alarm',
  place: {},
  ...difference,
});

export const over = aCondition();
export const full = aCondition({ type: 'full', severity: 'warn' });
export const near = aCondition({ type: 'near-capacity', severity: 'warn' });
export const silent = aCondition({
  type: 'sensor-silent',
  severity: 'warn',
  source: 'p-1',
  place: { door: 'street' },
});
export const wrongClock = aCondition({ type: 'sensor-clock', severity: 'note', source: 'p-1' });

/** What is true from a moment on, counted from noon. */
export type Happens = readonly [afterMs: number, conditions: readonly AlertCondition[]];

/** The alerts after all of it, and everything that was said of them on the way. */
export function lived(...day: readonly Happens[]): AlertsAfter {
  return day.reduce<AlertsAfter>(
    ({ alerts, happenings }, [afterMs, conditions]) => {
      const next = alertsAfter(alerts, conditions, NOON_MS + afterMs);
      return { alerts: next.alerts, happenings: [...happenings, ...next.happenings] };
    },
    { alerts: [], happenings: [] },
  );
}

export const answer = (
  alerts: readonly AlertState[],
  { type, source }: AlertCondition,
  by: string,
  afterMs: number,
) => acknowledged(alerts, { type, source, by }, NOON_MS + afterMs);

/** The alerts once one of them was answered. */
export function answered(
  alerts: readonly AlertState[],
  of: AlertCondition,
  afterMs = 0,
): readonly AlertState[] {
  const result = answer(alerts, of, 'Mara', afterMs);
  expect(result).toBeDefined();
  return result?.alerts ?? [];
}

export const said = ({ happenings }: AlertsAfter) =>
  happenings.map(({ type, event, atMs }) => [type, event, atMs - NOON_MS]);
export const phases = (alerts: readonly AlertState[]) => alerts.map(({ type, phase }) => [type, phase]);
