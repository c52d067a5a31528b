import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { signIdOf } from '../../cloud/client/sign-identity.ts';
import { KEY_FILE, signIdentityIn } from '../../main/credentials.ts';
import { aKioskFolder } from '../support/kiosk-folder.ts';

const log = pino({ level: 'silent' });
const signIn = async (folder: string) => signIdOf((await signIdentityIn(folder, log)).publicKey);

test('a device is the same sign at every start, by a key that its owner alone can read', async () => {
  using here = aKioskFolder();
  const first = await signIn(here.folder);
  expect(await signIn(here.folder)).toBe(first);
  expect(statSync(here.path(KEY_FILE)).mode & 0o777).toBe(0o600);
  expect(readdirSync(here.folder)).toEqual([KEY_FILE]);
});

test('a kept key signs', async () => {
  using here = aKioskFolder();
  await signIn(here.folder);
  const { sign, publicKey } = await signIdentityIn(here.folder, log);
  const signId = await signIdOf(publicKey);
  const assertion = { audience: 'vitrine', sign: signId, nonce: 'n', purpose: 'negotiate' } as const;
  expect((await sign(assertion)).split('.')).toHaveLength(3);
});

test.each([
  ['empty', () => ''],
  ['torn', (text: string) => text.slice(0, text.length / 2)],
  [
    'changed by a letter',
    (text: string) => text.replace(/(?<="d":")./, (letter) => (letter === 'A' ? 'B' : 'A')),
  ],
])('a key file that is %s is set aside, and the device becomes a new sign', async (_how, damage) => {
  using here = aKioskFolder();
  const first = await signIn(here.folder);
  const damaged = damage(readFileSync(here.path(KEY_FILE), 'utf8'));
  writeFileSync(here.path(KEY_FILE), damaged);
  const second = await signIn(here.folder);
  expect(second).not.toBe(first);
  expect(await signIn(here.folder)).toBe(second);
  expect(readFileSync(here.path(`${KEY_FILE}.broken`), 'utf8')).toBe(damaged);
});

test('where the folder takes no file the device is a sign until it stops', async () => {
  using here = aKioskFolder();
  expect(await signIn(here.path('nowhere'))).toMatch(/^s-/);
});
