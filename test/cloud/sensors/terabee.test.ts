import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../cloud/sensors/decode.ts';
import { NOON_MS } from '../../support/builders.ts';
import { anEnvelope, bytesOf, sensorMessageText } from '../../support/sensor-message.ts';

const message: Record<string, unknown> = JSON.parse(sensorMessageText('terabee.json'));
const decodeText = (text: string) => decodeMessage(bytesOf(text), anEnvelope(), 'terabee');
const decode = (difference: Record<string, unknown> = {}) =>
  decodeText(JSON.stringify({ ...message, ...difference }));

test('a Terabee counter tells totals, and the time by its own clock', () => {
  expect(decode()).toEqual({
    readings: [
      {
        kind: 'cumulative',
        sensorId: 'street-1',
        line: '',
        key: 'terabee:FA21415EAEB7:165776767:23:12',
        boot: '',
        sequence: null,
        deviceAtMs: 165_776_767_000,
        enqueuedAtMs: NOON_MS,
        in: 23,
        out: 12,
        wrapsAt: null,
      },
    ],
    refusals: [],
  });
});

test('a Terabee counter whose clock stands still has a key for each of its totals', () => {
  const keys = [23, 24].map((count) => decode({ count_in: count }).readings[0]?.key);
  expect(new Set(keys).size).toBe(2);
});

test('a Terabee counter without a readable time counts all the same', () => {
  expect(decode({ timestamp: 'soon' }).readings).toMatchObject([{ deviceAtMs: null }]);
  expect(decode({ timestamp: undefined }).readings).toMatchObject([
    { key: 'terabee:FA21415EAEB7:e:0:7:23:12', deviceAtMs: null },
  ]);
});

test.each([
  [{ count_in: '23' }, 'count_in: expected a whole number'],
  [{ count_in: -1 }, 'count_in: expected 0 or more'],
  [{ count_out: undefined }, 'count_out: expected a whole number'],
  [{ count_out: 1_000_000_001 }, 'count_out: expected at most 1,000,000,000'],
  [{ device_id: '\u0000' }, 'device_id: expected'],
  [{ timestamp: 165_776_767 }, 'timestamp: expected text'],
])('%j is refused with the field and what was expected', (difference, detail) => {
  const { readings, refusals } = decode(difference);
  expect(readings).toEqual([]);
  expect(refusals).toMatchObject([{ reason: 'not-a-reading', detail: expect.stringContaining(detail) }]);
});

describe('the password in a Terabee message', () => {
  const text = JSON.stringify({ ...message, password: 'hunter2' });

  test.each([
    ['a wrong count', text.replace('23', '-1')],
    ['a missing quote', text.replace('"username"', '"username')],
    ['an end too early', text.slice(0, -3)],
    ['a word too many', text.replace('"hunter2"}', '"hunter2" x}')],
    ['a control character', text.replace('hunter2', 'hunter2\n')],
    ['a bare word', `hunter2${text}`],
  ])('is in no refusal, with %s', (_, bad) => {
    expect(bad).not.toBe(text);
    const { refusals } = decodeText(bad);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]?.detail).not.toContain('hunter2');
  });
});
