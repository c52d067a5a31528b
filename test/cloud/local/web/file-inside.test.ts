import { readFileSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileInside } from '../../../../cloud/local/web/file-inside.ts';
import { aSignPage, SECRET } from '../../../support/sign-page.ts';

const step = fc.constantFrom(
  ...[
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    '%252e%252e',
    '%00',
    '\\',
    '%5c',
    '..%5c',
    '%2f',
    '/',
    '//',
    'C:',
    '%',
    '%ff',
    '~',
  ],
  ...[
    'secret.txt',
    'sign',
    'sign-secret',
    'assets',
    'index.html',
    'link.txt',
    'up',
    'twin',
    '.env',
    'sign-a1b2.js',
    'etc/passwd',
  ],
);
const path = fc
  .array(step, { maxLength: 8 })
  .chain((steps) => fc.constantFrom('/', '').map((between) => `/${steps.join(between)}`));

test('no path, however it is written, leads out of the page or to a hidden file', async () => {
  using page = aSignPage();
  const root = realpathSync(page.folder) + sep;
  await fc.assert(
    fc.asyncProperty(path, async (path) => {
      const found = await fileInside(page.folder, path);
      if (found.kind !== 'file') return;
      expect(found.file.startsWith(root)).toBe(true);
      expect(readFileSync(found.file, 'utf8')).not.toBe(SECRET);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  '/link.txt',
  '/up/secret.txt',
  '/twin/secret.txt',
  '/../secret.txt',
  '/../sign-secret/secret.txt',
  '/.env',
  '/assets',
  '/assets/',
])('%s is not there', async (path) => {
  using page = aSignPage();
  expect(await fileInside(page.folder, path)).toEqual({ kind: 'not-found' });
});

test('what is there is found, also by an encoded name', async () => {
  using page = aSignPage();
  for (const path of ['/', '/index.html', '/assets/sign-a1b2.js', '/%61ssets/sign-a1b2.js']) {
    expect(await fileInside(page.folder, path)).toMatchObject({ kind: 'file' });
  }
});
