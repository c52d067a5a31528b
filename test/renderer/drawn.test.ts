import { expect, test } from 'vitest';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import { UNKNOWN_AFTER_MS } from '../../cloud/domain/freshness.ts';
import { drawnOf as drawnAs, type Shown } from '../../renderer/sign/view/drawn.ts';
import type { MessageStand } from '../../renderer/sign/view/messages-now.ts';
import { timeLeft } from '../../renderer/sign/view/time-left.ts';
import { aMessage, saying } from '../browser/message-states.ts';
import { anAlert, aSnapshot, following, remembered, SIGN_ID } from '../support/glass-states.ts';

const MANAGER: Shown = { board: 'manager', asleep: false, tiles: [] };
const drawnOf = (state: FeedState, elapsedMs: number, shown = MANAGER) => drawnAs(state, elapsedMs, shown);

test('a glass says which count it shows, how fresh it is, and how long it may stay without news', () => {
  const drawn = drawnOf(following(aSnapshot({ ageMs: 2_000 })), 3_000);
  expect(drawn).toEqual({
    kind: 'store',
    storeGroupId: 'city',
    storeId: 'calle-mayor',
    epoch: 1,
    revision: 812,
    freshness: 'live',
    leaseMs: UNKNOWN_AFTER_MS - 5_000,
    identify: false,
    board: 'manager',
    asleep: false,
    alerts: [],
    messages: [],
  });
});

test('a count that may stay longer than a quarter of an hour has that lease', () => {
  const snapshot = aSnapshot({ ageMs: 0 });
  const slow = { ...snapshot, proof: { ...snapshot.proof, liveForMs: 2 * UNKNOWN_AFTER_MS } };
  expect(drawnOf(following(slow), 0).leaseMs).toBe(2 * UNKNOWN_AFTER_MS);
});

test('what the glass itself shows as unknown has no lease', () => {
  const old = drawnOf(following(aSnapshot({ ageMs: UNKNOWN_AFTER_MS })), 1_000);
  expect(old).toMatchObject({ kind: 'store', freshness: 'unknown', leaseMs: 0 });
  const before = drawnOf(remembered(60_000, aSnapshot()), 0);
  expect(before).toMatchObject({
    kind: 'remembered',
    storeId: 'calle-mayor',
    freshness: 'unknown',
    leaseMs: 0,
  });
});

test('a board without a count says what kind it is, and whether it shows the sign’s name', () => {
  const none = { storeId: null, epoch: null, revision: null, freshness: null, leaseMs: 0 };
  expect(drawnOf({ kind: 'starting', problem: null }, 0)).toEqual({
    ...none,
    kind: 'starting',
    storeGroupId: null,
    identify: false,
  });
  expect(drawnOf({ kind: 'unassigned', signId: SIGN_ID, link: 'up', identify: true }, 0)).toMatchObject({
    ...none,
    kind: 'unassigned',
    identify: true,
  });
  expect(drawnOf(following(), 0)).toMatchObject({ ...none, kind: 'store', storeGroupId: 'city' });
});

test('time left is told in minutes and seconds, and the last second is still one', () => {
  expect([600_000, 461_001, 7_000, 1, 0, -5].map(timeLeft)).toEqual([
    '10:00',
    '7:42',
    '0:07',
    '0:01',
    '0:00',
    '0:00',
  ]);
});

test('a board for customers gives way as soon as the count is no longer live', () => {
  const asDoor: Shown = { ...MANAGER, board: 'door' };
  const state = following(aSnapshot({ ageMs: 2_000 }));
  expect(drawnOf(state, 3_000, asDoor)).toMatchObject({
    board: 'door',
    storeId: 'calle-mayor',
    leaseMs: 85_000,
  });
  expect(drawnOf(state, 89_000, asDoor)).toMatchObject({ freshness: 'stale', leaseMs: 0, alerts: [] });
});

test('a wall has no store that stands largest, and is as fresh as the freshest of its tiles', () => {
  const asWall: Shown = { ...MANAGER, board: 'wall' };
  const stores = [aSnapshot({ ageMs: 200_000 }), aSnapshot({ ageMs: 1_000 }), aSnapshot({ ageMs: null })];
  expect(drawnOf(following(...stores), 0, asWall)).toMatchObject({
    board: 'wall',
    storeId: null,
    revision: null,
    freshness: 'live',
    leaseMs: UNKNOWN_AFTER_MS - 1_000,
  });
});

test('a glass that is black says so, and shows no alert', () => {
  const over = anAlert({ type: 'over-capacity' });
  const state = following(aSnapshot({ count: 64, content: { alerts: [over] } }));
  expect(drawnOf(state, 0).alerts).toEqual([`calle-mayor over-capacity store ${over.sinceMs}`]);
  expect(drawnOf(state, 0, { ...MANAGER, asleep: true })).toMatchObject({ asleep: true, alerts: [] });
});

const standing = (form: MessageStand['form'], message = aMessage()): MessageStand => ({
  message,
  form,
  more: 1,
});

test('a glass names the message that stands on it, and none while it is black or shows its own name', () => {
  const state = saying(following(aSnapshot()), aMessage(), aMessage({ messageId: 'm-2' }));
  const shown: Shown = { ...MANAGER, message: standing('strip') };
  expect(drawnOf(state, 0, shown).messages, 'not the one that waits behind it').toEqual(['m-1']);
  expect(drawnOf(state, 0, { ...shown, asleep: true }).messages).toEqual([]);
  expect(drawnOf({ ...state, identify: true }, 0, shown).messages).toEqual([]);
  expect(drawnOf(saying(following(), aMessage()), 0, shown).messages, 'without a store').toEqual(['m-1']);
});

test('under a message that takes the whole glass the only alert is that a store is over its limit', () => {
  const over = anAlert({ type: 'over-capacity', severity: 'alarm' });
  const silent = anAlert({ type: 'sensor-clock', door: 'door-1' });
  const snapshot = aSnapshot({ count: 64, content: { alerts: [over, silent] } });
  const alertsUnder = (form: MessageStand['form']) =>
    drawnOf(following(snapshot), 0, { ...MANAGER, message: standing(form) }).alerts;
  expect(alertsUnder('full')).toEqual([expect.stringMatching(/^calle-mayor over-capacity /)]);
  expect(alertsUnder('band')).toHaveLength(2);
});

test('a board for customers shows no alert of the staff, with and without a message', () => {
  const alerts = [
    anAlert({ type: 'over-capacity', severity: 'alarm' }),
    anAlert({ type: 'sensor-clock', door: 'door-1' }),
  ];
  const state = following(aSnapshot({ count: 64, content: { alerts } }));
  for (const message of [null, standing('full'), standing('strip')]) {
    expect(drawnOf(state, 0, { board: 'door', asleep: false, tiles: [], message }).alerts).toEqual([]);
  }
});
