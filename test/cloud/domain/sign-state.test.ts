import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Heartbeat, Painted } from '../../../cloud/contracts/sign-report.ts';
import {
  FROZEN_AFTER_MS,
  HEARD_WITHIN_MS,
  HEARD_WITHOUT_CONNECTION_WITHIN_MS,
  isConfirmed,
  type KnownOfSign,
  MOVED_WITHIN_MS,
  signStateOf,
} from '../../../cloud/domain/sign-state.ts';
import { NOON_MS } from '../../support/builders.ts';

const aPicture = (difference: Partial<Painted> = {}): Painted => ({
  kind: 'store',
  storeGroupId: 'demo',
  storeId: 'calle-mayor',
  epoch: 1,
  revision: 7,
  freshness: 'live',
  ageMs: 300,
  leaseMs: 60_000,
  ...difference,
});

const aReport = (painted: Painted | null = aPicture()): Heartbeat => ({
  about: { app: '1.0.0', platform: 'linux', screen: null },
  painted,
  transport: 'web-sockets',
  upForMs: 1_000,
});

/** A sign of the group `demo` that reported at noon, and was fresh since ten minutes before. */
const aSign = (difference: Partial<KnownOfSign> = {}): KnownOfSign => ({
  report: aReport(),
  heardAtMs: NOON_MS,
  storeGroupId: 'demo',
  connections: 1,
  revokedAtMs: null,
  stateBefore: 'fresh',
  stateSinceBeforeMs: NOON_MS - 600_000,
  ...difference,
});

const painted = (difference: Partial<Painted>, known: Partial<KnownOfSign> = {}) =>
  aSign({ report: aReport(aPicture(difference)), ...known });

test('a sign that reports and shows its store as it is now is fresh', () => {
  expect(signStateOf(aSign(), NOON_MS + 60_000)).toEqual({
    state: 'fresh',
    sinceMs: NOON_MS - 600_000,
    untilMs: NOON_MS + HEARD_WITHIN_MS,
    cause: 'none',
    why: 'It shows what is true.',
  });
});

test('a sign that was not heard for 150 s is dark once its last figure has run out', () => {
  expect(signStateOf(aSign(), NOON_MS + HEARD_WITHIN_MS - 1).state).toBe('fresh');
  expect(signStateOf(aSign(), NOON_MS + HEARD_WITHIN_MS)).toMatchObject({
    state: 'dark',
    sinceMs: NOON_MS + HEARD_WITHIN_MS,
    untilMs: null,
  });
});

test('a sign whose connection is closed is missed sooner', () => {
  const closed = aSign({ connections: 0, lastEnd: { atMs: NOON_MS + 10_000, how: null } });
  expect(signStateOf(closed, NOON_MS + HEARD_WITHOUT_CONNECTION_WITHIN_MS - 1).state).toBe('fresh');
  expect(signStateOf(closed, NOON_MS + HEARD_WITHOUT_CONNECTION_WITHIN_MS)).toMatchObject({
    state: 'still',
    sinceMs: NOON_MS + HEARD_WITHOUT_CONNECTION_WITHIN_MS,
    untilMs: NOON_MS + 60_000,
  });
  expect(signStateOf(closed, NOON_MS + 60_000)).toMatchObject({ state: 'dark', sinceMs: NOON_MS + 60_000 });
});

test('a sign whose system closed its connection, and that did not come back, is dark: its program ended', () => {
  const ended = aSign({ connections: 0, lastEnd: { atMs: NOON_MS + 10_000, how: 'closed' } });
  expect(signStateOf(ended, NOON_MS + HEARD_WITHOUT_CONNECTION_WITHIN_MS - 1).state).toBe('fresh');
  expect(signStateOf(ended, NOON_MS + HEARD_WITHOUT_CONNECTION_WITHIN_MS)).toMatchObject({
    state: 'dark',
    sinceMs: NOON_MS + HEARD_WITHOUT_CONNECTION_WITHIN_MS,
    why: 'Its program ended or its PC was switched off.',
  });
  expect(signStateOf({ ...ended, connections: 1 }, NOON_MS + 60_000).state).toBe('fresh');
});

test('a sign whose machine answers and whose page does not is stale: it stands still', () => {
  const frozen = aSign({ connections: 0, lastEnd: { atMs: NOON_MS + 30_000, how: 'frozen' } });
  expect(signStateOf(frozen, NOON_MS + HEARD_WITHOUT_CONNECTION_WITHIN_MS)).toEqual({
    state: 'stale',
    sinceMs: NOON_MS + HEARD_WITHOUT_CONNECTION_WITHIN_MS,
    untilMs: NOON_MS + 60_000,
    cause: 'page-frozen',
    why: 'Its page stands still: what is on the glass is not renewed.',
  });
  expect(signStateOf(frozen, NOON_MS + 60_000)).toMatchObject({ state: 'dark', cause: 'page-frozen' });
});

test('a sign is not missed for want of a connection where nobody tells of any, or its report came after the end of the last', () => {
  const untold = aSign({ connections: 0 });
  const before = aSign({ connections: 0, lastEnd: { atMs: NOON_MS - 1, how: 'closed' } });
  expect(signStateOf(untold, NOON_MS + 60_000).state).toBe('fresh');
  expect(signStateOf(before, NOON_MS + 60_000).state).toBe('fresh');
});

test('a sign that fell silent with its connection open may still show its figure', () => {
  const silent = aSign({ connections: 0, lastEnd: { atMs: NOON_MS + 30_000, how: 'silent' } });
  expect(signStateOf(silent, NOON_MS + HEARD_WITHOUT_CONNECTION_WITHIN_MS)).toMatchObject({
    state: 'still',
    cause: 'silent',
    why: 'It does not answer: its network is cut, its power is gone or it stands still. By its last report its figure may still stand.',
  });
});

test('a sign that said itself that it has no connection is not missed for having none', () => {
  const alone = aSign({ connections: 0, report: { ...aReport(), transport: 'none' } });
  expect(signStateOf(alone, NOON_MS + 60_000).state).toBe('fresh');
});

test.for([
  ['a stale figure', { freshness: 'stale' }],
  ['a figure of which it does not know the age', { freshness: null }],
  ['that it does not know', { freshness: 'unknown' }],
  ['what it remembers', { kind: 'remembered' }],
  ['that it starts', { kind: 'starting', storeGroupId: null }],
  ['its pairing code, though it has a place', { kind: 'unassigned', storeGroupId: null }],
  ['another group than its own', { storeGroupId: 'north' }],
  ['a page that stands still', { ageMs: FROZEN_AFTER_MS + 1 }],
] as const)('a sign that shows %s is stale since it said so', ([, difference]) => {
  expect(signStateOf(painted(difference), NOON_MS + 1_000)).toMatchObject({
    state: 'stale',
    sinceMs: NOON_MS,
  });
});

test('a page that stands still is dark when its figure has run out', () => {
  const frozen = painted({ ageMs: FROZEN_AFTER_MS + 1, leaseMs: 20_000 });
  expect(signStateOf(frozen, NOON_MS)).toMatchObject({ state: 'stale', untilMs: NOON_MS + 20_000 });
  expect(signStateOf(frozen, NOON_MS + 20_000)).toMatchObject({
    state: 'dark',
    sinceMs: NOON_MS + 20_000,
    untilMs: null,
    why: 'Its page stands still, and its last figure may not stand any longer.',
  });
});

test.for([
  ['it never reported', { report: null, heardAtMs: null }],
  ['it has painted nothing yet', { report: aReport(null) }],
  [
    'it waits for a place',
    {
      storeGroupId: null,
      report: aReport(aPicture({ kind: 'unassigned', storeGroupId: null, freshness: null })),
    },
  ],
] as const)('of a sign it is unknown what it shows while %s', ([, known]) => {
  expect(signStateOf(aSign(known), NOON_MS + 1_000).state).toBe('unknown');
});

test('a sign that was given a place has ten seconds to show it', () => {
  const moved = painted(
    { storeGroupId: 'north' },
    { stateBefore: 'unknown', stateSinceBeforeMs: NOON_MS + 30_000 },
  );
  const untilMs = NOON_MS + 30_000 + MOVED_WITHIN_MS;
  expect(signStateOf(moved, untilMs - 1)).toMatchObject({ state: 'unknown', untilMs });
  expect(signStateOf(moved, untilMs)).toMatchObject({ state: 'stale', sinceMs: untilMs });
});

test('a revoked sign is dark once its last figure has run out', () => {
  const revoked = aSign({ revokedAtMs: NOON_MS + 10_000, storeGroupId: null });
  expect(signStateOf(revoked, NOON_MS + 20_000)).toMatchObject({ state: 'still', sinceMs: NOON_MS + 10_000 });
  expect(signStateOf(revoked, NOON_MS + 60_000)).toMatchObject({ state: 'dark', untilMs: null });
});

test('a place is confirmed by what the glass says and by nothing else', () => {
  expect(isConfirmed(aSign())).toBe(true);
  expect(isConfirmed(aSign({ storeGroupId: 'north' }))).toBe(false);
  expect(isConfirmed(aSign({ report: aReport(null), storeGroupId: null }))).toBe(false);
});

const anyGroup = fc.constantFrom('demo', 'north', null);
const anyReport = fc.record({
  about: fc.constant({ app: '1.0.0', platform: 'linux', screen: null }),
  painted: fc.option(
    fc.record({
      kind: fc.constantFrom('starting', 'remembered', 'unassigned', 'store'),
      storeGroupId: anyGroup,
      storeId: fc.constant(null),
      epoch: fc.constant(null),
      revision: fc.constant(null),
      freshness: fc.constantFrom('live', 'ageing', 'stale', 'unknown', null),
      ageMs: fc.nat(40_000),
      leaseMs: fc.nat(400_000),
    }),
  ),
  transport: fc.constantFrom('web-sockets', 'none'),
  upForMs: fc.nat(),
});
const anySign = fc
  .record({
    report: fc.option(anyReport),
    storeGroupId: anyGroup,
    connections: fc.nat(2),
    lastEnd: fc.option(
      fc.record({
        atMs: fc.integer({ min: NOON_MS - 60_000, max: NOON_MS + 20_000 }),
        how: fc.constantFrom('closed', 'silent', 'frozen', null),
      }),
      { nil: undefined },
    ),
    revokedAtMs: fc.option(fc.integer({ min: NOON_MS, max: NOON_MS + 300_000 }), { freq: 8 }),
    stateBefore: fc.constantFrom('fresh', 'stale', 'still', 'dark', 'unknown'),
    stateSinceBeforeMs: fc.integer({ min: NOON_MS - 300_000, max: NOON_MS + 20_000 }),
  })
  .map((known): KnownOfSign => ({ ...known, heardAtMs: known.report === null ? null : NOON_MS }));
const anyLater = fc.nat(600_000).map((ms) => NOON_MS + 20_000 + ms);

test('a state stays until the moment that is named, and then it is another; it began in the past', () => {
  fc.assert(
    fc.property(anySign, anyLater, fc.double({ min: 0, max: 1, noNaN: true }), (known, nowMs, part) => {
      fc.pre(known.revokedAtMs === null || known.revokedAtMs <= nowMs);
      const { state, sinceMs, untilMs, why } = signStateOf(known, nowMs);
      expect(sinceMs).toBeLessThanOrEqual(nowMs);
      const lastMs = (untilMs ?? nowMs + 3_600_000) - 1;
      expect(lastMs).toBeGreaterThanOrEqual(nowMs);
      const betweenMs = nowMs + Math.floor((lastMs - nowMs) * part);
      expect(signStateOf(known, betweenMs)).toMatchObject({ state, sinceMs, untilMs });
      if (untilMs !== null) {
        const next = signStateOf(known, untilMs);
        expect(`${next.state}: ${next.why}`).not.toBe(`${state}: ${why}`);
      }
    }),
  );
});

test('no sign is fresh that did not say within 150 s that it shows its own place as it is', () => {
  fc.assert(
    fc.property(anySign, anyLater, (known, nowMs) => {
      if (signStateOf(known, nowMs).state !== 'fresh') return;
      expect(nowMs - (known.heardAtMs ?? 0)).toBeLessThan(HEARD_WITHIN_MS);
      expect(known.report?.painted).toMatchObject({ kind: 'store', storeGroupId: known.storeGroupId });
      expect(known.storeGroupId).not.toBeNull();
      expect(known.revokedAtMs).toBeNull();
    }),
  );
});
