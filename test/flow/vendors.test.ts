import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import {
  AXIS_3D,
  HIKVISION_INTERVAL,
  HIKVISION_TOTALS,
  SPATIAL_LINE,
  SPATIAL_ZONE,
  TERABEE_TOTALS,
  type VendorMessages,
  VIVOTEK,
  VS133_CHIRPSTACK,
  VS133_THINGS_STACK,
  XOVIS_LIVE,
  XOVIS_LOGICS,
} from '../support/vendor-messages.ts';
import { PEOPLE_BEFORE, type Placed, type Push, vendorStore } from '../support/vendor-store.ts';

/** A picture, as far as anybody looks at it. */
const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x0d, 0x0a, 0x2d, 0x2d, 0, 0xff, 0xd9]);

/** As ISAPI sends an alert with its picture: RFC 7578, the boundary without quotes. */
function withPicture(xml: string): Push {
  const head = (name: string, type: string) =>
    `--MIME_boundary\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(`${head('PeopleCounting.xml', 'application/xml; charset="UTF-8"')}${xml}\r\n`),
    Buffer.from(head('pictureImage.jpg', 'image/jpeg')),
    JPEG,
    Buffer.from('\r\n--MIME_boundary--\r\n'),
  ]);
  const contentType = 'multipart/form-data; boundary=MIME_boundary';
  return { body: Uint8Array.from(body), contentType, way: 'path' };
}

type Framed = (message: string) => Push;
const framed =
  (rest: Omit<Push, 'body'>): Framed =>
  (body) => ({ body, ...rest });
const JSON_TYPE = 'application/json';

/** Each as its vendor sends it: its content type, its framing, and the one way in which it can be given a key. */
const PUSHES: readonly (readonly [VendorMessages, Framed, how: string])[] = [
  [AXIS_3D, framed({ contentType: 'application/json; charset=utf-8', way: 'basic' }), 'JSON'],
  [HIKVISION_TOTALS, framed({ contentType: 'application/xml; charset="UTF-8"', way: 'path' }), 'XML'],
  [HIKVISION_INTERVAL, withPicture, 'XML beside a picture'],
  [VIVOTEK, framed({ contentType: JSON_TYPE, way: 'basic' }), 'JSON'],
  [XOVIS_LIVE, framed({ contentType: JSON_TYPE, way: 'basic' }), 'JSON'],
  [XOVIS_LOGICS, framed({ contentType: JSON_TYPE }), 'JSON'],
  [SPATIAL_LINE, framed({ contentType: JSON_TYPE }), 'JSON'],
  [SPATIAL_ZONE, framed({ contentType: 'text/plain' }), 'JSON'],
  [TERABEE_TOTALS, framed({ contentType: JSON_TYPE, way: 'path' }), 'JSON'],
  [
    VS133_THINGS_STACK,
    framed({
      contentType: JSON_TYPE,
      headers: {
        'user-agent': 'TheThingsStack/3.33.2',
        'x-tts-domain': 'store.eu1.cloud.thethings.industries',
      },
    }),
    'a webhook',
  ],
  [
    VS133_CHIRPSTACK,
    framed({ contentType: JSON_TYPE, query: '?event=up', headers: { 'user-agent': 'chirpstack' } }),
    'its HTTP integration',
  ],
];

let cloud: CloudProcess;
beforeAll(async () => {
  cloud = await startCloudProcess();
});
afterAll(() => cloud[Symbol.asyncDispose]());

let stores = 0;

describe.each(PUSHES)('$vendor', ({ model, start, moving, still, net }, pushOf, how) => {
  const before = { hall: PEOPLE_BEFORE, back: PEOPLE_BEFORE };
  const cases: readonly [string, (id: string) => Placed, object][] = [
    ['at a side door', (id) => ({ side: { id } }), { ...before, back: before.back + net }],
    [
      `at a door between two zones, its model named ${model}`,
      (id) => ({ inner: { id, model } }),
      { hall: before.hall - net, back: before.back + net },
    ],
    [
      'at the main door, the other way round',
      (id) => ({ main: { id, flipped: true } }),
      { ...before, hall: before.hall - net },
    ],
  ];

  test.each(cases)(
    `by HTTP as ${how}, %s, moves its zones once, however often it says so`,
    async (_, placed, after) => {
      stores += 1;
      const sensorId = `camera-${stores}`;
      const store = await vendorStore(cloud, `store-${stores}`, placed(sensorId));
      const send = async (message: string) => {
        const response = await store.push(sensorId, pushOf(message));
        expect(response.status).toBe(200);
        return store.zones();
      };
      expect(await store.zones()).toEqual(before);
      for (const message of start) expect(await send(message)).toEqual(before);
      expect(await send(moving)).toEqual(after);
      expect(await send(moving)).toEqual(after);
      for (const message of still) expect(await send(message)).toEqual(after);
      expect(await store.rejectedOf(sensorId)).toEqual([]);
    },
  );
});
