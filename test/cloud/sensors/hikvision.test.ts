import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../cloud/sensors/decode.ts';
import { NOON_MS } from '../../support/builders.ts';
import { anEnvelope, bytesOf, sensorMessageText } from '../../support/sensor-message.ts';

const decode = (xml: string) => decodeMessage(bytesOf(xml), anEnvelope(), 'hikvision');
const realTime = sensorMessageText('hikvision-real-time.xml');
const timeRange = sensorMessageText('hikvision-time-range.xml');
const signalTrigger = sensorMessageText('hikvision-signal-trigger.xml');

const common = { sensorId: 'street-1', line: '1', boot: '', sequence: null, enqueuedAtMs: NOON_MS };

describe('a Hikvision camera', () => {
  test('in real time tells totals since its last reset', () => {
    expect(decode(realTime)).toEqual({
      readings: [
        {
          ...common,
          kind: 'cumulative',
          key: 'hikvision:3c:1b:f8:00:00:01:1:2024-07-08T12:27:24+08:00:15:14',
          deviceAtMs: Date.parse('2024-07-08T12:27:24+08:00'),
          in: 15,
          out: 14,
          wrapsAt: null,
        },
      ],
      refusals: [],
    });
  });

  test('by time range tells the people of an interval, true at its last moment', () => {
    expect(decode(timeRange)).toEqual({
      readings: [
        {
          ...common,
          kind: 'increment',
          key: 'hikvision:44:47:cc:00:00:01:1:2020-04-19T19:33:00+02:00',
          deviceAtMs: Date.parse('2020-04-19T19:34:59.999+02:00'),
          in: 3,
          out: 1,
        },
      ],
      refusals: [],
    });
  });

  test('at a signal sums up whom it has told of: it is heard, and nobody counts twice', () => {
    expect(decode(signalTrigger)).toEqual({
      readings: [
        {
          ...common,
          kind: 'increment',
          key: 'hikvision:heard:3c:1b:f8:00:00:01:1:2024-07-08T12:30:00+08:00',
          deviceAtMs: Date.parse('2024-07-08T12:30:00+08:00'),
          in: 0,
          out: 0,
        },
      ],
      refusals: [],
    });
  });

  test('that sends an old total again after a broken network is heard only', () => {
    const again = realTime.replace('Retransmission>false', 'Retransmission>true');
    expect(decode(again).readings).toMatchObject([{ kind: 'increment', in: 0, out: 0 }]);
  });

  test('that beats its heart is heard', () => {
    const beat = realTime
      .replace('>PeopleCounting<', '>videoloss<')
      .replace('>active<', '>inactive<')
      .replace(/<peopleCounting>.*<\/peopleCounting>/s, '');
    expect(decode(beat).readings).toMatchObject([{ kind: 'increment', line: '1', in: 0, out: 0 }]);
  });

  test('has a line for each channel, and for each region of it after the first', () => {
    const lineOf = (xml: string) => decode(xml).readings[0]?.line;
    expect(lineOf(realTime.replace('<channelID>1<', '<channelID>2<'))).toBe('2');
    expect(lineOf(realTime.replace('<enter>', '<regionsID>1</regionsID><enter>'))).toBe('1');
    expect(lineOf(realTime.replace('<enter>', '<regionsID>3</regionsID><enter>'))).toBe('1/3');
  });

  test('may leave out the method: an interval is then known by its TimeRange', () => {
    const without = (xml: string) => decode(xml.replace(/<statisticalMethods>.*<\/statisticalMethods>/, ''));
    expect(without(realTime)).toEqual(decode(realTime));
    expect(without(timeRange)).toEqual(decode(timeRange));
  });

  test('may write its offset without a leading zero, or none at all', () => {
    const at = (time: string) => decode(realTime.replaceAll('2024-07-08T12:27:24+08:00', time));
    expect(at('2026-08-12T11:50:47-5:00').readings[0]?.deviceAtMs).toBe(
      Date.parse('2026-08-12T11:50:47-05:00'),
    );
    expect(at('2026-08-12T11:50:47').readings[0]?.deviceAtMs).toBeNull();
  });
});

describe('refused, with the element and what was expected', () => {
  const other = realTime.replace('>PeopleCounting<', '>linedetection<');
  test.each([
    ['another event', other, 'EventNotificationAlert.eventType: expected PeopleCounting'],
    ['no exit', realTime.replace('<exit>14</exit>', ''), 'peopleCounting.exit: expected digits'],
    ['a minus', realTime.replace('>15<', '>-15<'), 'peopleCounting.enter: expected digits'],
    ['two of a kind', realTime.replace('<enter>15<', '<enter>1</enter><enter>15<'), 'peopleCounting.enter:'],
    ['too many', timeRange.replace('>3<', '>100001<'), 'peopleCounting.enter: expected at most 100,000'],
    ['a method of its own', realTime.replace('>realTime<', '>daily<'), 'expected realTime, timeRange or'],
    ['no counts', realTime.replace(/<peopleCounting>.*<\/peopleCounting>/s, ''), 'peopleCounting: expected'],
    ['another document', '<html></html>', 'EventNotificationAlert: expected one element'],
  ])('%s', (_, xml, detail) => {
    const { readings, refusals } = decode(xml);
    expect(readings).toEqual([]);
    expect(refusals).toMatchObject([{ reason: 'not-a-reading', detail: expect.stringContaining(detail) }]);
  });
});

describe('XML', () => {
  test.each([
    ['that was cut off', realTime.slice(0, -40)],
    ['that was cut off in a number', realTime.slice(0, realTime.indexOf('5</enter>'))],
    ['with another after it', `${realTime}${realTime.replace(/<\?.*\?>/, '')}`],
    ['with a DOCTYPE', realTime.replace('<Event', '<!DOCTYPE x [<!ENTITY e "9">]><Event')],
    ['nested without end', '<a>'.repeat(5_000) + '</a>'.repeat(5_000)],
  ])('%s is refused as such', (_, xml) => {
    expect(decode(xml)).toMatchObject({ readings: [], refusals: [{ reason: 'not-xml' }] });
  });

  test('expands no entity', () => {
    expect(decode(realTime.replace('3c:1b', '3c&amp;1b')).readings[0]?.key).toContain('3c&amp;1b');
  });

  test('may carry a namespace’s prefix on its elements', () => {
    const prefixed = realTime.replaceAll(/<(\/?)([A-Za-z])/g, '<$1hik:$2').replace('xmlns=', 'xmlns:hik=');
    expect(decode(prefixed)).toEqual(decode(realTime));
  });
});
