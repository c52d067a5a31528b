import { describe, expect, test } from 'vitest';
import { milesight } from '../../../cloud/sensors/milesight.ts';
import { NOON_MS } from '../../support/builders.ts';
import { changedDocument, type Path } from '../../support/changed-document.ts';
import chirpStack from '../../support/sensor-messages/milesight-vs133-chirpstack.json' with { type: 'json' };
import thingsStack from '../../support/sensor-messages/milesight-vs133-things-stack.json' with {
  type: 'json',
};

const envelope = { sensorId: 'street-1', enqueuedAtMs: NOON_MS, messageKey: 'e:0:7', contentType: null };
const decode = (document: unknown) => milesight.decode(document, envelope);
const common = { sensorId: 'street-1', boot: '', sequence: null, enqueuedAtMs: NOON_MS };
const NOTHING = { readings: [], refusals: [] };

const RECEIVED_MS = Date.parse('2026-11-21T11:10:54.594Z');
const DECODED: Path = ['uplink_message', 'decoded_payload'];
const BYTES: Path = ['uplink_message', 'frm_payload'];
const base64 = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('base64');
/** What The Things Stack passes on where it has no decoder for the device. */
const bytes = (hex: string) =>
  changedDocument(changedDocument(thingsStack, DECODED, undefined), BYTES, base64(hex));

test('a line’s totals, decoded by The Things Stack', () => {
  expect(decode(thingsStack)).toEqual({
    readings: [
      {
        ...common,
        kind: 'cumulative',
        line: 'line_1',
        key: `milesight:24E124000000A001:33:${RECEIVED_MS}:72:200:line_1`,
        deviceAtMs: RECEIVED_MS,
        in: 72,
        out: 200,
        wrapsAt: 4_294_967_296,
      },
    ],
    refusals: [],
  });
});

test('the same totals, decoded here', () => {
  expect(decode(changedDocument(thingsStack, DECODED, undefined))).toEqual(decode(thingsStack));
  expect(decode(changedDocument(thingsStack, DECODED, { bytes: [3, 210] }))).toEqual(decode(thingsStack));
});

test('a line’s period and four regions, as ChirpStack passes them on', () => {
  const passed = { ...common, deviceAtMs: RECEIVED_MS };
  const key = `milesight:24e124000000a002:34:${RECEIVED_MS}`;
  expect(decode(chirpStack)).toEqual({
    readings: [
      { ...passed, kind: 'increment', line: 'line_4', key: `${key}:5:7:line_4`, in: 5, out: 7 },
      { ...passed, kind: 'absolute', line: 'region_1', key: `${key}:2:region_1`, people: 2 },
      { ...passed, kind: 'absolute', line: 'region_2', key: `${key}:16:region_2`, people: 16 },
      { ...passed, kind: 'absolute', line: 'region_3', key: `${key}:7:region_3`, people: 7 },
      { ...passed, kind: 'absolute', line: 'region_4', key: `${key}:9:region_4`, people: 9 },
    ],
    refusals: [],
  });
});

test('ChirpStack’s own decoding is taken before its bytes', () => {
  const decoded = changedDocument(chirpStack, ['object'], { line_2_period_in: 1, line_2_period_out: 0 });
  expect(decode(decoded).readings).toMatchObject([{ kind: 'increment', line: 'line_2', in: 1, out: 0 }]);
});

test('all four lines have their channels', () => {
  const totals =
    '03D248000000 04D2C8000000 06D201000000 07D202000000 09D203000000 0AD204000000 0CD2B4140000 0DD28D1A0000';
  expect(decode(bytes(totals)).readings).toMatchObject([
    { line: 'line_1', in: 72, out: 200 },
    { line: 'line_2', in: 1, out: 2 },
    { line: 'line_3', in: 3, out: 4 },
    { line: 'line_4', in: 5300, out: 6797 },
  ]);
  const periods = '05CC01000200 08CC03000400 0BCC05000600 0ECC07000801';
  expect(decode(bytes(periods)).readings).toMatchObject([
    { kind: 'increment', line: 'line_1', in: 1, out: 2 },
    { kind: 'increment', line: 'line_2', in: 3, out: 4 },
    { kind: 'increment', line: 'line_3', in: 5, out: 6 },
    { kind: 'increment', line: 'line_4', in: 7, out: 264 },
  ]);
});

test('a line with totals and a period in one payload is counted by its totals; another by its period', () => {
  expect(decode(bytes('03D248000000 04D2C8000000 05CC05000700 08CC01000000')).readings).toMatchObject([
    { kind: 'cumulative', line: 'line_1', in: 72, out: 200 },
    { kind: 'increment', line: 'line_2', in: 1, out: 0 },
  ]);
});

test('children, dwell times, alarms and what the device is are read past', () => {
  const children = '11D209000000 12D209000000 13CC01000100 1DE301010101';
  const rest = '10E40109101121 50FC000101 FF0101 FF166767E21831900021 FF09 0110 FF1F01020304 FEFF0102';
  expect(decode(bytes(`${children} ${rest} 05CC01000200`)).readings).toMatchObject([
    { line: 'line_1', in: 1, out: 2 },
  ]);
});

test('a channel of a later firmware takes nothing of what stands before it', () => {
  expect(decode(bytes('05CC01000200 7799AA')).readings).toMatchObject([{ line: 'line_1', in: 1, out: 2 }]);
});

test('the frame counter starts over when the device joins again; its readings are new all the same', () => {
  const rejoined = changedDocument(thingsStack, ['received_at'], '2026-11-22T11:10:54Z');
  expect(decode(rejoined).readings[0]?.key).not.toBe(decode(thingsStack).readings[0]?.key);
});

test('a frame counter of 0 may be left out, and the time of arrival too', () => {
  const first = changedDocument(thingsStack, ['uplink_message', 'f_cnt'], undefined);
  const { readings } = decode(changedDocument(first, ['received_at'], undefined));
  expect(readings).toMatchObject([
    { key: 'milesight:24E124000000A001:0:e:0:7:72:200:line_1', deviceAtMs: null },
  ]);
});

test('an uplink without a payload, or ChirpStack’s word of a join, is neither counted nor refused', () => {
  const { time, deviceInfo, devAddr } = chirpStack;
  expect(decode({ time, deviceInfo, devAddr })).toEqual(NOTHING);
  expect(decode(changedDocument(changedDocument(thingsStack, DECODED, undefined), BYTES, ''))).toEqual(
    NOTHING,
  );
});

describe('an uplink that lacks what counts', () => {
  const lacking: [unknown, string][] = [
    [changedDocument(thingsStack, ['end_device_ids'], undefined), 'end_device_ids: expected an object'],
    [changedDocument(thingsStack, ['uplink_message'], undefined), 'uplink_message: expected an object'],
    [changedDocument(thingsStack, ['received_at'], 'now'), 'received_at: expected ISO 8601'],
    [
      changedDocument(thingsStack, ['uplink_message', 'f_cnt'], -1),
      'uplink_message.f_cnt: expected 0 or more',
    ],
    [changedDocument(thingsStack, BYTES, 'A9JI!'), 'uplink_message.frm_payload: expected base64'],
    [
      changedDocument(thingsStack, [...DECODED, 'line_1_total_out'], undefined),
      'uplink_message.decoded_payload.line_1_total_out: expected a whole number',
    ],
    [
      changedDocument(thingsStack, [...DECODED, 'line_1_total_in'], '72'),
      'uplink_message.decoded_payload.line_1_total_in: expected a whole number',
    ],
    [
      changedDocument(chirpStack, ['object'], { region_2_count: -1 }),
      'object.region_2_count: expected 0 or more',
    ],
    [changedDocument(chirpStack, ['deviceInfo', 'devEui'], undefined), 'deviceInfo.devEui: expected text'],
    [changedDocument(chirpStack, ['data'], base64('77AA')), 'data: expected a payload of VS133 or VS135'],
    [bytes('03D24800'), 'uplink_message.frm_payload: expected 4 bytes from byte 2'],
    [bytes('03D2FFFFFFFF 04D200000000'), 'frm_payload.line_1_total_in: expected at most 1,000,000,000'],
    [bytes('03D248000000'), 'frm_payload.line_1_total_out: expected a whole number'],
    [bytes('04D2C8000000 05CC01000200'), 'frm_payload.line_1_total_in: expected a whole number'],
  ];
  const cases = lacking.map(([document, detail]) => ({ document, detail }));
  test.each(cases)('is refused: $detail', ({ document, detail }) => {
    const { readings, refusals } = decode(document);
    expect(readings).toEqual([]);
    expect(refusals).toEqual([{ reason: 'not-a-reading', detail: expect.stringContaining(detail) }]);
  });
});

test('an uplink is Milesight’s by what it counts, or by its maker’s addresses', () => {
  const strange = (document: unknown) =>
    changedDocument(changedDocument(document, ['deviceInfo', 'devEui'], '0004a30b0020da72'), ['object'], {
      count_in: 1,
    });
  expect(milesight.recognises(chirpStack)).toBe(true);
  expect(milesight.recognises(strange(chirpStack))).toBe(false);
  expect(
    milesight.recognises(changedDocument(strange(chirpStack), ['object'], { line_1_period_in: 1 })),
  ).toBe(true);
});
