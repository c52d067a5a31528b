import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readingPayloadSchema } from '../../../cloud/contracts/telemetry.ts';
import { plainIncrement } from '../../../cloud/sensors/plain-increment.ts';

const people = fc.oneof(
  fc.constantFrom(0, -0, 1, 100_000, 100_001, -1, 1.5, 2 ** 53, 1e21, '1', null, true),
  fc.nat(),
  fc.double(),
);
const twoDigits = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
const time = fc
  .tuple(
    fc.constantFrom('2026', '2024', '1900', '0000', '10000', '26'),
    twoDigits(13),
    twoDigits(32),
    twoDigits(25),
    twoDigits(61),
    twoDigits(61),
    fc.constantFrom('', '.1', '.123', '.123456789', '.1234567890', '.'),
    fc.constantFrom('Z', 'z', '+01:00', '-00:00', '', 'Z\n', ' Z'),
  )
  .map(([y, mo, d, h, mi, s, part, zone]) => `${y}-${mo}-${d}T${h}:${mi}:${s}${part}${zone}`);
const boot = fc.oneof(
  fc.constantFrom('b1', '', ' ', 'b 1', 'b1\n', 'é', 'x'.repeat(64), 'x'.repeat(65), 7),
  fc.string(),
);

/** Most of them nearly right, some of them right. */
const items = fc.oneof(
  fc.record(
    {
      kind: fc.constantFrom('increment', 'increment', 'cumulative', 'absolute', 'other', null),
      in: people,
      out: people,
      boot,
      sequence: people,
      at: fc.oneof(time, fc.constantFrom('2026-11-21T10:00:00Z', '2024-02-29T10:00:00.5Z', 5, null)),
      line: fc.constantFrom('north', ''),
      people,
      extra: fc.constant(1),
      ['__proto__']: fc.constant({}),
    },
    { requiredKeys: [] },
  ),
  fc.record({
    in: fc.nat(100_000),
    out: fc.nat(100_000),
    boot: fc.constant('b1'),
    sequence: fc.maxSafeNat(),
    at: time,
  }),
  fc.json().map((text) => JSON.parse(text)),
);

test('a plain increment is what the schema makes of it, and nothing passes that the schema refuses', () => {
  let understood = 0;
  fc.assert(
    fc.property(items, (item) => {
      // As it comes off the wire.
      const sent: unknown = JSON.parse(JSON.stringify(item) ?? 'null');
      const plain = plainIncrement(sent);
      if (plain === undefined) return;
      understood += 1;
      expect(readingPayloadSchema.parse(sent)).toEqual(plain);
    }),
    { numRuns: 5_000 },
  );
  expect(understood).toBeGreaterThan(100);
});

test('what most sensors send is a plain increment', () => {
  const sent = { in: 2, out: 1, boot: 'b1', sequence: 17, at: '2026-11-30T23:59:59.999Z' };
  expect(plainIncrement(sent)).toEqual({ kind: 'increment', ...sent });
});

test.for([
  [{ in: 1, sequence: 1 }, 'a sequence without a boot'],
  [{ in: 100_001 }, 'more people than can be'],
  [{ in: 1, line: 'north' }, 'a line'],
  [{ in: 1, inn: 1 }, 'a misspelt field'],
  [[], 'a list'],
] as const)('%j is left to the schema: %s', ([item]) => {
  expect(plainIncrement(item)).toBeUndefined();
});
