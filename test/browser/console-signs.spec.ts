import type { Page } from '@playwright/test';
import type { ListedSign } from '../../cloud/contracts/fleet.ts';
import { refusal } from '../../cloud/functions/http-answers.ts';
import {
  aCommand,
  aSign,
  darkSign,
  known,
  NOW_MS,
  painted,
  staleSign,
  waitingSign,
} from '../renderer/console/signs/known-signs.ts';
import { axeViolations } from './console/axe-violations.ts';
import { expect, watchedTest } from './console/console-test.ts';
import type { Known } from './console-signs/mount.ts';
import { serveFixture } from './console-signs/serve-fixture.ts';

type WorkerFixtures = { fixtureUrl: string };

const test = watchedTest.extend<object, WorkerFixtures>({
  fixtureUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const served = await serveFixture();
      await use(served.url);
      await served.close();
    },
    { scope: 'worker' },
  ],
});

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const { report } = aSign('Rua side');
const inSants = report && { ...report, painted: painted({ storeId: 'sants', storeGroupId: 'sants' }) };
const SIGNS: readonly ListedSign[] = [
  aSign('Main entrance', { commands: [aCommand({ status: 'done', statusAtMs: NOW_MS - 1_600 })] }),
  staleSign('Front door'),
  darkSign('Passage'),
  aSign('Rua side', {
    storeGroupId: 'sants',
    report: inSants,
    state: 'still',
    why: 'It may show its last figure until 16:42',
    connections: 0,
    heardAtMs: NOW_MS - 1_200_000,
  }),
  waitingSign(),
];
const mara = { personId: 'p-mara12345', name: 'Mara', role: 'manager', storeIds: null } as const;
const knownNow: Known = { nowMs: NOW_MS, overview: known, signs: SIGNS, person: mara };

async function show(
  page: Page,
  url: string,
  what: 'signs' | 'pair',
  options = {},
  facts = knownNow,
): Promise<void> {
  await page.goto(url);
  await page.evaluate(([which, all, how]) => window.show(which, all, how), [what, facts, options] as const);
}

const axeFindings = async (page: Page) => {
  const violations = await axeViolations(page, {
    rules: { region: { enabled: false }, bypass: { enabled: false } },
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
};
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const names = (page: Page) => page.locator('.signs-t .c-name a').allTextContents();

test('the list has the worst first and says how many confirmed a fresh figure', async ({
  page,
  fixtureUrl,
}) => {
  await page.setViewportSize(SIZES.desk);
  await show(page, fixtureUrl, 'signs');
  await expect(
    page.getByText('1 of 4 confirmed a fresh figure from their own glass. 1 waits for a place.'),
  ).toBeVisible();
  expect(await names(page)).toEqual(['Passage', 'Front door', 'Rua side', 'Main entrance']);
  await expect(page.getByRole('region', { name: 'Waits for a place' })).toContainText('Pair it');
});

test('chips and text narrow the list', async ({ page, fixtureUrl }) => {
  await show(page, fixtureUrl, 'signs');
  await page.getByRole('button', { name: '1 dark' }).click();
  expect(await names(page)).toEqual(['Passage']);
  await page.getByRole('button', { name: '1 dark' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('sants');
  await expect(page.locator('.signs-t .c-name a')).toHaveText(['Rua side']);
  await page.getByLabel('Filter signs').fill('nothing like it');
  await expect(page.getByText('No sign is like that.')).toBeVisible();
});

test('a command for selected signs keeps a receipt of each, and it follows what the glass says', async ({
  page,
  fixtureUrl,
}) => {
  await page.route('**/api/fleet/commands', async (route) => {
    const { signIds } = route.request().postDataJSON() as { signIds: string[] };
    await route.fulfill({ json: { results: signIds.map((signId) => ({ signId, refused: null })) } });
  });
  await show(page, fixtureUrl, 'signs');
  await page.getByRole('checkbox', { name: 'Select Main entrance' }).check();
  await page.getByRole('checkbox', { name: 'Select Passage' }).check();
  await page.getByRole('button', { name: 'Identify' }).click();
  const receipts = page.getByRole('region', { name: 'Selected signs' });
  await expect(receipts).toContainText('0 of 2 confirmed from the glass.');
  const [entrance, , passage] = SIGNS;
  if (entrance === undefined || passage === undefined) throw new Error('expected signs');
  const done = aCommand({ commandId: 'c-2', status: 'done', askedAtMs: NOW_MS, statusAtMs: NOW_MS + 400 });
  await page.evaluate((sign) => window.push(sign), { ...entrance, commands: [done, ...entrance.commands] });
  await page.evaluate((sign) => window.push(sign), {
    ...passage,
    commands: [aCommand({ commandId: 'c-3' })],
  });
  await expect(receipts).toContainText('1 of 2 confirmed from the glass. 1 waits for the sign to come back.');
  await expect(receipts.getByRole('listitem').filter({ hasText: 'Main entrance' })).toContainText(
    'On the glass after 0.4 s',
  );
  await expect(receipts.getByRole('listitem').filter({ hasText: 'Passage' })).toContainText(
    'Waits for the sign',
  );
});

test('restarting more than ten signs asks first, and Cancel sends nothing', async ({ page, fixtureUrl }) => {
  let asked = 0;
  await page.route('**/api/fleet/commands', (route) => {
    asked += 1;
    return route.fulfill({ json: { results: [] } });
  });
  const signs = Array.from({ length: 11 }, (_, index) => aSign(`Sign${String.fromCharCode(65 + index)}`));
  await show(page, fixtureUrl, 'signs', {}, { ...knownNow, signs });
  await page.getByRole('checkbox', { name: 'Select all 11 signs' }).check();
  await page.getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByRole('dialog', { name: 'Restart 11 signs?' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(asked).toBe(0);
  await page.getByRole('button', { name: 'Restart' }).click();
  await page.getByRole('button', { name: 'Restart 11' }).click();
  await expect.poll(() => asked).toBe(1);
});

test('by keys alone one finds a sign, sees why, and comes back to its row', async ({ page, fixtureUrl }) => {
  await show(page, fixtureUrl, 'signs');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByText('1 selected')).toBeVisible();
  await page.keyboard.press('Enter');
  const why = page.getByRole('complementary');
  await expect(why).toContainText('Its figure is 11 min old, so it asks for staff.');
  await expect(why).toContainText(
    'The store counts normally. The fault lies between the cloud and this sign.',
  );
  await expect(why.getByRole('heading', { name: 'Why is this screen showing this?' })).toBeFocused();
  await page.keyboard.press('j');
  await expect(why).toContainText('Rua side');
  await page.keyboard.press('Escape');
  await expect(why).toBeHidden();
  await expect(page.getByRole('link', { name: 'Rua side' })).toBeFocused();
});

test('the panel renames a sign, moves it, and revokes it only when asked twice', async ({
  page,
  fixtureUrl,
}) => {
  const calls: string[] = [];
  await page.route('**/api/fleet/**', async (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname.replace(/s-[\w-]{43}/, '{sign}');
    calls.push(`${request.method()} ${path} ${request.postData() ?? ''}`);
    await route.fulfill({ json: { results: [] } });
  });
  await show(page, fixtureUrl, 'signs');
  await page.getByRole('link', { name: 'Main entrance' }).click();
  await page.getByText('Name and settings').click();
  await page.getByLabel('Name', { exact: true }).fill('Lift');
  await page.getByText('Door', { exact: true }).last().click();
  await page.getByLabel('Read from, metres').fill('5');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It is called Lift.')).toBeVisible();
  await page.getByText('Move to another group').click();
  await page.getByRole('combobox', { name: 'Group', exact: true }).selectOption('sants');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByText('Moved to Sants.')).toBeVisible();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('complementary')).toBeHidden();
  expect(calls).toEqual([
    'PUT /api/fleet/{sign} {"name":"Lift","settings":{"board":"door","farMetres":5}}',
    expect.stringMatching(/^POST \/api\/fleet\/assign .*"storeGroupId":"sants"/),
    expect.stringMatching(/^POST \/api\/fleet\/\{sign\}\/revoke/),
  ]);
});

test('saving the settings of a sign keeps all that was set, and changes what was changed', async ({
  page,
  fixtureUrl,
}) => {
  const settings = {
    board: 'door',
    language: 'es',
    secondLanguage: 'en',
    theme: 'light',
    farMetres: 3.3,
    panelInches: 42.5,
    turnedDegrees: 90,
    display: { on: '08:15', off: '21:45' },
    words: { open: 'Pase', closed: 'Cerrado' },
    brand: { ground: '#003b2f', ink: '#ffffff', accent: '#f2a900' },
    muted: true,
  } as const;
  const kept: unknown[] = [];
  await page.route('**/api/fleet/**', async (route) => {
    kept.push(route.request().postDataJSON().settings);
    await route.fulfill({ json: {} });
  });
  await show(page, fixtureUrl, 'signs', {}, { ...knownNow, signs: [aSign('Lift', { settings })] });
  await page.getByRole('link', { name: 'Lift' }).click();
  await page.getByText('Name and settings').click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It is called Lift.')).toBeVisible();
  await page.getByLabel('A picture').selectOption('While the store is open');
  await expect(page.getByLabel('From', { exact: true })).toBeHidden();
  await page.getByLabel('Second language, for customers').selectOption('None');
  await page.getByLabel('Muted').uncheck();
  await page.locator('brand-fields').getByText('None').click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => kept.length).toBe(2);
  const { secondLanguage: _, muted: __, brand: ___, ...left } = settings;
  expect(kept).toEqual([settings, { ...left, display: 'opening-hours' }]);
});

test('a chain’s colours say at once whether they can be read, and are not kept where they cannot', async ({
  page,
  fixtureUrl,
}) => {
  const kept: unknown[] = [];
  await page.route('**/api/fleet/**', async (route) => {
    kept.push(route.request().postDataJSON().settings);
    await route.fulfill({ json: {} });
  });
  await show(
    page,
    fixtureUrl,
    'signs',
    {},
    { ...knownNow, signs: [aSign('Lift', { settings: { board: 'wall' } })] },
  );
  await page.getByRole('link', { name: 'Lift' }).click();
  await page.getByText('Name and settings').click();
  const checks = page.getByTestId('brand-checks').getByRole('listitem');
  await expect(checks).toHaveCount(0);
  await page.locator('brand-fields').getByText('Our own').click();
  await page.getByLabel('Ground').fill('#767676');
  await expect(checks).toHaveText([
    /^Words on the ground: contrast 3\.6:1, at least 7:1 is needed$/,
    /^Accent on the ground: contrast 2\.2:1, at least 3:1 is needed$/,
  ]);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Choose other colours.')).toBeVisible();
  await page.getByLabel('Ground').fill('#003b2f');
  await expect(checks).toHaveText([/, enough$/, /, enough$/]);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => kept)
    .toEqual([{ board: 'wall', brand: { ground: '#003b2f', ink: '#e4e7e8', accent: '#f2a900' } }]);
});

test('a screenshot is shown with its time, and devices with one key are named with what to do', async ({
  page,
  fixtureUrl,
}) => {
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  await page.route('**/api/fleet/*/screenshot*', (route) =>
    route.fulfill({ contentType: 'image/png', body: pixel }),
  );
  const sign = aSign('Lift', {
    screenshotAtMs: NOW_MS - 120_000,
    clones: [{ boot: 'boot-2-abcdef', address: '10.8.12.41', heardAtMs: NOW_MS - 20_000 }],
  });
  await show(page, fixtureUrl, 'signs', {}, { ...knownNow, signs: [sign] });
  await page.getByRole('link', { name: 'Lift' }).click();
  const why = page.getByRole('complementary');
  await expect(why.getByRole('img', { name: /^The panel of Lift at \d\d:\d\d/ })).toBeVisible();
  await expect(why).toContainText(/What its panel was sent at \d\d:\d\d, 2 min ago\./);
  const clones = why.getByRole('region', { name: 'Devices with one key' });
  await expect(clones).toContainText(/10\.8\.12\.41, last heard/);
  await expect(clones).toContainText('pair the copy anew');
  expect(await axeFindings(page)).toEqual([]);
});

test('a long list draws only what is near, and keys and the filter still find every sign', async ({
  page,
  fixtureUrl,
}) => {
  const signs = Array.from({ length: 420 }, (_, at) => aSign(`Sign ${String(at + 1).padStart(3, '0')}`));
  await page.setViewportSize(SIZES.desk);
  await show(page, fixtureUrl, 'signs', {}, { ...knownNow, signs });
  await expect(page.getByText('420 of 420 confirmed')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign 001' })).toBeVisible();
  expect(await page.locator('tr[data-sign]').count()).toBeLessThan(200);
  await page.keyboard.press('k');
  await expect(page.getByRole('link', { name: 'Sign 420' })).toBeFocused();
  await page.getByLabel('Filter signs').fill('sign 333');
  await expect(page.locator('.signs-t .c-name a')).toHaveText(['Sign 333']);
  await page.getByLabel('Filter signs').fill('');
  await page.getByLabel('Group by').selectOption('Grouped by board');
  await expect(page.locator('.signs-t .sec').first()).toHaveText(/Manager\s+420/);
  expect(new URL(page.url()).search).toBe('?by=board');
});

const newcomer = waitingSign();
const look = {
  signId: newcomer.signId,
  fingerprint: '3F9A C271',
  expiresInSeconds: 462,
  about: newcomer.report?.about ?? null,
  address: '10.8.12.40',
  heardAtMs: NOW_MS - 2_000,
};

async function fakePairing(page: Page): Promise<unknown[]> {
  const claims: unknown[] = [];
  await page.route('**/api/pairing/look', async (route) => {
    const { code } = route.request().postDataJSON() as { code: string };
    if (code === 'BKXRTHDW') return route.fulfill({ json: look });
    const { jsonBody } = refusal(404, 'unknown-code', 'No sign shows this code now.');
    return route.fulfill({ status: 404, json: jsonBody });
  });
  await page.route('**/api/pairing/claim', (route) => {
    claims.push(route.request().postDataJSON());
    return route.fulfill({ json: { signId: newcomer.signId, storeGroupId: 'madrid' } });
  });
  return claims;
}

test('a sign is paired by its code, compared, named, and waited for until the glass confirms', async ({
  page,
  fixtureUrl,
}) => {
  const claims = await fakePairing(page);
  await show(page, fixtureUrl, 'pair');
  const code = page.getByLabel('Code on the glass');
  await expect(code).toBeFocused();
  await code.pressSequentially('bkxr thdv');
  await expect(code).toHaveValue('BKXR-THDV');
  await expect(page.getByText('No sign shows this code now.')).toBeVisible();
  await code.press('Backspace');
  await code.press('w');
  await expect(page.getByText('3F9A C271')).toBeVisible();
  await expect(page.getByText('good for 7:4')).toBeVisible();
  await expect(page.getByRole('button', { name: 'It matches' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Passage, Calle Mayor is dark since')).toBeVisible();
  await page.getByLabel('Name').fill('Left of the lift');
  await page.getByLabel('Store group').selectOption('madrid');
  await page.getByRole('radio', { name: /Door/ }).check();
  await expect(
    page.getByText(/Within a second this screen will show Nearly full, 4 may enter and follow Calle Mayor/),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Pair this sign' }).click();
  await expect(page.getByText('It is paired.')).toBeVisible();
  expect(claims).toEqual([
    { code: 'BKXRTHDW', name: 'Left of the lift', storeGroupId: 'madrid', settings: { board: 'door' } },
  ]);
  const paired = { ...aSign('Left of the lift', { settings: { board: 'door' } }), signId: newcomer.signId };
  await page.evaluate((sign) => window.push(sign), paired);
  await expect(page.getByText('It is on the glass.')).toBeVisible();
  await expect(
    page.getByText(/s after you pressed Pair, the sign confirmed what it painted\./),
  ).toBeVisible();
});

test('a fingerprint that differs pairs nothing', async ({ page, fixtureUrl }) => {
  const claims = await fakePairing(page);
  await show(page, fixtureUrl, 'pair', { code: 'BKXR-THDW' });
  await page.getByRole('button', { name: 'It does not match' }).click();
  await expect(page.getByText('Then it is another screen. Nothing was changed.')).toBeVisible();
  await expect(page.getByLabel('Code on the glass')).toHaveValue('');
  expect(claims).toEqual([]);
});

test('a device takes over the place of the sign it replaces', async ({ page, fixtureUrl }) => {
  const claims = await fakePairing(page);
  const passage = darkSign('Passage');
  await show(page, fixtureUrl, 'pair', { code: 'BKXR-THDW', replaces: passage.signId });
  await page.getByRole('button', { name: 'It matches' }).click();
  await page.getByRole('button', { name: 'Replace Passage' }).click();
  await expect(page.getByText('It is paired.')).toBeVisible();
  expect(claims).toEqual([{ code: 'BKXRTHDW', replaces: passage.signId }]);
});

test('who may only look is offered no act', async ({ page, fixtureUrl }) => {
  const facts = { ...knownNow, person: { ...mara, role: 'viewer' as const } };
  await show(page, fixtureUrl, 'signs', {}, facts);
  await page.getByRole('link', { name: 'Passage' }).click();
  await expect(page.getByRole('complementary')).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Reload|Restart|Identify|Revoke/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Copy report' })).toBeVisible();
});

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${size}, ${colorScheme}: nothing keeps a reader out, and nothing scrolls sideways`, async ({
      page,
      fixtureUrl,
    }) => {
      await fakePairing(page);
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      const shot = async (name: string) => {
        expect(await axeFindings(page), name).toEqual([]);
        expect(await sideways(page), name).toBe(0);
        const folder = process.env.VITRINE_PICTURES;
        if (folder !== undefined)
          await page.screenshot({ path: `${folder}/${name}.${size}.${colorScheme}.png` });
      };
      await show(page, fixtureUrl, 'signs');
      await page.getByRole('checkbox', { name: 'Select Passage' }).check();
      await shot('signs');
      await page.getByRole('link', { name: 'Front door' }).click();
      await expect(page.getByRole('complementary')).toBeVisible();
      await shot('why');
      await show(page, fixtureUrl, 'pair', { code: 'BKXR-THDW' });
      await page.getByRole('button', { name: 'It matches' }).click();
      await page.getByLabel('Store group').selectOption('madrid');
      await shot('pair');
      await page.getByLabel('Name').fill('Left of the lift');
      await page.getByRole('button', { name: 'Pair this sign' }).click();
      await expect(page.getByText('It is paired.')).toBeVisible();
      const paired = {
        ...aSign('Left of the lift', { settings: { board: 'door' } }),
        signId: newcomer.signId,
      };
      await page.evaluate((sign) => window.push(sign), paired);
      await expect(page.getByText('It is on the glass.')).toBeVisible();
      await shot('paired');
    });
  }
}
