import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../cloud/sensors/decode.ts';
import { NOON_MS } from '../../support/builders.ts';
import { anEnvelope, bytesOf, sensorMessageText } from '../../support/sensor-message.ts';

const message = sensorMessageText('vivotek.json');
const decodeText = (text: string) => decodeMessage(bytesOf(text), anEnvelope(), 'vivotek');

const interval = (difference = {}) => ({
  RuleName: 'Counting1',
  In: 1,
  Out: 2,
  StartTime: '2015-05-28T06:15:00Z',
  EndTime: '2015-05-28T06:30:00Z',
  ...difference,
});
const decode = (...CountingInfo: readonly unknown[]) =>
  decodeText(
    JSON.stringify({ Source: { MacAddress: '00:02' }, Data: [{ RuleType: 'Counting', CountingInfo }] }),
  );

describe('a Vivotek camera', () => {
  test('tells the people of an interval for each of its rules, true at its last moment', () => {
    expect(decodeText(message)).toEqual({
      readings: [
        {
          kind: 'increment',
          sensorId: 'street-1',
          line: 'Counting1',
          key: 'vivotek:00:02:81:31:00:08:2015-05-28T06:15:00Z:Counting1',
          boot: '',
          sequence: null,
          deviceAtMs: Date.parse('2015-05-28T06:29:59.999Z'),
          enqueuedAtMs: NOON_MS,
          in: 1,
          out: 2,
        },
      ],
      refusals: [],
    });
  });

  test('may tell of other things too', () => {
    const report = JSON.parse(message);
    const besides = { ...report, Data: [{ RuleType: 'Heatmap', Map: [1, 2] }, ...report.Data] };
    expect(decodeText(JSON.stringify(besides))).toEqual(decodeText(message));
  });

  test('whose clock is set to a local time counts, at the hub’s time', () => {
    const local = interval({ StartTime: '2015-05-28T08:15:00', EndTime: '2015-05-28T08:30:00' });
    expect(decode(local).readings).toMatchObject([{ deviceAtMs: null, in: 1, out: 2 }]);
  });
});

describe('a bad interval', () => {
  test('takes no good one with it', () => {
    const { readings, refusals } = decode(interval(), interval({ In: '7' }), interval({ RuleName: 'Door' }));
    expect(readings.map(({ line }) => line)).toEqual(['Counting1', 'Door']);
    expect(refusals).toEqual([
      { reason: 'not-a-reading', detail: 'Data.0.CountingInfo.1.In: expected a whole number' },
    ]);
  });

  test.each([
    [interval({ In: 100_001 }), 'In: expected at most 100,000'],
    [interval({ Out: undefined }), 'Out: expected a whole number'],
    [interval({ RuleName: '' }), 'RuleName: expected a name'],
    [interval({ StartTime: undefined }), 'StartTime: expected text'],
    [7, 'expected an object with RuleName'],
  ])('%j is refused with the field and what was expected', (info, detail) => {
    expect(decode(info)).toMatchObject({
      readings: [],
      refusals: [{ detail: expect.stringContaining(detail) }],
    });
  });

  test.each([
    ['{"Source":{"MacAddress":"00:02"},"Data":[]}', 'Data: expected an entry of RuleType Counting'],
    ['{"Data":[{"RuleType":"Counting"}]}', 'Source: expected an object with MacAddress'],
    ['{"Source":{"MacAddress":"00:02"},"Data":[{"RuleType":"Counting"}]}', 'Data.0.CountingInfo: expected'],
  ])('%s is refused whole', (text, detail) => {
    expect(decodeText(text)).toMatchObject({
      readings: [],
      refusals: [{ detail: expect.stringContaining(detail) }],
    });
  });

  test('is every one of more than a message may hold', () => {
    const many = Array.from({ length: 501 }, (_, minute) => interval({ StartTime: `${minute}` }));
    expect(decode(...many)).toMatchObject({ readings: [], refusals: [{ reason: 'too-many-readings' }] });
    expect(decode(...many.slice(1)).readings).toHaveLength(500);
  });
});
