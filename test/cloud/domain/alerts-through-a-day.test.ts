import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alertTypeSchema } from '../../../cloud/contracts/alert.ts';
import type { AlertCondition } from '../../../cloud/domain/alert-conditions.ts';
import {
  ALERT_RULES,
  type AlertHappening,
  type AlertsAfter,
  acknowledged,
  alertsAfter,
  alertsDueAtMs,
} from '../../../cloud/domain/alerts.ts';
import type { AlertState } from '../../../cloud/domain/store-state.ts';
import { NOON_MS } from '../../support/builders.ts';

const MINUTE_MS = 60_000;
/** All delays are multiples of it, so that who looks each time misses none. */
const TICK_MS = 5_000;

const CONDITIONS: readonly AlertCondition[] = alertTypeSchema.options.flatMap((type) =>
  ['store', 'cafe'].map((source): AlertCondition => ({ type, source, severity: 'warn', place: {} })),
);

const keyOf = ({ type, source }: Pick<AlertState, 'type' | 'source'>): string => `${type} ${source}`;

/** From a moment on something else is true; somebody may answer one of the alerts that there are then. */
type Change = {
  readonly atMs: number;
  readonly conditions: readonly AlertCondition[];
  readonly answers: number | null;
};
type Day = { readonly changes: readonly Change[]; readonly endsAtMs: number };

const anyDay: fc.Arbitrary<Day> = fc
  .array(
    fc.record({
      ticks: fc.constantFrom(1, 1, 2, 3, 6, 7, 12, 60, 61, 360, 720),
      conditions: fc.subarray([...CONDITIONS], { maxLength: 5 }),
      answers: fc.option(fc.nat(5)),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((steps) => {
    let nowMs = NOON_MS;
    const changes = steps.map(({ ticks, conditions, answers }) => {
      const change = { atMs: nowMs, conditions, answers };
      nowMs += ticks * TICK_MS;
      return change;
    });
    return { changes, endsAtMs: nowMs };
  });

/** Lives through a day. `nextLookMs`: when it is looked at again, if nothing happens before. */
function lived(
  { changes, endsAtMs }: Day,
  nextLookMs: (alerts: readonly AlertState[], nowMs: number) => number,
) {
  let alerts: readonly AlertState[] = [];
  const happenings: AlertHappening[] = [];
  const looks: (readonly AlertState[])[] = [];
  const take = (after: AlertsAfter | undefined) => {
    if (after === undefined) return;
    alerts = after.alerts;
    happenings.push(...after.happenings);
    looks.push(alerts);
  };
  changes.forEach(({ atMs, conditions, answers }, index) => {
    const untilMs = changes[index + 1]?.atMs ?? endsAtMs;
    take(alertsAfter(alerts, conditions, atMs));
    const chosen = answers === null ? undefined : alerts[answers];
    if (chosen !== undefined) take(acknowledged(alerts, { ...chosen, by: 'Mara' }, atMs));
    for (let nowMs = nextLookMs(alerts, atMs); nowMs < untilMs; nowMs = nextLookMs(alerts, nowMs)) {
      take(alertsAfter(alerts, conditions, nowMs));
    }
  });
  return { alerts, happenings, looks };
}

const atDueTimes = (alerts: readonly AlertState[]): number => alertsDueAtMs(alerts) ?? Infinity;
const atEachTick = (_: readonly AlertState[], nowMs: number): number => nowMs + TICK_MS;

/** Whether it was so all the time from one moment to another, that one included. */
function wasAllTheTime(day: Day, key: string, isTrue: boolean, fromMs: number, untilMs: number): boolean {
  const spans = day.changes.map(({ atMs, conditions }, index) => ({
    fromMs: atMs,
    untilMs: day.changes[index + 1]?.atMs ?? day.endsAtMs,
    isTrue: conditions.some((condition) => keyOf(condition) === key),
  }));
  const within = spans.filter((span) => span.fromMs <= untilMs && span.untilMs > fromMs);
  return fromMs >= NOON_MS && within.every((span) => span.isTrue === isTrue);
}

test('who looks only when something is due sees the same as who looks all the time', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const seldom = lived(day, atDueTimes);
      const often = lived(day, atEachTick);
      expect(seldom.happenings).toEqual(often.happenings);
      expect(seldom.alerts).toEqual(often.alerts);
    }),
  );
});

test('there is one alert a type and source, and what is due lies ahead', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      for (const alerts of lived(day, atDueTimes).looks) {
        expect(new Set(alerts.map(keyOf)).size).toBe(alerts.length);
      }
      lived(day, (alerts, nowMs) => {
        expect(atDueTimes(alerts)).toBeGreaterThan(nowMs);
        return atDueTimes(alerts);
      });
    }),
  );
});

test('a second look at the same moment changes nothing', () => {
  fc.assert(
    fc.property(anyDay, fc.nat(3_600_000), fc.subarray([...CONDITIONS]), (day, laterMs, conditions) => {
      const first = alertsAfter(lived(day, atDueTimes).alerts, conditions, day.endsAtMs + laterMs);
      const second = alertsAfter(first.alerts, [...conditions].reverse(), day.endsAtMs + laterMs);
      expect(second.alerts).toBe(first.alerts);
      expect(second.happenings).toEqual([]);
    }),
  );
});

test('nothing is raised or cleared before it was so for its whole delay', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      for (const { type, source, event, atMs } of lived(day, atDueTimes).happenings) {
        const { onDelayMs, offDelayMs } = ALERT_RULES[type];
        const key = keyOf({ type, source });
        if (event === 'raised') expect(wasAllTheTime(day, key, true, atMs - onDelayMs, atMs)).toBe(true);
        if (event === 'cleared') expect(wasAllTheTime(day, key, false, atMs - offDelayMs, atMs)).toBe(true);
      }
    }),
  );
});

test('the record of an alert tells each of its changes once', () => {
  /** What may be told next, after what was told last. An answer to what is cleared ends it. */
  const next: Readonly<Record<string, readonly string[]>> = {
    nothing: ['raised'],
    raised: ['acknowledged', 'cleared'],
    're-raised': ['acknowledged', 'cleared'],
    acknowledged: ['re-raised', 'cleared', 'raised'],
    cleared: ['re-raised', 'acknowledged', 'raised'],
  };
  fc.assert(
    fc.property(anyDay, (day) => {
      const last = new Map<string, string>();
      for (const happening of lived(day, atDueTimes).happenings) {
        const key = keyOf(happening);
        expect(next[last.get(key) ?? 'nothing']).toContain(happening.event);
        last.set(key, happening.event);
      }
    }),
  );
});

test('in the end what is active is what is true, and a day later nothing else is left', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const last = day.changes.at(-1)?.conditions ?? [];
      const rest = (endsAtMs: number) => lived({ ...day, endsAtMs }, atDueTimes).alerts;
      const settled = rest(day.endsAtMs + 10 * MINUTE_MS);
      const active = settled.filter(({ phase }) => phase !== 'cleared');
      expect(active.every(({ phase }) => phase === 'active')).toBe(true);
      expect(active.map(keyOf).sort()).toEqual(last.map(keyOf).sort());
      expect(
        rest(day.endsAtMs + 25 * 60 * MINUTE_MS)
          .map(keyOf)
          .sort(),
      ).toEqual(last.map(keyOf).sort());
    }),
  );
});
