import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCommandLine } from '../../main/command-line.ts';
import { readSettings, SettingsError } from '../../main/settings.ts';
import { aKioskFolder } from '../support/kiosk-folder.ts';

const given = (...args: readonly string[]) => parseCommandLine(args, { underTest: false });

function settingsFrom(text: string | undefined, ...args: readonly string[]) {
  using here = aKioskFolder();
  const file = here.path('settings.json');
  if (text !== undefined) writeFileSync(file, text);
  const broken: string[] = [];
  const settings = readSettings(here.folder, given(...args), (why) => broken.push(why));
  const aside = `${file}.broken`;
  return { settings, broken, aside: existsSync(aside) ? readFileSync(aside, 'utf8') : undefined };
}

test('a kiosk without settings has a cloud of its own', () => {
  expect(settingsFrom(undefined)).toEqual({
    settings: { cloud: 'embedded', embedded: { data: 'cloud', httpPort: 7071, iotHubPort: 8883 } },
    broken: [],
    aside: undefined,
  });
});

test('the file names the cloud, and the command line wins over the file', () => {
  const file = JSON.stringify({ cloud: 'https://signs.example/api', embedded: { httpPort: 80 } });
  expect(settingsFrom(file).settings).toMatchObject({
    cloud: 'https://signs.example/api',
    embedded: { httpPort: 80 },
  });
  const { settings } = settingsFrom(
    file,
    '--cloud=embedded',
    '--http-port=0',
    '--data=/var/lib/vitrine',
    '--demonstration-store-group=demo',
  );
  expect(settings).toMatchObject({
    cloud: 'embedded',
    embedded: { httpPort: 0, data: '/var/lib/vitrine', demonstrationStoreGroup: 'demo' },
  });
});

test('the authority of a private cloud is a file: of the settings in the folder, of the command line where it is said', () => {
  using here = aKioskFolder();
  writeFileSync(
    here.path('settings.json'),
    JSON.stringify({ cloud: 'https://shop-pc:7071', authority: 'ca.pem' }),
  );
  const read = (...args: readonly string[]) => readSettings(here.folder, given(...args), () => {});
  expect(read().authority).toBe(here.path('ca.pem'));
  expect(read('--cloud-authority=other/ca.pem').authority).toBe(resolve('other/ca.pem'));
});

test('a kiosk with a cloud of its own may serve the network with it', () => {
  const embedded = { host: '0.0.0.0', names: ['shop-pc.lan'], certificate: { chain: 'c.pem', key: 'k.pem' } };
  expect(settingsFrom(JSON.stringify({ embedded })).settings.embedded).toMatchObject(embedded);
  expect(settingsFrom(JSON.stringify({ embedded: { certificate: { chain: 'c.pem' } } })).broken).toHaveLength(
    1,
  );
});

test.each(['http://signs.example', 'ftp://signs.example', 'signs.example', 'file:///etc/passwd', ''])(
  'a count does not come from %j',
  (cloud) => {
    expect(() => settingsFrom(undefined, `--cloud=${cloud}`)).toThrow(SettingsError);
    expect(settingsFrom(JSON.stringify({ cloud })).broken).toHaveLength(1);
  },
);

test.each(['http://localhost:7071', 'http://127.0.0.1:7071', 'http://[::1]:7071'])(
  '%s is on this machine and needs no TLS',
  (cloud) => {
    expect(settingsFrom(undefined, `--cloud=${cloud}`).settings.cloud).toBe(cloud);
  },
);

test.each(['', '{', 'null', '[]', '{"cloud":7}', '{"clowd":"embedded"}', '{"embedded":{"httpPort":70000}}'])(
  'settings that say %j are set aside as they were, and the kiosk starts',
  (text) => {
    const { settings, broken, aside } = settingsFrom(text);
    expect(settings.cloud).toBe('embedded');
    expect(broken).toHaveLength(1);
    expect(aside).toBe(text);
  },
);

test('no settings file, whatever is in it, keeps a kiosk from starting', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
      expect(settingsFrom(text).settings.embedded.httpPort).toBeTypeOf('number');
    }),
    { numRuns: 200 },
  );
});
