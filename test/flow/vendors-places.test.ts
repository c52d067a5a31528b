import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { sensorMessageText } from '../support/sensor-message.ts';
import { AXIS_3D, changed, HIKVISION_INTERVAL } from '../support/vendor-messages.ts';
import {
  ingestKey,
  type Placed,
  pushed,
  vendorStore,
  vendorStoreDescription,
  type Way,
} from '../support/vendor-store.ts';

const contentType = 'application/json';
const BEFORE = { hall: 50, back: 50 };

let cloud: CloudProcess;
beforeAll(async () => {
  cloud = await startCloudProcess();
});
afterAll(() => cloud[Symbol.asyncDispose]());

let stores = 0;
async function placedCamera(placed: (id: string) => Placed) {
  stores += 1;
  const sensorId = `camera-${stores}`;
  const store = await vendorStore(cloud, `store-${stores}`, placed(sensorId));
  const zonesAfter = async (body: string) => {
    expect((await store.push(sensorId, { body, contentType })).status).toBe(200);
    return store.zones();
  };
  return { ...store, sensorId, zonesAfter, rejected: () => store.rejectedOf(sensorId) };
}

describe('a sensor with several lines', () => {
  test('Milesight VS133: line 1 counts at one door and line 2 at another, and no other line anywhere', async () => {
    const camera = await placedCamera((id) => ({
      main: { id, line: 'line_1' },
      side: { id, line: 'line_2', flipped: true },
    }));
    const uplink = (frame: number, totals: readonly number[]) =>
      changed(
        'milesight-vs133-things-stack.json',
        [['received_at'], `2026-11-21T11:${10 + frame}:54Z`],
        [['uplink_message', 'f_cnt'], frame],
        [
          ['uplink_message', 'decoded_payload'],
          Object.fromEntries(
            totals.map((total, at) => [
              `line_${Math.floor(at / 2) + 1}_total_${at % 2 === 0 ? 'in' : 'out'}`,
              total,
            ]),
          ),
        ],
      );
    expect(await camera.zonesAfter(uplink(1, [72, 200, 10, 10, 5, 5]))).toEqual(BEFORE);
    expect(await camera.zonesAfter(uplink(2, [75, 201, 11, 15, 99, 5]))).toEqual({ hall: 52, back: 54 });
    expect(await camera.zonesAfter(uplink(3, [75, 201, 11, 15, 99, 5]))).toEqual({ hall: 52, back: 54 });
    expect(await camera.rejected()).toEqual([]);
  });

  test('Milesight VS133 through ChirpStack: a line at a door, and the people in a region', async () => {
    const camera = await placedCamera((id) => ({
      main: { id, line: 'line_4' },
      stage: { id, line: 'region_2' },
    }));
    const fixture = 'milesight-vs133-chirpstack.json';
    const after = { hall: 48, back: 50, stage: 16 };
    expect(await camera.zonesAfter(sensorMessageText(fixture))).toEqual(after);
    expect(await camera.zonesAfter(sensorMessageText(fixture))).toEqual(after);
    const later = Buffer.from('0fe302090709', 'hex').toString('base64');
    const uplink = changed(fixture, [['fCnt'], 35], [['time'], '2026-11-21T11:20:54Z'], [['data'], later]);
    expect(await camera.zonesAfter(uplink)).toEqual({ ...after, stage: 9 });
    expect(await camera.zonesAfter(sensorMessageText(fixture))).toEqual({ ...after, stage: 9 });
    expect(await camera.rejected()).toEqual([]);
  });

  test('ChirpStack tells of a join as well: the sensor is not refused, and nobody is counted', async () => {
    const camera = await placedCamera((id) => ({ main: { id, model: 'milesight' } }));
    const joined = changed(
      'milesight-vs133-chirpstack.json',
      [['data'], undefined],
      [['fPort'], undefined],
      [['fCnt'], undefined],
    );
    expect(await camera.zonesAfter(joined)).toEqual(BEFORE);
    expect(await camera.rejected()).toEqual([]);
  });

  test('Xovis: a line at a door, and the balance of a zone', async () => {
    const camera = await placedCamera((id) => ({
      inner: { id, line: 'Line 0' },
      stage: { id, line: 'Zone 0' },
    }));
    const fixture = 'xovis-logics-data.json';
    expect(await camera.zonesAfter(sensorMessageText(fixture))).toEqual({ hall: 48, back: 52, stage: 0 });
    const record = ['logics_data', 'logics', 0, 'records', 0] as const;
    const later = changed(
      fixture,
      [[...record, 'from'], 1_645_792_920_000],
      [[...record, 'to'], 1_645_792_980_000],
      [[...record, 'counts', 0, 'value'], 4],
    );
    expect(await camera.zonesAfter(later)).toEqual({ hall: 48, back: 52, stage: 4 });
    expect(await camera.zonesAfter(later)).toEqual({ hall: 48, back: 52, stage: 4 });
    expect(await camera.rejected()).toEqual([]);
  });

  test('Azure spatial analysis: how many are there, and a correction of it is refused', async () => {
    const camera = await placedCamera((id) => ({ stage: { id, model: 'azure-spatial-analysis' } }));
    const fixture = 'azure-spatial-analysis-person-count.json';
    expect(await camera.zonesAfter(sensorMessageText(fixture))).toEqual({ ...BEFORE, stage: 2 });
    expect(await camera.zonesAfter(sensorMessageText(fixture))).toEqual({ ...BEFORE, stage: 2 });
    const empty = changed(
      fixture,
      [['events', 0, 'id'], 'b013c2059577418caa826844223bb50c'],
      [['events', 0, 'properties', 'personCount'], 0],
      [['sourceInfo', 'timestamp'], '2020-08-24T06:07:57.224Z'],
    );
    expect(await camera.zonesAfter(empty)).toEqual({ ...BEFORE, stage: 0 });
    const set = { kind: 'set', people: 9, zone: 'stage', by: 'Ana' };
    const refused = await cloud.call('POST', API_PATHS.corrections(`store-${stores}`), set);
    expect(refused.status).toBe(400);
    expect(await camera.zones()).toEqual({ ...BEFORE, stage: 0 });
  });
});

describe('a push', () => {
  const body = AXIS_3D.moving;

  test.each<Way>(['header', 'basic', 'path'])(
    'with a wrong key in its %s, or the key of another sensor, is refused and counts nobody',
    async (way) => {
      const camera = await placedCamera((id) => ({ main: { id } }));
      const other = await placedCamera((id) => ({ main: { id } }));
      const othersKey = await ingestKey(cloud, other.sensorId);
      for (const key of [randomBytes(32).toString('base64url'), othersKey, '']) {
        const response = await pushed(cloud, camera.sensorId, key, { body, contentType, way });
        expect(response.status).toBe(401);
        expect(await response.json()).toMatchObject({ code: 'bad-key' });
      }
      expect(await camera.zones()).toEqual(BEFORE);
      expect(await camera.rejected()).toEqual([]);
      expect((await pushed(cloud, other.sensorId, othersKey, { body, contentType, way })).status).toBe(200);
      expect(await other.zones()).toEqual({ ...BEFORE, hall: 49 });
    },
  );

  test('with a key that was replaced is refused; a sensor that no store names gets none', async () => {
    const camera = await placedCamera((id) => ({ main: { id } }));
    const old = await ingestKey(cloud, camera.sensorId);
    const key = await ingestKey(cloud, camera.sensorId);
    const push = { body, contentType };
    expect((await pushed(cloud, camera.sensorId, old, push)).status).toBe(401);
    expect((await pushed(cloud, camera.sensorId, key, push)).status).toBe(200);
    expect(await camera.zones()).toEqual({ ...BEFORE, hall: 49 });
    const nobody = await cloud.call('POST', API_PATHS.ingestKey('nobody-1'));
    expect(nobody.status).toBe(404);
    expect((await fetch(`${cloud.ready().httpUrl}${API_PATHS.ingestKey(camera.sensorId)}`)).status).toBe(405);
  });

  test.each([
    ['text/plain', 'what is this?', 'not-json'],
    ['application/xml', '<EventNotificationAlert><enter>3', 'not-xml'],
    ['application/json', '{"temperature":21}', 'not-a-reading'],
    ['application/octet-stream', '\u0000\u0001binary', 'not-json'],
  ])(
    'of %s that nobody understands is taken, and kept whole with its reason',
    async (type, garbage, reason) => {
      const camera = await placedCamera((id) => ({ main: { id } }));
      const response = await camera.push(camera.sensorId, { body: garbage, contentType: type });
      expect(response.status).toBe(200);
      expect(await camera.zones()).toEqual(BEFORE);
      expect(await camera.rejected()).toMatchObject([{ reason, body: garbage, encoding: 'utf-8', times: 1 }]);
    },
  );

  test('of another make than its sensor is named is refused by name, and counts once it is named right', async () => {
    const camera = await placedCamera((id) => ({ main: { id, model: 'axis' } }));
    const alert = { body: HIKVISION_INTERVAL.moving, contentType: 'application/xml' };
    expect((await camera.push(camera.sensorId, alert)).status).toBe(200);
    expect(await camera.zones()).toEqual(BEFORE);
    expect(await camera.rejected()).toMatchObject([
      {
        reason: 'not-recognised',
        detail: expect.stringContaining('expected JSON of a sensor of model axis, got XML'),
      },
    ]);
    const named = vendorStoreDescription({ main: { id: camera.sensorId, model: 'hikvision' } });
    await cloud.putStore(`store-${stores}`, named);
    for (const replayed of [1, 0]) {
      const answer = await cloud.call('POST', API_PATHS.replay, { sensorId: camera.sensorId });
      expect(await answer.json()).toEqual({ replayed, stillRejected: 0 });
      expect(await camera.zones()).toEqual({ ...BEFORE, hall: 52 });
    }
    expect(await camera.rejected()).toEqual([]);
  });
});
