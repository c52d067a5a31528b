import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openStore } from '../../../cloud/store/open-store.ts';

const now = () => 0;

test.each(['', 'sqlite:', 'mysql://root@localhost/vitrine', '/data/vitrine.db', 'file:vitrine.db'])(
  'a url that names no engine is refused with a word on what is expected: %j',
  async (url) => {
    await expect(openStore(url, { now })).rejects.toMatchObject({
      code: 'ERR_STORE_URL',
      message: expect.stringMatching(/sqlite:.*postgres:/),
    });
  },
);

test('a file that cannot be opened is an error with a code and a cause', async () => {
  await expect(openStore('sqlite:/dev/null/vitrine.db', { now })).rejects.toMatchObject({
    code: 'ERR_STORE_UNAVAILABLE',
    cause: expect.any(Error),
  });
});

test('a PostgreSQL that cannot be reached is an error with a code, and the password is not in it', async () => {
  // Nothing listens on port 1.
  const opening = openStore('postgres://vitrine:open-sesame@127.0.0.1:1/vitrine', { now });
  await expect(opening).rejects.toMatchObject({ code: 'ERR_STORE_UNAVAILABLE', cause: expect.any(Error) });
  await opening.catch((error: unknown) => expect(JSON.stringify(error) + error).not.toContain('sesame'));
});

const opened = async (url: string) => {
  const openStoreFile = resolve(import.meta.dirname, '../../../cloud/store/open-store.ts');
  const program = `
    import { openStore } from ${JSON.stringify(openStoreFile)};
    await openStore(${JSON.stringify(url)}, { now: () => 0 }).catch((error) => console.log(error.code + ' ' + error.message));`;
  const flags = ['--no-experimental-sqlite', '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  return stdout.trim();
};

test('where Node has no node:sqlite, a SQLite database is refused in plain words and PostgreSQL is not in need of it', async () => {
  expect(await opened('sqlite:/nowhere/vitrine.db')).toMatch(/^ERR_STORE_NO_SQLITE .*has no node:sqlite/);
  expect(await opened('postgres://127.0.0.1:1/vitrine')).toMatch(/^ERR_STORE_UNAVAILABLE/);
});
