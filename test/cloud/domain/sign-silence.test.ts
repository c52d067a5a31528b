import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SignCause, type SignState, signCauseSchema } from '../../../cloud/contracts/fleet.ts';
import type { Heartbeat } from '../../../cloud/contracts/sign-report.ts';
import {
  NEARBY_HEARD_WITHIN_MS,
  NEARBY_MISSED_AFTER_MS,
  silenceCauseOf,
} from '../../../cloud/domain/sign-silence.ts';
import {
  HEARD_WITHIN_MS,
  HEARD_WITHOUT_CONNECTION_WITHIN_MS,
  type KnownOfSign,
  signStateOf,
} from '../../../cloud/domain/sign-state.ts';
import { NOON_MS } from '../../support/builders.ts';

const LEASE_MS = 300_000;
const aReport = (difference: Partial<Heartbeat['painted']> = {}): Heartbeat => ({
  about: { app: '1.0.0', platform: 'linux', screen: null },
  painted: {
    kind: 'store',
    storeGroupId: 'demo',
    storeId: 'calle-mayor',
    epoch: 1,
    revision: 7,
    freshness: 'live',
    ageMs: 300,
    leaseMs: LEASE_MS,
    ...difference,
  },
  transport: 'web-sockets',
  upForMs: 1_000,
});

/** It reported at noon, and its machine was found not to answer 40 s later. */
const FELL_SILENT_MS = NOON_MS + 40_000;
const aSilentSign = (difference: Partial<KnownOfSign> = {}): KnownOfSign => ({
  report: aReport(),
  heardAtMs: NOON_MS,
  storeGroupId: 'demo',
  connections: 0,
  lastEnd: { atMs: FELL_SILENT_MS, how: 'silent' },
  revokedAtMs: null,
  stateBefore: 'fresh',
  stateSinceBeforeMs: NOON_MS - 600_000,
  ...difference,
});

describe('of a sign that does not answer', () => {
  const at = (heardNearbyAtMs: number | null | undefined, afterMs: number) =>
    signStateOf(aSilentSign({ heardNearbyAtMs }), FELL_SILENT_MS + afterMs);

  test('it is the PC, or its own cable, where others of its store were heard since', () => {
    const unplugged = at(FELL_SILENT_MS + 1, 20_000);
    expect(unplugged).toMatchObject({ state: 'still', cause: 'unplugged', untilMs: NOON_MS + LEASE_MS });
    expect(unplugged.why).toBe(
      'Its PC has no power, stands still, or its own cable is out: others of its store are still heard. ' +
        'By its last report its figure may still stand.',
    );
    expect(at(FELL_SILENT_MS + 1, LEASE_MS)).toMatchObject({ state: 'dark', cause: 'unplugged' });
  });

  test('it is the store that is cut off where others were heard until then and not since', () => {
    expect(at(FELL_SILENT_MS - 40_000, NEARBY_MISSED_AFTER_MS - 1)).toMatchObject({ cause: 'silent' });
    const cut = at(FELL_SILENT_MS - 40_000, NEARBY_MISSED_AFTER_MS);
    expect(cut).toMatchObject({ state: 'still', cause: 'network' });
    expect(cut.why).toMatch(/^Its store is cut off: nothing else of it is heard either/);
    expect(at(FELL_SILENT_MS - 40_000, LEASE_MS)).toMatchObject({ state: 'dark', cause: 'network' });
  });

  test.for([
    ['there is nothing else', null],
    ['nobody looked', undefined],
    ['the others were silent long before', FELL_SILENT_MS - NEARBY_HEARD_WITHIN_MS],
  ] as const)('nobody can say what it is where %s', ([, heardNearbyAtMs]) => {
    const silent = at(heardNearbyAtMs, NEARBY_MISSED_AFTER_MS);
    expect(silent).toMatchObject({ state: 'still', cause: 'silent' });
    expect(silent.why).toMatch(
      /^It does not answer: its network is cut, its power is gone or it stands still\./,
    );
  });

  test('that nobody tells of its connections, what is heard counts from when its report is missed', () => {
    const untold = (heardNearbyAtMs: number, connections = 0) =>
      signStateOf(
        aSilentSign({ lastEnd: undefined, connections, heardNearbyAtMs }),
        NOON_MS + HEARD_WITHIN_MS + 1_000,
      ).cause;
    expect(untold(NOON_MS + HEARD_WITHIN_MS + 1)).toBe('unplugged');
    expect(untold(NOON_MS + HEARD_WITHIN_MS)).toBe('silent');
    expect(untold(NOON_MS + HEARD_WITHIN_MS + 1, 1)).toBe('silent');
  });
});

test('nothing is concluded from silence before a sign had its time to come back to a cloud that was away', () => {
  const cloudRunsSinceMs = NOON_MS + 200_000;
  const at = (afterMs: number, difference: Partial<KnownOfSign> = {}) =>
    signStateOf(
      aSilentSign({ cloudRunsSinceMs, heardNearbyAtMs: cloudRunsSinceMs + 1, ...difference }),
      cloudRunsSinceMs + afterMs,
    );
  for (const afterMs of [1_000, HEARD_WITHIN_MS - 1]) expect(at(afterMs)).toMatchObject({ cause: 'silent' });
  expect(at(1_000).why).toMatch(/^Nothing is heard of it since the cloud was away\./);
  expect(at(HEARD_WITHIN_MS)).toMatchObject({ cause: 'unplugged' });
  // One that was back, and fell silent again, has had it.
  const back = { heardAtMs: cloudRunsSinceMs, lastEnd: { atMs: cloudRunsSinceMs, how: 'silent' } } as const;
  expect(at(HEARD_WITHOUT_CONNECTION_WITHIN_MS, back)).toMatchObject({ cause: 'unplugged' });
});

test('nothing is concluded from silence before a sign had its time to come back to a cloud that sent it away', () => {
  const lastEnd = { atMs: NOON_MS + 50_000, how: null };
  const at = (afterMs: number) =>
    signStateOf(aSilentSign({ lastEnd, heardNearbyAtMs: lastEnd.atMs + 1 }), lastEnd.atMs + afterMs);
  for (const afterMs of [1, HEARD_WITHIN_MS - 1])
    expect(at(afterMs)).toMatchObject({ state: 'still', cause: 'silent' });
  expect(at(HEARD_WITHIN_MS)).toMatchObject({ state: 'still', cause: 'unplugged' });
});

test.for([
  ['closed its connection', { lastEnd: { atMs: FELL_SILENT_MS, how: 'closed' } }, 'dark', 'program-ended'],
  ['answers below its page', { lastEnd: { atMs: FELL_SILENT_MS, how: 'frozen' } }, 'stale', 'page-frozen'],
  ['was revoked', { revokedAtMs: NOON_MS + 1 }, 'still', 'revoked'],
] as const)('what is heard nearby says nothing of a sign that %s', ([, difference, state, cause]) => {
  const known = aSilentSign({ ...difference, heardNearbyAtMs: FELL_SILENT_MS + 1 });
  const atMs = FELL_SILENT_MS + HEARD_WITHOUT_CONNECTION_WITHIN_MS;
  expect(signStateOf(known, atMs)).toMatchObject({ state, cause });
});

/** Which causes a state can have. */
const CAUSES: Readonly<Record<SignState, readonly SignCause[]>> = {
  fresh: ['none'],
  stale: ['old-figure', 'no-figure', 'starting', 'other-place', 'page-frozen'],
  still: ['unplugged', 'network', 'silent', 'revoked'],
  dark: ['unplugged', 'network', 'silent', 'revoked', 'program-ended', 'page-frozen'],
  unknown: ['starting', 'other-place', 'no-place'],
};

const anyKnown = fc
  .record({
    painted: fc.option(
      fc.record({
        kind: fc.constantFrom('starting', 'remembered', 'unassigned', 'store'),
        storeGroupId: fc.constantFrom('demo', 'north', null),
        freshness: fc.constantFrom('live', 'ageing', 'stale', 'unknown', null),
        ageMs: fc.constantFrom(300, 20_000),
        leaseMs: fc.nat(400_000),
      }),
    ),
    storeGroupId: fc.constantFrom('demo', null),
    connections: fc.nat(1),
    lastEnd: fc.option(
      fc.record({
        atMs: fc.integer({ min: NOON_MS - 60_000, max: NOON_MS + 60_000 }),
        how: fc.constantFrom('closed', 'silent', 'frozen', null),
      }),
      { nil: undefined },
    ),
    revokedAtMs: fc.option(fc.constant(NOON_MS), { freq: 8 }),
    heardNearbyAtMs: fc.option(fc.integer({ min: NOON_MS - 300_000, max: NOON_MS + 600_000 })),
    isHeard: fc.boolean(),
  })
  .map(({ painted, isHeard, ...known }): KnownOfSign => {
    const report = { ...aReport(), painted: painted && { ...aReport().painted, ...painted } };
    return {
      ...known,
      ...(isHeard ? { report: report as Heartbeat, heardAtMs: NOON_MS } : { report: null, heardAtMs: null }),
      stateBefore: 'unknown',
      stateSinceBeforeMs: NOON_MS - 60_000,
    };
  });

test('a sign has one cause, one that its state can have, and its words are of that cause alone', () => {
  const causeOfWords = new Map<string, SignCause>();
  fc.assert(
    fc.property(anyKnown, fc.nat(900_000), (known, afterMs) => {
      const { state, cause, why } = signStateOf(known, NOON_MS + afterMs);
      expect(signCauseSchema.parse(cause)).toBe(cause);
      expect(CAUSES[state]).toContain(cause);
      expect(causeOfWords.get(why) ?? cause).toBe(cause);
      causeOfWords.set(why, cause);
    }),
    { numRuns: 2_000 },
  );
});

test('a sign of which nothing is heard only goes on: from what it showed to offline or standing still, and to dark', () => {
  const order = (state: SignState) => (state === 'dark' ? 2 : state === 'still' ? 1 : 0);
  fc.assert(
    fc.property(anyKnown, fc.nat(900_000), fc.nat(900_000), (known, one, other) => {
      fc.pre(known.revokedAtMs === null);
      const [sooner, later] = [Math.min(one, other), Math.max(one, other)].map(
        (afterMs) => signStateOf(known, NOON_MS + afterMs).state,
      );
      expect(order(later ?? 'fresh')).toBeGreaterThanOrEqual(order(sooner ?? 'dark'));
    }),
    { numRuns: 2_000 },
  );
});

test('what is known of a silence is not forgotten while nothing new is heard', () => {
  const anyAfter = fc.nat(900_000);
  const anyNearby = fc.option(fc.integer({ min: NOON_MS - 300_000, max: NOON_MS }));
  fc.assert(
    fc.property(anyNearby, anyAfter, anyAfter, (heardNearbyAtMs, one, other) => {
      const sooner = silenceCauseOf(NOON_MS, heardNearbyAtMs, NOON_MS + Math.min(one, other));
      const later = silenceCauseOf(NOON_MS, heardNearbyAtMs, NOON_MS + Math.max(one, other));
      if (sooner !== 'silent') expect(later).toBe(sooner);
      expect(later).not.toBe('unplugged');
    }),
  );
});
