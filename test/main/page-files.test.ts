import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOurs, isPage } from '../../main/page-address.ts';
import { createPageServer } from '../../main/page-files.ts';
import { aKioskFolder } from '../support/kiosk-folder.ts';

const SECRET = 'not for the page';

/** A built page, with secrets beside it, hidden in it, and linked to from it. */
async function servedPage() {
  const here = aKioskFolder();
  mkdirSync(here.path('kiosk/assets'), { recursive: true });
  mkdirSync(here.path('kiosk-secret'));
  writeFileSync(here.path('kiosk/index.html'), 'the page');
  writeFileSync(here.path('kiosk/assets/index-a1.js'), 'the script');
  for (const file of ['secret.html', 'kiosk-secret/secret.html', 'kiosk/.env', 'kiosk/settings.json'])
    writeFileSync(here.path(file), SECRET);
  symlinkSync(here.path('secret.html'), here.path('kiosk/link.html'));
  symlinkSync(here.folder, here.path('kiosk/up'));
  const serve = await createPageServer(here.path('kiosk'));
  return { ...here, serve };
}

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
    '%2f',
    '/',
    '//',
    '%',
    '%c0%ae',
    '\u2215',
  ],
  ...[
    'secret.html',
    'kiosk',
    'kiosk-secret',
    'assets',
    'index.html',
    'index-a1.js',
    'link.html',
    'up',
    '.env',
  ],
  ...['settings.json', 'etc/passwd', 'C:', '?', '#', '@', '\\\\host\\share'],
);
const origin = fc.constantFrom(
  'app://sign',
  'app://sign/',
  'app://sign:80',
  'app://other',
  'app://sign@x',
  'file://',
);
const url = fc
  .tuple(origin, fc.array(step, { maxLength: 8 }), fc.constantFrom('/', ''))
  .map(([origin, steps, between]) => `${origin}/${steps.join(between)}`);

test('no address, however it is written, gives anything but a file of the page', async () => {
  using page = await servedPage();
  await fc.assert(
    fc.asyncProperty(url, async (url) => {
      const response = await page.serve({ url, method: 'GET' });
      const text = await response.text();
      if (response.status === 200) expect(['the page', 'the script']).toContain(text);
      else expect([response.status, text]).toEqual([404, '']);
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  '/link.html',
  '/up/secret.html',
  '/.env',
  '/settings.json',
  '/',
  '/assets',
  '/../secret.html',
  '/%69ndex.html',
])('%s is not served', async (path) => {
  using page = await servedPage();
  expect((await page.serve({ url: `app://sign${path}`, method: 'GET' })).status).toBe(404);
});

test('what came into the folder after the start is not served', async () => {
  using page = await servedPage();
  linkSync(page.path('secret.html'), page.path('kiosk/late.html'));
  expect((await page.serve({ url: 'app://sign/late.html', method: 'GET' })).status).toBe(404);
});

test('a file comes with its media type and a policy that lets the page reach nobody', async () => {
  using page = await servedPage();
  const script = await page.serve({ url: 'app://sign/assets/index-a1.js?v=1#x', method: 'GET' });
  expect(await script.text()).toBe('the script');
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(script.headers.get('x-content-type-options')).toBe('nosniff');
  const policy = script.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'none'");
  expect(policy).not.toContain('unsafe');
});

test.each(['POST', 'PUT', 'HEAD', 'OPTIONS'])('%s is refused', async (method) => {
  using page = await servedPage();
  expect((await page.serve({ url: 'app://sign/index.html', method })).status).toBe(405);
});

test('an address is ours by its parts, not by how it begins', () => {
  expect(isPage('app://sign/index.html#x')).toBe(true);
  for (const address of [
    'app://sign.evil.example/index.html',
    'app://sign@evil.example/index.html',
    'app://evil@sign/index.html',
    'app://signature/index.html',
    'app://sign:99/index.html',
    'apps://sign/index.html',
    'https://sign/index.html',
    'about:blank',
    '',
  ]) {
    expect([address, isOurs(address)]).toEqual([address, false]);
  }
});
