import { describe, expect, test } from 'vitest';
import { axis } from '../../../cloud/sensors/axis.ts';
import { NOON_MS } from '../../support/builders.ts';
import { changedDocument, type Path } from '../../support/changed-document.ts';
import pushed from '../../support/sensor-messages/axis-3d-people-counter.json' with { type: 'json' };
import liveSum from '../../support/sensor-messages/axis-live-sum.json' with { type: 'json' };
import crossline from '../../support/sensor-messages/axis-object-analytics-crossline.json' with {
  type: 'json',
};
import occupancy from '../../support/sensor-messages/axis-object-analytics-occupancy.json' with {
  type: 'json',
};

const envelope = { sensorId: 'street-1', enqueuedAtMs: NOON_MS, messageKey: 'e:0:7', contentType: null };
const decode = (document: unknown) => axis.decode(document, envelope);
const common = { sensorId: 'street-1', boot: '', sequence: null, enqueuedAtMs: NOON_MS };

test('a 3D people counter tells who passed in an interval, which ends just before its end', () => {
  expect(decode(pushed)).toEqual({
    readings: [
      {
        ...common,
        kind: 'increment',
        line: '',
        key: `axis:b8a44fa00001:${Date.parse('2025-05-22T08:14:00Z')}`,
        deviceAtMs: Date.parse('2025-05-22T08:15:00Z') - 1,
        in: 1,
        out: 2,
      },
    ],
    refusals: [],
  });
});

test('a people counter’s live sum is totals, at a time in a zone that it does not tell', () => {
  expect(decode(liveSum)).toEqual({
    readings: [
      {
        ...common,
        kind: 'cumulative',
        line: '',
        key: 'axis:00408CAC512B:20170503112756:12:318',
        deviceAtMs: null,
        in: 12,
        out: 318,
        wrapsAt: null,
      },
    ],
    refusals: [],
  });
});

test('a live sum under a clock that stands still is a new reading as soon as its totals are', () => {
  const [before] = decode(liveSum).readings;
  const [after] = decode(changedDocument(liveSum, ['out'], 319)).readings;
  expect(after?.key).not.toBe(before?.key);
});

test('a crossline scenario counts one way over its line, and only people', () => {
  const withCars = changedDocument(crossline, ['message', 'data', 'total'], '9');
  expect(decode(withCars)).toEqual({
    readings: [
      {
        ...common,
        kind: 'cumulative',
        line: 'Device1Scenario2',
        key: 'axis:B8A44F941234:Device1Scenario2:1645568542222:4',
        deviceAtMs: 1_645_568_542_222,
        in: 4,
        out: 0,
        wrapsAt: null,
      },
    ],
    refusals: [],
  });
});

test('an occupancy scenario says how many people are there', () => {
  const withCars = changedDocument(occupancy, ['message', 'data', 'total'], '9');
  expect(decode(withCars)).toEqual({
    readings: [
      {
        ...common,
        kind: 'absolute',
        line: 'Device1Scenario1',
        key: 'axis:B8A44F941234:Device1Scenario1:1645568542222:7',
        deviceAtMs: 1_645_568_542_222,
        people: 7,
      },
    ],
    refusals: [],
  });
});

test('a scenario renamed by its installer is known by what it counts', () => {
  const renamed = (document: unknown) =>
    decode(changedDocument(document, ['message', 'data', 'scenario'], 'Eingang')).readings[0]?.kind;
  expect(renamed(crossline)).toBe('cumulative');
  expect(renamed(occupancy)).toBe('absolute');
});

test('what is said for all scenarios at once, and what is no count, is neither counted nor refused', () => {
  const any = 'axis:CameraApplicationPlatform/ObjectAnalytics/Device1ScenarioANY';
  const moved = { active: '1', objectId: '4240', classTypes: 'human' };
  expect(decode(changedDocument(crossline, ['topic'], any))).toEqual({ readings: [], refusals: [] });
  expect(decode(changedDocument(crossline, ['message', 'data'], moved))).toEqual({
    readings: [],
    refusals: [],
  });
  const occupied = changedDocument(pushed, ['data', 'measurements', 0, 'kind'], 'occupancy');
  expect(decode(occupied)).toEqual({ readings: [], refusals: [] });
});

test('an interval in which nobody passed is a reading too: the counter is alive', () => {
  const nobody = changedDocument(pushed, ['data', 'measurements', 0, 'items'], []);
  expect(decode(nobody).readings).toMatchObject([{ kind: 'increment', in: 0, out: 0 }]);
});

test('a bad measurement is refused by its path and takes no good one with it', () => {
  const [good] = pushed.data.measurements;
  const bad = changedDocument(good, ['items', 1, 'count'], -2);
  const { readings, refusals } = decode(changedDocument(pushed, ['data', 'measurements'], [bad, good]));
  expect(readings).toHaveLength(1);
  expect(refusals).toEqual([
    { reason: 'not-a-reading', detail: 'data.measurements.0.items.1.count: expected 0 or more' },
  ]);
});

describe('a document that lacks what counts', () => {
  const measurement: Path = ['data', 'measurements', 0];
  const data: Path = ['message', 'data'];
  const lacking: [unknown, Path, unknown, string][] = [
    [pushed, ['data', 'measurements'], undefined, 'data.measurements: expected an array'],
    [pushed, [...measurement, 'kind'], undefined, 'data.measurements.0.kind: expected text'],
    [pushed, [...measurement, 'utcFrom'], '2025-05-22T08:14:00', 'utcFrom: expected ISO 8601 with an offset'],
    [pushed, [...measurement, 'utcTo'], undefined, 'utcTo: expected ISO 8601 with an offset'],
    [pushed, [...measurement, 'items'], undefined, 'items: expected an array'],
    [pushed, [...measurement, 'items', 0, 'direction'], 'up', 'items.0.direction: expected in or out'],
    [pushed, [...measurement, 'items', 0, 'count'], 1.5, 'items.0.count: expected a whole number'],
    [pushed, [...measurement, 'items', 0, 'count'], '1', 'items.0.count: expected a whole number'],
    [pushed, [...measurement, 'items', 0, 'count'], 100_001, 'items.0.count: expected at most 100,000'],
    [
      pushed,
      [...measurement, 'items'],
      Array.from({ length: 2 }, () => ({ direction: 'in', count: 60_000 })),
      'items: expected at most 100,000 in one direction',
    ],
    [liveSum, ['timestamp'], 'noon', 'timestamp: expected 14 digits'],
    [liveSum, ['in'], 1_000_000_001, 'in: expected at most 1,000,000,000'],
    [liveSum, ['out'], undefined, 'out: expected a whole number'],
    [liveSum, ['serial'], 'a\u0000b', 'serial: expected a name'],
    [crossline, ['topic'], 'axis:Device/Status', 'topic: expected axis:CameraApplicationPlatform'],
    [crossline, ['timestamp'], '2022', 'timestamp: expected milliseconds since 1970'],
    [crossline, ['message'], undefined, 'message: expected an object'],
    [crossline, data, {}, 'message.data: expected totalHuman of a crossline scenario, or human'],
    [crossline, [...data, 'totalHuman'], 4, 'message.data.totalHuman: expected digits as text'],
    [crossline, [...data, 'totalHuman'], '-4', 'message.data.totalHuman: expected digits as text'],
    [crossline, [...data, 'totalHuman'], '1000000001', 'totalHuman: expected at most 1,000,000,000'],
    [occupancy, [...data, 'human'], 'many', 'message.data.human: expected digits as text'],
    [pushed, [], ['Axis'], 'body: expected data.measurements, topic and message, or in and out'],
  ];
  const cases = lacking.map(([document, path, value, detail]) => ({ document, path, value, detail }));
  test.each(cases)('is refused: $detail', ({ document, path, value, detail }) => {
    const { readings, refusals } = decode(changedDocument(document, path, value));
    expect(readings).toEqual([]);
    expect(refusals).toEqual([{ reason: 'not-a-reading', detail: expect.stringContaining(detail) }]);
  });
});
