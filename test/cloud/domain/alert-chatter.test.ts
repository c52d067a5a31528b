import { expect, test } from 'vitest';
import { reviewed } from '../../../cloud/domain/store-after.ts';
import type { StoreState } from '../../../cloud/domain/store-state.ts';
import { aDoor, aStore, aZone, NOON_MS } from '../../support/builders.ts';

const SECOND_MS = 1_000;

/** What alerts say while something happens to a store, second by second. */
function saidThrough(seconds: number, storeAt: (state: StoreState, second: number) => StoreState): string[] {
  let state = aStore();
  const said: string[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const next = reviewed(storeAt(state, second), NOON_MS + second * SECOND_MS);
    said.push(...next.happenings.map(({ type, event }) => `${type} ${event}`));
    state = next.state;
  }
  return said;
}

test('a zone at its limit, where somebody leaves and somebody comes every quarter of a minute, asks once', () => {
  const said = saidThrough(1_800, (state, second) => ({
    ...state,
    zones: [
      aZone({ id: 'cafe', limits: { soft: 10, hard: 10 }, rawCount: Math.floor(second / 15) % 2 ? 9 : 10 }),
    ],
    doors: [aDoor({ into: 'cafe', heardUntilMs: NOON_MS + second * SECOND_MS })],
  }));
  expect(said).toEqual(['full raised']);
});

test('a sensor that always speaks a few seconds too late is one alert, not one each time', () => {
  const said = saidThrough(3_600, (state, second) => ({
    ...state,
    doors: [
      aDoor({
        silent: state.doors[0]?.silent ?? false,
        heardUntilMs: NOON_MS + Math.floor(second / 97) * 97 * SECOND_MS,
      }),
    ],
  }));
  expect(said).toEqual(['sensor-silent raised']);
});
