import { describe, expect, test } from 'vitest';
import { xovis } from '../../../cloud/sensors/xovis.ts';
import { NOON_MS } from '../../support/builders.ts';
import { changedDocument, type Path } from '../../support/changed-document.ts';
import live from '../../support/sensor-messages/xovis-live-data.json' with { type: 'json' };
import logics from '../../support/sensor-messages/xovis-logics-data.json' with { type: 'json' };

const envelope = { sensorId: 'street-1', enqueuedAtMs: NOON_MS, messageKey: 'e:0:7', contentType: null };
const decode = (document: unknown) => xovis.decode(document, envelope);
const common = { sensorId: 'street-1', boot: '', sequence: null, enqueuedAtMs: NOON_MS };
const NOTHING = { readings: [], refusals: [] };

const FRAME: Path = ['live_data', 'frames', 0];
const EVENT: Path = [...FRAME, 'events', 0];
const ATTRIBUTES: Path = [...EVENT, 'attributes'];
const ZONE: Path = ['logics_data', 'logics', 0];
const LINE: Path = ['logics_data', 'logics', 1];
const RECORD: Path = [...LINE, 'records', 0];

test('backward over a line is one person out', () => {
  expect(decode(live)).toEqual({
    readings: [
      {
        ...common,
        kind: 'increment',
        line: 'Line 0',
        key: 'xovis:live:1005:1645780665470:490:0:2',
        deviceAtMs: 1_645_780_665_470,
        in: 0,
        out: 1,
      },
    ],
    refusals: [],
  });
});

test('forward over a line is one person in', () => {
  const forward = changedDocument(live, [...EVENT, 'type'], 'LINE_CROSS_FORWARD');
  expect(decode(forward).readings).toMatchObject([{ in: 1, out: 0 }]);
});

test('a zone’s balance is who is there; a line’s fw and bw are who passed in the interval', () => {
  expect(decode(logics)).toEqual({
    readings: [
      {
        ...common,
        kind: 'absolute',
        line: 'Zone 0',
        key: 'xovis:logic:1008:1:1645792860000',
        deviceAtMs: 1_645_792_920_000,
        people: 0,
      },
      {
        ...common,
        kind: 'increment',
        line: 'Line 0',
        key: 'xovis:logic:1008:2:1645792920000',
        deviceAtMs: 1_645_792_979_999,
        in: 3,
        out: 1,
      },
    ],
    refusals: [],
  });
});

test('a group over a line counts nobody: the people in it are counted one by one', () => {
  const group = changedDocument(live, [...FRAME, 'tracked_objects', 0, 'type'], 'GROUP');
  expect(decode(group)).toEqual(NOTHING);
  const groupLogic = changedDocument(logics, [...LINE, 'info'], 'XLT_GROUP_LINE_IN_OUT_COUNT');
  expect(decode(groupLogic).readings).toMatchObject([{ line: 'Zone 0' }]);
});

test('events that are no crossing, frames with none and the state of the device are neither counted nor refused', () => {
  expect(decode(changedDocument(live, [...EVENT, 'type'], 'TRACK_CREATE'))).toEqual(NOTHING);
  expect(decode(changedDocument(live, [...FRAME, 'events'], undefined))).toEqual(NOTHING);
  expect(decode({ status_data: { package_info: { version: '5.0' } } })).toEqual(NOTHING);
  const dwell = [{ id: 1, name: 'dwell', value: 3.5 }];
  expect(decode(changedDocument(logics, [...RECORD, 'counts'], dwell)).readings).toHaveLength(1);
});

test('a document with both live and logics data counts its people once', () => {
  expect(decode({ ...live, ...logics })).toEqual(decode(logics));
});

test('a line without a name goes by its id', () => {
  const unnamed = changedDocument(live, [...ATTRIBUTES, 'geometry_name'], undefined);
  expect(decode(unnamed).readings).toMatchObject([{ line: '2' }]);
});

test('a time in ISO 8601 is the same moment, and the same reading', () => {
  const iso = changedDocument(live, [...FRAME, 'time'], '2022-02-25T10:17:45.470+01:00');
  expect(decode(iso)).toEqual(decode(live));
});

test('two people over the same line in the same frame are two readings', () => {
  const [event] = live.live_data.frames[0]?.events ?? [];
  const second = changedDocument(event, ['attributes', 'sequence_number'], 1);
  const both = changedDocument(live, [...FRAME, 'events'], [event, second]);
  expect(new Set(decode(both).readings.map(({ key }) => key)).size).toBe(2);
});

test('more crossings than a message may hold are refused whole', () => {
  const [event] = live.live_data.frames[0]?.events ?? [];
  const crossings = (count: number) => changedDocument(live, [...FRAME, 'events'], Array(count).fill(event));
  expect(decode(crossings(500)).readings).toHaveLength(500);
  expect(decode(crossings(501))).toMatchObject({ readings: [], refusals: [{ reason: 'too-many-readings' }] });
});

describe('a part that lacks what counts', () => {
  const lacking: [unknown, Path, unknown, string][] = [
    [live, ['live_data', 'frames'], undefined, 'live_data.frames: expected an array'],
    [live, [...FRAME, 'time'], undefined, 'live_data.frames.0.time: expected milliseconds since 1970'],
    [live, [...EVENT, 'type'], 7, 'live_data.frames.0.events.0.type: expected text'],
    [live, ATTRIBUTES, undefined, 'events.0.attributes: expected an object'],
    [live, [...ATTRIBUTES, 'track_id'], undefined, 'attributes.track_id: expected a whole number'],
    [live, [...ATTRIBUTES, 'geometry_name'], '', 'attributes.geometry_name: expected a name'],
    [live, ATTRIBUTES, { track_id: 4 }, 'attributes: expected geometry_name or geometry_id'],
    [logics, ['logics_data', 'logics'], {}, 'logics_data.logics: expected an array'],
    [logics, [...LINE, 'id'], undefined, 'logics_data.logics.1.id: expected a whole number'],
    [logics, [...LINE, 'name'], undefined, 'logics_data.logics.1.name: expected text'],
    [logics, [...RECORD, 'from'], 'noon', 'records.0.from: expected milliseconds since 1970'],
    [logics, [...RECORD, 'counts'], undefined, 'records.0.counts: expected an array'],
    [logics, [...RECORD, 'counts', 0, 'value'], -1, 'records.0.counts.fw: expected 0 or more'],
    [logics, [...RECORD, 'counts', 1, 'value'], 100_001, 'records.0.counts.bw: expected at most 100,000'],
    [logics, [...ZONE, 'records', 0, 'counts', 0, 'value'], -3, 'counts.balance: expected 0 or more'],
    [logics, [], {}, 'body: expected logics_data or live_data'],
  ];
  const cases = lacking.map(([document, path, value, detail]) => ({ document, path, value, detail }));
  test.each(cases)('is refused: $detail', ({ document, path, value, detail }) => {
    const { readings, refusals } = decode(changedDocument(document, path, value));
    expect(refusals).toEqual([{ reason: 'not-a-reading', detail: expect.stringContaining(detail) }]);
    expect(readings.length).toBeLessThan(decode(document).readings.length);
  });

  test('takes no good one with it', () => {
    const bad = changedDocument(logics, [...LINE, 'records', 0, 'to'], 'later');
    expect(decode(bad).readings).toEqual(decode(logics).readings.slice(0, 1));
  });
});
