import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../cloud/sensors/decode.ts';
import { NOON_MS } from '../../support/builders.ts';
import { anEnvelope, bytesOf, sensorMessageText } from '../../support/sensor-message.ts';

const decodeText = (text: string) => decodeMessage(bytesOf(text), anEnvelope(), 'dahua');
const decode = (document: unknown) => decodeText(JSON.stringify(document));
const summary = sensorMessageText('dahua-summary.txt');

const total = {
  kind: 'cumulative',
  sensorId: 'street-1',
  line: '0',
  boot: '',
  sequence: null,
  deviceAtMs: null,
  enqueuedAtMs: NOON_MS,
  wrapsAt: null,
};

describe('a Dahua summary', () => {
  test('tells totals since the camera’s last reset, and when it was asked', () => {
    expect(decodeText(summary)).toEqual({
      readings: [
        {
          ...total,
          key: 'dahua:0:1615580510:4012:3990',
          deviceAtMs: 1_615_580_510_000,
          in: 4012,
          out: 3990,
        },
      ],
      refusals: [],
    });
  });

  test('without totals is read by what it says of today', () => {
    const today = summary.replaceAll(/summary\.\w+\.Total=.*\r\n/g, '');
    expect(decodeText(today).readings).toMatchObject([{ kind: 'cumulative', in: 112, out: 105 }]);
  });

  test('never sets a total against what is of today', () => {
    const mixed = summary.replace('summary.ExitedSubtotal.Total=3990\r\n', '');
    expect(decodeText(mixed).readings).toMatchObject([{ in: 112, out: 105 }]);
  });

  test('without a time is known by its message', () => {
    const timeless = summary.replace(/summary\.UTC=.*\r\n/, '');
    expect(decodeText(timeless).readings).toMatchObject([
      { key: 'dahua:0:e:0:7:4012:3990', deviceAtMs: null },
    ]);
  });

  test.each([
    ['Total=4012', 'Total=many', 'summary.EnteredSubtotal.Total: expected digits'],
    ['Total=4012', 'Total=9999999999', 'summary.EnteredSubtotal.Total: expected at most 1,000,000,000'],
    ['UTC=1615580510', 'UTC=now', 'summary.UTC: expected seconds since 1970'],
    ['Channel=0', 'Channel=', 'summary.Channel: expected a channel'],
    [/\.(Total|Today)=/g, '.Ever=', 'summary.EnteredSubtotal.Total: expected it beside'],
  ])('%s as %s is refused with the key and what was expected', (what, by, detail) => {
    const { readings, refusals } = decodeText(summary.replace(what, by));
    expect(readings).toEqual([]);
    expect(refusals).toMatchObject([{ reason: 'not-a-reading', detail: expect.stringContaining(detail) }]);
  });
});

describe('the rows of a Dahua camera', () => {
  const row = (hour: string, entered: number, exited: number, rest = {}) => ({
    Channel: 0,
    AreaID: 1,
    StartTime: `2026-11-21 ${hour}:00:00`,
    EnteredSubtotal: entered,
    ExitedSubtotal: exited,
    ...rest,
  });

  test('are the total of a day since it began, the hours to come included', () => {
    expect(decodeText(sensorMessageText('dahua-rows.json'))).toEqual({
      readings: [
        { ...total, boot: '2026-11-21T00:00:00', key: 'dahua:0:2026-11-21T00:00:00:17:12', in: 17, out: 12 },
      ],
      refusals: [],
    });
  });

  test('grow by what passed since they were last asked for, whatever hour it is', () => {
    const first = decode([row('00', 1, 0), row('10', 5, 2), row('11', 0, 0)]).readings;
    const later = decode([row('00', 1, 0), row('10', 7, 2), row('11', 3, 1)]).readings;
    expect(first).toMatchObject([{ boot: '2026-11-21T00:00:00', in: 6, out: 2 }]);
    expect(later).toMatchObject([{ boot: '2026-11-21T00:00:00', in: 11, out: 3 }]);
  });

  test('of two days are two totals, the older first', () => {
    const yesterday = row('00', 90, 88, { StartTime: '2026-11-20 00:00:00' });
    expect(decode([row('00', 4, 1), yesterday]).readings).toMatchObject([
      { boot: '2026-11-20T00:00:00', in: 90 },
      { boot: '2026-11-21T00:00:00', in: 4 },
    ]);
  });

  test('are apart for each channel, and for each area of it after the first', () => {
    const areas = [row('10', 1, 0), row('10', 2, 0, { AreaID: 2 }), row('10', 3, 0, { Channel: 4 })];
    expect(decode({ info: areas }).readings).toMatchObject([
      { line: '0', in: 1 },
      { line: '0/2', in: 2 },
      { line: '4', in: 3 },
    ]);
  });

  test('without a time are a counter that was read, known by its message', () => {
    expect(decodeText(sensorMessageText('dahua-row.json')).readings).toEqual([
      { ...total, key: 'dahua:0:e:0:7:9:15', in: 9, out: 15 },
    ]);
  });

  test.each([
    [
      'a window within a day',
      [row('10', 1, 0), row('11', 1, 0)],
      'StartTime: expected the rows of a day from',
    ],
    [
      'an hour twice',
      [row('00', 1, 0), row('00', 2, 0)],
      'StartTime: expected one row of channel 0 for each',
    ],
    ['a bad row among them', [row('00', 1, 0), row('01', -2, 0)], '1.EnteredSubtotal: expected 0 or more'],
    ['text for a number', { info: [{ ...row('00', 1, 0), ExitedSubtotal: '3' }] }, 'info.0.ExitedSubtotal:'],
    ['another time', [row('00', 1, 0, { StartTime: 'today' })], '0.StartTime: expected 2026-11-21 10:00:00'],
    ['no row', { in: 3 }, 'EnteredSubtotal: expected a whole number'],
  ])('are refused with %s', (_, document, detail) => {
    const { readings, refusals } = decode(document);
    expect(readings).toEqual([]);
    expect(refusals).toMatchObject([{ reason: 'not-a-reading', detail: expect.stringContaining(detail) }]);
  });
});
