import { describe, expect, test } from 'vitest';
import { milesight } from '../../../cloud/sensors/milesight.ts';
import { NOON_MS } from '../../support/builders.ts';
import { changedDocument, type Path } from '../../support/changed-document.ts';
import periodic from '../../support/sensor-messages/milesight-vs125-periodic.json' with { type: 'json' };
import trigger from '../../support/sensor-messages/milesight-vs125-trigger.json' with { type: 'json' };

const envelope = { sensorId: 'street-1', enqueuedAtMs: NOON_MS, messageKey: 'e:0:7', contentType: null };
const decode = (document: unknown) => milesight.decode(document, envelope);
const common = { sensorId: 'street-1', boot: '', sequence: null, enqueuedAtMs: NOON_MS };

const UUID = 'fb798b5f-2c15-4360-8713-ba0d213169c7';
const STARTED_MS = Date.parse('2026-07-31T23:11:00Z');
const ENDED_MS = Date.parse('2026-07-31T23:12:00Z');

describe('a document with totals and a period', () => {
  test('is counted once, by its totals', () => {
    expect(decode(periodic)).toEqual({
      readings: [
        {
          ...common,
          kind: 'cumulative',
          line: 'Line1',
          key: `milesight:6537F00000000001:${STARTED_MS}/${ENDED_MS}/330:8442:15583:${UUID}`,
          deviceAtMs: ENDED_MS - 1,
          in: 8442,
          out: 15_583,
          wrapsAt: null,
        },
      ],
      refusals: [],
    });
  });

  test('is not counted by its period where its totals are bad', () => {
    const bad = changedDocument(periodic, ['line_total_data', 0, 'total', 'in_counted'], -1);
    expect(decode(bad)).toEqual({
      readings: [],
      refusals: [
        { reason: 'not-a-reading', detail: 'line_total_data.0.total.in_counted: expected 0 or more' },
      ],
    });
  });

  test.each([undefined, []])('is counted by its period where its totals are %j', (totals) => {
    const { readings } = decode(changedDocument(periodic, ['line_total_data'], totals));
    expect(readings).toMatchObject([
      { kind: 'increment', line: 'Line1', in: 0, out: 0, deviceAtMs: ENDED_MS - 1 },
    ]);
  });
});

test('a trigger is who passed just now', () => {
  expect(decode(trigger)).toEqual({
    readings: [
      {
        ...common,
        kind: 'increment',
        line: 'Main door',
        key: `milesight:6384E00000000009:${Date.parse('2024-05-30T12:11:32Z')}/58:1:0:9a0440de-3188-4f6d-b886-bb20c97bd26b`,
        deviceAtMs: Date.parse('2024-05-30T12:11:32Z'),
        in: 1,
        out: 0,
      },
    ],
    refusals: [],
  });
});

test('a clock that stands still swallows nothing: how long the device has been running tells messages apart', () => {
  const keyAfter = (seconds: number) =>
    decode(changedDocument(trigger, ['device_info', 'running_time'], seconds)).readings[0]?.key;
  expect(keyAfter(59)).not.toBe(keyAfter(60));
});

test('a message that says neither when nor how long goes by the hub’s own key', () => {
  const bare = changedDocument(changedDocument(trigger, ['time_info'], undefined), ['device_info'], {});
  expect(decode(bare).readings).toMatchObject([
    { key: expect.stringContaining(envelope.messageKey), deviceAtMs: null, in: 1 },
  ]);
});

test('a line without a name goes by its number', () => {
  for (const name of [undefined, '']) {
    const unnamed = changedDocument(periodic, ['line_total_data', 0, 'line_name'], name);
    expect(decode(unnamed).readings).toMatchObject([{ line: 'Line1' }]);
  }
});

test('two lines of one name are not mixed into one counter', () => {
  const [line] = periodic.line_total_data;
  const second = changedDocument(line, ['line'], 2);
  const { readings, refusals } = decode(changedDocument(periodic, ['line_total_data'], [line, second]));
  expect(readings).toHaveLength(1);
  expect(refusals[0]?.detail).toBe('line_total_data.1.line_name: expected a name of its own for each line');
});

test('regions and alarms are neither counted nor refused', () => {
  const { device_info, time_info } = periodic;
  const dwelt = { device_info, time_info, region_trigger_data: { dwell_time_data: [] } };
  expect(decode(dwelt)).toEqual({ readings: [], refusals: [] });
});

describe('a document that lacks what counts', () => {
  const total: Path = ['line_total_data', 0, 'total'];
  const passed: Path = ['line_trigger_data', 0, 'total'];
  const lacking: [unknown, Path, unknown, string][] = [
    [periodic, ['line_total_data'], 'none', 'line_total_data: expected an array'],
    [periodic, total, undefined, 'line_total_data.0.total: expected an object'],
    [periodic, [...total, 'out_counted'], undefined, 'total.out_counted: expected a whole number'],
    [periodic, [...total, 'out_counted'], 1e9 + 1, 'total.out_counted: expected at most 1,000,000,000'],
    [
      periodic,
      ['line_total_data', 0],
      { total: { in_counted: 1, out_counted: 1 } },
      'expected line_name or line',
    ],
    [periodic, ['time_info', 'end_time'], '2026-07-31 23:12:00', 'time_info.end_time: expected ISO 8601'],
    [periodic, ['device_info', 'device_sn'], 5, 'device_info.device_sn: expected text'],
    [trigger, [...passed, 'in'], 0.5, 'line_trigger_data.0.total.in: expected a whole number'],
    [trigger, [...passed, 'out'], 100_001, 'line_trigger_data.0.total.out: expected at most 100,000'],
    [trigger, [], {}, 'body: expected line_total_data, uplink_message (The Things Stack) or deviceInfo'],
  ];
  const cases = lacking.map(([document, path, value, detail]) => ({ document, path, value, detail }));
  test.each(cases)('is refused: $detail', ({ document, path, value, detail }) => {
    const { readings, refusals } = decode(changedDocument(document, path, value));
    expect(readings).toEqual([]);
    expect(refusals).toEqual([{ reason: 'not-a-reading', detail: expect.stringContaining(detail) }]);
  });
});
