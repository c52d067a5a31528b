import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../cloud/sensors/decode.ts';
import { NOON_MS } from '../../support/builders.ts';
import { anEnvelope, bytesOf, sensorMessageText } from '../../support/sensor-message.ts';

const decodeText = (text: string) => decodeMessage(bytesOf(text), anEnvelope(), 'azure-spatial-analysis');
const decode = (...events: readonly unknown[]) =>
  decodeText(JSON.stringify({ events, sourceInfo: { timestamp: '2020-08-24T06:06:57.224Z' } }));

const common = { sensorId: 'street-1', boot: '', sequence: null, enqueuedAtMs: NOON_MS };
const event = (type: string, properties: unknown, id = 'e1') => ({ id, type, properties, zone: 'door' });

describe('spatial analysis', () => {
  test('tells how many people are in a zone', () => {
    expect(decodeText(sensorMessageText('azure-spatial-analysis-person-count.json'))).toEqual({
      readings: [
        {
          ...common,
          kind: 'absolute',
          line: 'lobbycamera',
          key: 'azure:b013c2059577418caa826844223bb50b',
          deviceAtMs: Date.parse('2020-08-24T06:06:57.224Z'),
          people: 2,
        },
      ],
      refusals: [],
    });
  });

  test('tells who crosses a line', () => {
    expect(decodeText(sensorMessageText('azure-spatial-analysis-person-line.json'))).toEqual({
      readings: [
        {
          ...common,
          kind: 'increment',
          line: 'doorcamera',
          key: 'azure:3733eb36935e4d73800a9cf36185d5a2',
          deviceAtMs: Date.parse('2020-08-24T06:06:53.261Z'),
          in: 0,
          out: 1,
        },
      ],
      refusals: [],
    });
  });

  test('tells who enters a zone', () => {
    expect(decodeText(sensorMessageText('azure-spatial-analysis-zone-enter-exit.json'))).toEqual({
      readings: [
        {
          ...common,
          kind: 'increment',
          line: 'queuecamera',
          key: 'azure:f095d6fe8cfb4ffaa8c934882fb257a5',
          deviceAtMs: Date.parse('2020-08-24T06:15:09.680Z'),
          in: 1,
          out: 0,
        },
      ],
      refusals: [],
    });
  });

  test.each([
    ['personLineEvent', 'CrossRight', { in: 1, out: 0 }],
    ['personLineEvent', 'CrossLeft', { in: 0, out: 1 }],
    ['personZoneEnterExitEvent', 'Enter', { in: 1, out: 0 }],
    ['personZoneEnterExitEvent', 'Exit', { in: 0, out: 1 }],
  ])('%s %s is %j', (type, status, passed) => {
    expect(decode(event(type, { status })).readings).toMatchObject([passed]);
  });

  test('may send other events beside the ones that count', () => {
    const distance = event('personDistanceEvent', { personCount: 2 }, 'e0');
    expect(decode(distance, event('personLineEvent', { status: 'CrossRight' }))).toMatchObject({
      readings: [{ key: 'azure:e1' }],
      refusals: [],
    });
  });

  test('without a time counts at the hub’s', () => {
    const timeless = JSON.stringify({ events: [event('personCountEvent', { personCount: 4 })] });
    expect(decodeText(timeless).readings).toMatchObject([{ deviceAtMs: null, people: 4 }]);
  });
});

describe('a bad event', () => {
  test('takes no good one with it', () => {
    const { readings, refusals } = decode(
      event('personLineEvent', { status: 'CrossRight' }, 'a'),
      event('personLineEvent', {}, 'b'),
      event('personLineEvent', { status: 'CrossLeft' }, 'c'),
    );
    expect(readings.map(({ key }) => key)).toEqual(['azure:a', 'azure:c']);
    expect(refusals).toEqual([
      {
        reason: 'not-a-reading',
        detail: 'events.1.properties.status: expected CrossRight or CrossLeft',
      },
    ]);
  });

  test.each([
    [event('personZoneEnterExitEvent', {}), 'events.0.properties.status: expected Enter or Exit'],
    [event('personLineEvent', { status: 'Enter' }), 'status: expected CrossRight or CrossLeft'],
    [event('personCountEvent', { personCount: -1 }), 'properties.personCount: expected 0 or more'],
    [event('personCountEvent', undefined), 'properties: expected an object with personCount'],
    [{ ...event('personCountEvent', { personCount: 1 }), id: 7 }, 'events.0.id: expected text'],
    [event('personDistanceEvent', {}), 'events: expected an event of type personCountEvent, personLineEvent'],
    ['no object', 'events.0: expected an object'],
  ])('%j is refused with the field and what was expected', (bad, detail) => {
    expect(decode(bad)).toMatchObject({
      readings: [],
      refusals: [{ reason: 'not-a-reading', detail: expect.stringContaining(detail) }],
    });
  });
});
