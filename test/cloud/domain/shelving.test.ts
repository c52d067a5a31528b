import { describe, expect, test } from 'vitest';
import { alertsAfter, alertsDueAtMs, shownAlerts } from '../../../cloud/domain/alerts.ts';
import { shelved } from '../../../cloud/domain/shelving.ts';
import type { AlertState } from '../../../cloud/domain/store-state.ts';
import { answered, lived, over, phases, said, silent } from '../../support/alert-days.ts';
import { NOON_MS } from '../../support/builders.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const onShelf = (alerts: readonly AlertState[], forMs: number | null, afterMs = 0) => {
  const { type, source } = silent;
  const untilMs = forMs === null ? null : NOON_MS + afterMs + forMs;
  const after = shelved(alerts, { type, source, by: 'Ana', untilMs, why: 'cable' }, NOON_MS + afterMs);
  if (after === undefined) throw new Error('there is no such alert');
  return after;
};
const shown = (alerts: readonly AlertState[]) => shownAlerts(alerts, 3).alerts.map(({ type }) => type);
const later = (alerts: readonly AlertState[], afterMs: number, conditions = [silent]) =>
  alertsAfter(alerts, conditions, NOON_MS + afterMs);

const { alerts: raised } = lived([0, [silent]]);

test('an alert on the shelf is active and on record, and on no glass', () => {
  const { alerts, happenings } = onShelf(raised, HOUR_MS);
  expect(alerts).toMatchObject([
    {
      type: 'sensor-silent',
      phase: 'active',
      shelved: { by: 'Ana', untilMs: NOON_MS + HOUR_MS, why: 'cable' },
    },
  ]);
  expect(happenings).toEqual([
    { type: 'sensor-silent', source: 'p-1', event: 'shelved', atMs: NOON_MS, by: 'Ana' },
  ]);
  expect(shown(raised)).toEqual(['sensor-silent']);
  expect(shown(alerts)).toEqual([]);
});

test('others are shown as before, one of the same source too', () => {
  const { alerts } = lived([0, [silent, over]]);
  expect(shown(onShelf(alerts, HOUR_MS).alerts)).toEqual(['over-capacity']);
});

test('it is back by itself when its time is over, and not a moment before', () => {
  const { alerts } = onShelf(raised, HOUR_MS);
  expect(alertsDueAtMs(alerts)).toBe(NOON_MS + HOUR_MS);
  expect(later(alerts, HOUR_MS - 1)).toMatchObject({ alerts, happenings: [] });
  const back = later(alerts, HOUR_MS);
  expect(said(back)).toEqual([['sensor-silent', 'unshelved', HOUR_MS]]);
  expect(back.alerts[0]).not.toHaveProperty('shelved');
  expect(shown(back.alerts)).toEqual(['sensor-silent']);
});

test('one that was answered does not ask again on the shelf, and does when it is back', () => {
  const { alerts } = onShelf(answered(raised, silent), HOUR_MS);
  expect(said(later(alerts, 31 * MINUTE_MS))).toEqual([]);
  expect(said(later(alerts, HOUR_MS))).toEqual([
    ['sensor-silent', 'unshelved', HOUR_MS],
    ['sensor-silent', 're-raised', HOUR_MS],
  ]);
});

describe('one that comes and goes', () => {
  const clearing = later(onShelf(raised, HOUR_MS).alerts, MINUTE_MS, []).alerts;
  const cleared = later(clearing, 2 * MINUTE_MS, []);

  test('stays on the shelf, and each time is on record', () => {
    expect(said(cleared)).toEqual([['sensor-silent', 'cleared', 2 * MINUTE_MS]]);
    const again = later(cleared.alerts, 3 * MINUTE_MS);
    expect(said(again)).toEqual([['sensor-silent', 're-raised', 3 * MINUTE_MS]]);
    expect(phases(again.alerts)).toEqual([['sensor-silent', 'active']]);
    expect(shown(again.alerts)).toEqual([]);
  });

  test('is gone at the end of its time if it is over by then', () => {
    const gone = later(cleared.alerts, HOUR_MS, []);
    expect(said(gone)).toEqual([['sensor-silent', 'unshelved', HOUR_MS]]);
    expect(gone.alerts).toEqual([]);
  });

  test('stays on the shelf for longer than an unanswered one waits', () => {
    const { alerts } = onShelf(cleared.alerts, 72 * HOUR_MS, 2 * MINUTE_MS);
    expect(later(alerts, 48 * HOUR_MS, []).alerts).toHaveLength(1);
  });
});

test('it is taken back at once; what is on no shelf cannot be', () => {
  const { alerts } = onShelf(raised, HOUR_MS);
  const back = onShelf(alerts, null, MINUTE_MS);
  expect(said({ ...back, happenings: back.happenings })).toEqual([['sensor-silent', 'unshelved', MINUTE_MS]]);
  expect(shown(back.alerts)).toEqual(['sensor-silent']);
  expect(onShelf(back.alerts, null)).toEqual({ alerts: back.alerts, happenings: [] });
});

test('an alert that is not there, or not yet, has no shelf', () => {
  const meant = { type: 'near-capacity', source: 'store', by: 'Ana', untilMs: NOON_MS, why: '' } as const;
  const { alerts } = lived([0, [{ type: 'near-capacity', source: 'store', severity: 'warn', place: {} }]]);
  expect(phases(alerts)).toEqual([['near-capacity', 'pending']]);
  expect(shelved(alerts, meant, NOON_MS)).toBeUndefined();
  expect(shelved([], meant, NOON_MS)).toBeUndefined();
});

test('a clock that was ahead keeps nothing on the shelf for longer than anybody may ask for', () => {
  const { alerts } = onShelf(raised, HOUR_MS, 900 * HOUR_MS);
  const after = later(alerts, 0);
  expect(after.alerts[0]?.shelved?.untilMs).toBe(NOON_MS + 7 * 24 * HOUR_MS);
});
