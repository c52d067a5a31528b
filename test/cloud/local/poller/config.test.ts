import { expect, test } from 'vitest';
import { pollerConfigOf } from '../../../../cloud/local/poller/config.ts';

const CAMERA = {
  sensorId: 'hall-1',
  url: 'http://10.0.0.7/cgi-bin/videoStatServer.cgi?action=getSummary&channel=1',
  ingestKey: 'k-1',
};
const config = (camera: object = {}, rest: object = {}) =>
  JSON.stringify({ cloudUrl: 'http://127.0.0.1:7071/', cameras: [{ ...CAMERA, ...camera }], ...rest });

const complaint = (text: string): string => {
  try {
    pollerConfigOf(text);
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${error.code} ${error.message}` : 'another error';
  }
};

test('a camera is asked every five seconds without a login, unless told otherwise', () => {
  expect(pollerConfigOf(config())).toEqual({
    cloudUrl: 'http://127.0.0.1:7071',
    cameras: [{ sensorId: 'hall-1', url: CAMERA.url, ingestKey: 'k-1', login: null, everyMs: 5_000 }],
  });
  expect(pollerConfigOf(config({ everySeconds: 60, user: 'u', password: 'p:"' })).cameras[0]).toMatchObject({
    everyMs: 60_000,
    login: { user: 'u', password: 'p:"' },
  });
});

test.each([
  [config({ everySeconds: 1 }), 'cameras.0.everySeconds: expected 2 to 3600'],
  [config({ everySeconds: 3_601 }), 'cameras.0.everySeconds: expected 2 to 3600'],
  [config({ everySecond: 9 }), 'cameras.0: Unrecognized key: "everySecond"'],
  [
    config({ url: 'ftp://10.0.0.7/' }),
    'cameras.0.url: expected an address that starts with http:// or https://',
  ],
  [config({ url: 'a camera' }), 'cameras.0.url: expected an address that starts with http:// or https://'],
  [config({ url: 'http://me:secret@10.0.0.7/' }), 'cameras.0.url: expected no user in the address'],
  [config({ sensorId: 'a/b' }), 'cameras.0.sensorId: expected 1 to 128 of letters'],
  [config({ user: 'me' }), 'cameras.0.password: expected both user and password, or neither'],
  [config({ user: 'me:you', password: 'secret' }), 'cameras.0.user: expected up to 64 ASCII characters'],
  [config({ ingestKey: 'two words' }), 'cameras.0.ingestKey: expected the ingest key of the sensor'],
  [config({ ingestKey: undefined }), 'cameras.0.ingestKey: expected the ingest key of the sensor'],
  [config({}, { cameras: [] }), 'cameras: expected at least one camera'],
  [config({}, { cloudUrl: 'http://127.0.0.1:7071/?a' }), 'cloudUrl: expected an address without ? and #'],
  [config({}, { clouds: 1 }), 'Unrecognized key: "clouds"'],
  ['{"password": "secret', 'expected JSON'],
])(
  'a configuration that is wrong is refused by the name of its field, without what it holds: %#',
  (text, words) => {
    expect(complaint(text)).toContain(`ERR_OPTIONS ${words}`);
    expect(complaint(text)).not.toContain('secret');
  },
);
