import { expect, test } from 'vitest';
import type { Fleet } from '../../../cloud/contracts/fleet.ts';
import {
  type AfterPush,
  fleetAfter,
  fleetAfterReading,
  isPictureNew,
  overviewAfterProof,
  overviewAfterReading,
  overviewAfterSnapshot,
} from '../../../renderer/console/live/live-state.ts';
import { snapshotOf } from '../../browser/console/stores.ts';
import { aCommand, aSign } from './signs/known-signs.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 15, 24, 10);
const store = { id: 'antwerp', name: 'Antwerp Meir', count: 104, hard: 220, state: 'open' } as const;
const snapshot = snapshotOf(store, NOW_MS);
const overview = { nowMs: NOW_MS, stores: [{ snapshot, storeGroups: ['antwerp'] }], storeGroups: [] };
const atRevision = (revision: number, count: number) => ({
  content: { ...snapshot.content, revision, count },
  proof: snapshot.proof,
});
const countOf = (after: AfterPush) =>
  typeof after === 'string' ? after : after.stores[0]?.snapshot.content.count;

test('a newer snapshot is taken, an older one is not', () => {
  expect(countOf(overviewAfterSnapshot(overview, atRevision(8, 105)))).toBe(105);
  expect(overviewAfterSnapshot(overview, atRevision(6, 99))).toBe('as-before');
});

test('a store or a revision that is not known makes the page read again', () => {
  const other = snapshotOf({ ...store, id: 'oslo' }, NOW_MS);
  expect(overviewAfterSnapshot(overview, other)).toBe('read-again');
  const { epoch, revision } = snapshot.content;
  const proof = { ...snapshot.proof, sentAtMs: NOW_MS + 30_000 };
  expect(overviewAfterProof(overview, { storeId: 'antwerp', epoch, revision: revision + 1, proof })).toBe(
    'read-again',
  );
  expect(overviewAfterProof(overview, { storeId: 'antwerp', epoch, revision, proof })).toMatchObject({
    stores: [{ snapshot: { content: { count: 104 }, proof: { sentAtMs: NOW_MS + 30_000 } } }],
  });
});

test('a reading that began before a push does not undo it', () => {
  const pushed = { ...overview, stores: [{ snapshot: atRevision(8, 105), storeGroups: ['antwerp'] }] };
  expect(countOf(overviewAfterReading(pushed, overview))).toBe(105);
});

test('a sign that is told of is added, or takes the place of what was known of it', () => {
  const fleet = { nowMs: NOW_MS, signs: [aSign('Front')] };
  expect(namesOf(fleetAfter(fleet, { nowMs: NOW_MS, sign: named('Main') }, new Map()))).toEqual(['Main']);
  expect(fleetAfter(fleet, { nowMs: NOW_MS, sign: aSign('Back') }, new Map()).signs).toHaveLength(2);
});

test('a push that leaves out the picture of a sign keeps what is known of it, and a new one is asked for', () => {
  const fleet = { nowMs: NOW_MS, signs: [aSign('Front', { screenshotAtMs: NOW_MS - 1 })] };
  const done = aCommand({ kind: 'screenshot', status: 'done' });
  const pushed = { nowMs: NOW_MS, sign: aSign('Front', { commands: [done] }) };
  const after = fleetAfter(fleet, pushed, new Map());
  expect(after.signs[0]?.screenshotAtMs).toBe(NOW_MS - 1);
  expect(isPictureNew(fleet, pushed)).toBe(true);
  expect(isPictureNew(after, pushed)).toBe(false);
  const moved = { nowMs: NOW_MS, sign: aSign('Front', { storeGroupId: 'oslo' }) };
  expect(fleetAfter(fleet, moved, new Map()).signs[0]).not.toHaveProperty('screenshotAtMs');
});

test('a push that was overtaken by a later one changes nothing, unless the clock of the cloud was set back', () => {
  const times = new Map();
  const told = fleetAfter({ nowMs: NOW_MS, signs: [] }, { nowMs: NOW_MS + 5, sign: aSign('Front') }, times);
  expect(fleetAfter(told, { nowMs: NOW_MS, sign: named('Old') }, times)).toBe(told);
  const setBack = { nowMs: NOW_MS - 3_600_000, sign: named('New') };
  expect(namesOf(fleetAfter(told, setBack, times))).toEqual(['New']);
});

test('a reading of the signs that began before a push does not undo it', () => {
  const fleet = { nowMs: NOW_MS, signs: [named('Pushed'), aSign('Back')] };
  const read = { nowMs: NOW_MS, signs: [aSign('Front'), { ...aSign('Back'), name: 'Read' }] };
  const pushed = new Set([aSign('Front').signId]);
  expect(namesOf(fleetAfterReading({ fleet, read, pushed }, new Map()))).toEqual(['Read', 'Pushed']);
  expect(namesOf(fleetAfterReading({ fleet, read, pushed: new Set() }, new Map()))).toEqual([
    'Front',
    'Read',
  ]);
});

const named = (name: string) => ({ ...aSign('Front'), name });
const namesOf = ({ signs }: Fleet) => signs.map(({ name }) => name);
