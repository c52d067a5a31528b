import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { openMqttSensor } from '../support/mqtt-sensor.ts';
import { sensorMessageText } from '../support/sensor-message.ts';
import {
  AXIS_CROSSLINE,
  changed,
  SPATIAL_LINE,
  type VendorMessages,
  VS125_TOTALS,
  VS125_TRIGGER,
} from '../support/vendor-messages.ts';
import { PEOPLE_BEFORE, type Placed, vendorStore } from '../support/vendor-store.ts';

const BEFORE = { hall: PEOPLE_BEFORE, back: PEOPLE_BEFORE };
const JSON_DECLARED = '$.ct=application%2Fjson&$.ce=utf-8';

let cloud: CloudProcess;
beforeAll(async () => {
  cloud = await startCloudProcess();
});
afterAll(() => cloud[Symbol.asyncDispose]());

let stores = 0;
async function placedSensor(placed: (id: string) => Placed, properties = '') {
  stores += 1;
  const sensorId = `camera-${stores}`;
  const store = await vendorStore(cloud, `store-${stores}`, placed(sensorId));
  const sensor = await openMqttSensor(cloud, store.sensors.get(sensorId) ?? '', properties);
  const zonesAfter = async (message: string) => {
    await sensor.send(message);
    return store.zones();
  };
  return { sensor, zonesAfter, rejected: () => store.rejectedOf(sensorId) };
}

const SENDERS: readonly (readonly [VendorMessages, string])[] = [
  [VS125_TOTALS, ''],
  [VS125_TRIGGER, JSON_DECLARED],
  [AXIS_CROSSLINE, ''],
  // The container of an IoT Edge device hands it on like this.
  [SPATIAL_LINE, JSON_DECLARED],
];

describe.each(SENDERS)('$vendor', ({ model, start, moving, still, net }, properties) => {
  test.each<readonly [string, (id: string) => Placed, object]>([
    ['at a side door', (id) => ({ side: { id } }), { ...BEFORE, back: BEFORE.back + net }],
    [
      `at a door between two zones, its model named ${model}`,
      (id) => ({ inner: { id, model } }),
      { hall: BEFORE.hall - net, back: BEFORE.back + net },
    ],
    [
      'at the main door, the other way round',
      (id) => ({ main: { id, flipped: true } }),
      { ...BEFORE, hall: BEFORE.hall - net },
    ],
  ])('over MQTT, %s, moves its zones once, however often it says so', async (_, placed, after) => {
    const { sensor, zonesAfter, rejected } = await placedSensor(placed, properties);
    await using _sensor = sensor;
    for (const message of start) expect(await zonesAfter(message)).toEqual(BEFORE);
    expect(await zonesAfter(moving)).toEqual(after);
    expect(await zonesAfter(moving)).toEqual(after);
    for (const message of still) expect(await zonesAfter(message)).toEqual(after);
    expect(await rejected()).toEqual([]);
  });
});

test('AXIS Object Analytics: a door counts IN by one line and OUT by another, and a stage by who stands on it', async () => {
  const { sensor, zonesAfter, rejected } = await placedSensor((id) => ({
    main: { id, line: 'Device1Scenario2' },
    side: { id, line: 'Device1Scenario3', flipped: true },
    stage: { id, line: 'Device1Scenario1' },
  }));
  await using _sensor = sensor;
  const crossline = 'axis-object-analytics-crossline.json';
  const crossed = (scenario: number, minute: number, total: string) =>
    changed(
      crossline,
      [['topic'], `axis:CameraApplicationPlatform/ObjectAnalytics/Device1Scenario${scenario}`],
      [['timestamp'], 1_645_568_542_222 + minute * 60_000],
      [['message', 'data', 'totalHuman'], total],
    );
  const occupancy = 'axis-object-analytics-occupancy.json';
  const standing = changed(
    occupancy,
    [['timestamp'], 1_645_568_999_222],
    [['message', 'data', 'human'], '2'],
  );
  await sensor.send(crossed(2, 0, '4'));
  await sensor.send(crossed(3, 0, '1'));
  expect(await zonesAfter(crossed(2, 1, '7'))).toEqual({ ...BEFORE, hall: 53, stage: 0 });
  expect(await zonesAfter(crossed(3, 1, '3'))).toEqual({ hall: 53, back: 48, stage: 0 });
  expect(await zonesAfter(sensorMessageText(occupancy))).toEqual({ hall: 53, back: 48, stage: 7 });
  expect(await zonesAfter(standing)).toEqual({ hall: 53, back: 48, stage: 2 });
  expect(await zonesAfter(sensorMessageText(occupancy))).toEqual({ hall: 53, back: 48, stage: 2 });
  expect(await rejected()).toEqual([]);
});
