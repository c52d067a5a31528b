import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../cloud/sensors/decode.ts';
import { NOON_MS } from '../../support/builders.ts';
import { anEnvelope, bytesOf } from '../../support/sensor-message.ts';

const decode = (body: unknown) =>
  decodeMessage(
    typeof body === 'string' ? bytesOf(body) : bytesOf(JSON.stringify(body)),
    anEnvelope(),
    'vitrine',
  );

test('the least that a counter can say is how many went in', () => {
  expect(decode({ in: 2 }).readings).toEqual([
    {
      kind: 'increment',
      sensorId: 'street-1',
      line: '',
      key: 'e:0:7',
      boot: '',
      sequence: null,
      deviceAtMs: null,
      enqueuedAtMs: NOON_MS,
      in: 2,
      out: 0,
    },
  ]);
});

test('boot and sequence are the key of a reading, whatever message brings it', () => {
  const [reading] = decode({ in: 1, boot: 'b7', sequence: 12 }).readings;
  expect(reading).toMatchObject({ key: 's:b7:12', boot: 'b7', sequence: 12 });
});

test('lines that share a sequence have keys of their own', () => {
  const { readings } = decode([
    { in: 1, boot: 'b7', sequence: 12, line: 'north' },
    { in: 1, boot: 'b7', sequence: 12, line: 'south gate' },
  ]);
  expect(readings).toMatchObject([
    { line: 'north', key: 's:b7:12 north' },
    { line: 'south gate', key: 's:b7:12 south gate' },
  ]);
});

test('totals may say where they start over, and a camera how many it sees', () => {
  const totals = { kind: 'cumulative', in: 65_535, out: 3, boot: 'b7', sequence: 1, wrapsAt: 65_536 };
  expect(decode([totals, { kind: 'absolute', people: 9, line: 'hall' }]).readings).toMatchObject([
    totals,
    { kind: 'absolute', people: 9, line: 'hall', key: 'e:0:7#1', boot: '', sequence: null },
  ]);
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
    [{ persons: 3 }, 'unknown field persons'],
    [{ people: 3 }, 'expected people with kind absolute'],
    [{ in: 1, line: 'a\u0000b' }, 'line: expected'],
    [{ in: 1, wrapsAt: 256 }, 'wrapsAt: expected with kind cumulative only'],
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
  });
});

test('one reading more than a message may hold has all of it refused', () => {
  const many = Array.from({ length: 501 }, () => ({ in: 1 }));
  expect(decode(many)).toMatchObject({ readings: [], refusals: [{ reason: 'too-many-readings' }] });
  expect(decode(many.slice(1)).readings).toHaveLength(500);
});

test('the time of a reading is the sensor’s own, however wrong: it is judged elsewhere', () => {
  const atMsOf = (at: string) => decode({ in: 1, at }).readings[0]?.deviceAtMs;
  expect(atMsOf('2026-11-21T09:30:00+01:00')).toBe(NOON_MS - 2.5 * 3_600_000);
  expect(atMsOf('1970-01-01T00:00:00Z')).toBe(0);
  expect(atMsOf('2031-01-01T00:00:00Z')).toBe(Date.parse('2031-01-01T00:00:00Z'));
});
