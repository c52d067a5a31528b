import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeVitrineJson } from '../../../cloud/sensors/vitrine-json.ts';
import { NOON_MS } from '../../support/builders.ts';

const envelope = { sensorId: 'street-1', enqueuedAtMs: NOON_MS, messageKey: 'e:0:7' };
const decode = (body: unknown) =>
  decodeVitrineJson(
    typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body)),
    envelope,
  );

test('the least that a counter can say is how many went in', () => {
  expect(decode({ in: 2 }).readings).toEqual([
    {
      kind: 'increment',
      sensorId: 'street-1',
      key: 'e:0:7',
      boot: '',
      sequence: null,
      atMs: NOON_MS,
      in: 2,
      out: 0,
    },
  ]);
});

test('boot and sequence are the key of a reading, whatever message brings it', () => {
  const [reading] = decode({ in: 1, boot: 'b7', sequence: 12 }).readings;
  expect(reading).toMatchObject({ key: 's:b7:12', boot: 'b7', sequence: 12 });
});

test('readings of one message without a sequence have keys of their own', () => {
  expect(decode([{ in: 1 }, { in: 1 }]).readings.map(({ key }) => key)).toEqual(['e:0:7#0', 'e:0:7#1']);
});

test('the id in a body is refused like any unknown field: only the hub says who sent it', () => {
  const { readings, refusals } = decode({ in: 1, sensorId: 'garage-1' });
  expect(readings).toEqual([]);
  expect(refusals[0]).toMatchObject({ reason: 'not-a-reading', detail: expect.stringContaining('sensorId') });
});

describe('a bad reading', () => {
  test.each([
    [{ in: -1 }, 'in: expected 0 or more'],
    [{ in: 1.5 }, 'in: expected a whole number'],
    [{ in: 1, at: 'noon' }, 'at: expected ISO 8601'],
    [{ kind: 'cumulative', in: 1 }, 'cumulative: expected both in and out'],
    [{ in: 1, sequence: 4 }, 'sequence: expected boot beside it'],
    [{ kind: 'cumulative', in: 1, out: 0 }, 'cumulative: expected boot and sequence'],
    [{ kind: 'cumulative', in: 1, out: 0, boot: 'b7' }, 'cumulative: expected boot and sequence'],
    [{ in: 100_001 }, 'increment: expected in and out of at most 100,000'],
    [{ out: 100_001 }, 'increment: expected in and out of at most 100,000'],
    [
      { kind: 'cumulative', in: 1_000_000_001, out: 0, boot: 'b7', sequence: 1 },
      'expected at most 1,000,000,000',
    ],
    [{ people: 3 }, 'unknown field people'],
    [5, 'body: expected an object'],
  ])('%j is refused with the field and what was expected', (body, detail) => {
    expect(decode(body).refusals[0]?.detail).toContain(detail);
  });

  test('is no reading with a boot alone, nor totals as high as a counter goes', () => {
    const good = [
      { in: 100_000, out: 100_000, boot: 'b7' },
      { kind: 'cumulative', in: 1_000_000_000, out: 1_000_000_000, boot: 'b7', sequence: 0 },
    ];
    expect(decode(good)).toMatchObject({ readings: good, refusals: [] });
  });

  test('never takes a good one with it', () => {
    const { readings, refusals } = decode([{ in: 1 }, { in: 'x' }, { out: 1 }]);
    expect(readings).toHaveLength(2);
    expect(refusals[0]?.detail).toContain('1.in');
  });

  test('that is no JSON is refused as such', () => {
    expect(decode('{"in": 1').refusals[0]?.reason).toBe('not-json');
    expect(decodeVitrineJson(Buffer.from([0xff, 0xfe, 0x00]), envelope).refusals[0]?.reason).toBe('not-json');
  });
});

test('no bytes at all make the decoder throw, and every refusal can be kept as text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((json) => Buffer.from(json)),
      ),
      (body) => {
        const { readings, refusals } = decodeVitrineJson(body, envelope);
        const isEmptyArray = Buffer.from(body).toString().trim() === '[]';
        expect(readings.length + refusals.length > 0).toBe(!isEmptyArray);
        for (const { detail } of refusals) expect(detail).toMatch(/^[\x20-\x7e]{1,300}$/);
      },
    ),
  );
});

describe('the time of a reading', () => {
  const atMsOf = (at: string) => decode({ in: 1, at }).readings[0]?.atMs;

  test('is the sensor’s own, also hours late', () => {
    expect(atMsOf('2026-11-21T09:30:00+01:00')).toBe(NOON_MS - 2.5 * 3_600_000);
  });

  test('is never in the future', () => {
    expect(atMsOf('2026-11-21T12:00:20+01:00')).toBe(NOON_MS);
  });

  test('is the hub’s where the sensor’s clock is plainly wrong', () => {
    expect(atMsOf('1970-01-01T00:00:00Z')).toBe(NOON_MS);
    expect(atMsOf('2031-01-01T00:00:00Z')).toBe(NOON_MS);
  });
});
