import { expect, test } from 'vitest';
import { type LiveState, liveColumnOf, NEW_STORE, parsedLive } from '../../../cloud/store/live-state.ts';

test('what is as in a new store takes no room in its row', () => {
  const zones = { hall: { rawCount: 7, baselineAtMs: null, silent: false } };
  expect(liveColumnOf({ ...NEW_STORE, zones })).toBe('{"zones":{"hall":{"rawCount":7}}}');
});

test('whatever is kept comes back, whatever a zone is called', () => {
  const zone = { rawCount: -3, baselineAtMs: 0, silent: true };
  const live: LiveState = {
    zones: JSON.parse(JSON.stringify({ constructor: zone, hall: { ...zone, baselineAtMs: null } })),
    silentDoors: ['street'],
    levelState: { level: 'open', next: { level: 'full', sinceMs: 0 } },
    alerts: [],
    imbalancedDoors: ['yard'],
    judgedDay: '2026-11-21',
    nextResetAtMs: 0,
    opening: { open: false, changesAtMs: null, lookedAtMs: 0 },
    hasDarkSign: true,
  };
  expect(parsedLive(liveColumnOf(live))).toEqual(live);
  expect(parsedLive(liveColumnOf(NEW_STORE))).toEqual(NEW_STORE);
});

test('a row of an older program, which left nothing out, is understood', () => {
  expect(parsedLive(JSON.stringify(NEW_STORE))).toEqual(NEW_STORE);
});
