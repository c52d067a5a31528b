import type { Page } from '@playwright/test';
import { refusal } from '../../cloud/functions/http-answers.ts';
import { axeViolations } from './console/axe-violations.ts';
import { DESK, expect, PHONE, test } from './console/console-test.ts';
import { ADMIN } from './console/fake-cloud.ts';
import { aMessage } from './console/fake-messages.ts';
import { openMessages as open, signs } from './console/open-messages.ts';

const form = (page: Page) => page.getByRole('form', { name: 'Write a message' });
const rows = (page: Page) => page.locator('.messages-t .mrow');

test('a manager writes to two groups, sees whom it reaches and what it will look like, and then who painted it', async ({
  page,
  consoleUrl,
}) => {
  const known = await open(page, `${consoleUrl}/messages`, []);
  await expect(page.getByText('No message is on the signs.')).toBeVisible();
  await page.keyboard.press('w');
  const words = form(page).getByLabel('Words on the glass');
  await expect(words).toBeFocused();
  await expect(form(page)).toContainText(
    'Reaches 5 signs of 2 groups: 3 showing what is true, 1 dark, 1 asleep.',
  );
  await form(page).getByText('Choose groups').click();
  await expect(form(page)).toContainText('Choose at least one group.');
  await form(page).getByRole('button', { name: 'Send' }).click();
  await expect(form(page).getByRole('alert')).toHaveText('Write what the signs are to say.');
  await expect(words).toBeFocused();
  await words.fill('Till 4 is closed');
  await form(page)
    .getByLabel(/Hamburg/)
    .check();
  await expect(form(page)).toContainText(
    'Reaches 3 signs of 1 group: 2 showing what is true, 1 dark. 1 door board does not show it: it is for staff.',
  );
  await expect(form(page).locator('.not-showing li')).toHaveText([
    /Passage\s*Dark since/,
    /Entrance\s*Its door board/,
  ]);
  await expect(form(page).getByRole('img', { name: 'A strip on the glass: Till 4 is closed' })).toContainText(
    '187',
  );
  await form(page).getByText('Other', { exact: true }).click();
  await form(page).getByLabel('Minutes').fill('0');
  await form(page).getByRole('button', { name: 'Send to 3 signs' }).click();
  await expect(form(page).getByRole('alert')).toContainText('1 to 10080');
  await form(page).getByLabel('Minutes').fill('45');
  await form(page).getByRole('button', { name: 'Send to 3 signs' }).click();
  await expect(form(page)).toHaveCount(0);
  expect(known.asked.find(({ what }) => what === 'POST')?.body).toEqual({
    ...{ text: 'Till 4 is closed', priority: 'note', audience: 'staff', drill: false },
    ...{ storeGroupIds: ['hamburg'], forMinutes: 45, by: 'Mara Lindqvist' },
  });
  await expect(page.getByText('1 message is on the signs.')).toBeVisible();
  await expect(page.locator('.m-open')).toContainText('No sign has said so far that it painted it.');
  const [front] = signs();
  if (front) known.paints(known.messages[0]?.messageId ?? '', front);
  await expect(page.locator('.m-open')).toContainText(
    /Painted by\s+1\s+\d\d:\d\d:\d\d\s+Hamburg, Front door/,
  );
  await expect(rows(page)).toContainText('1 of 2 signs');
});

test('a message that was left by accident is there again until it is sent, left for good, or its writer signs out', async ({
  page,
  consoleUrl,
}) => {
  const known = await open(page, `${consoleUrl}/messages?write=1`, []);
  const words = form(page).getByLabel('Words on the glass');
  const before = form(page).getByText('You wrote this before. It was not sent.');
  await words.fill('Till 4 is closed');
  await form(page).getByLabel('Warning').check();
  await expect(before).toHaveCount(0);
  await page.getByRole('link', { name: 'Overview' }).first().click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await page.goBack();
  await expect(words).toHaveValue('Till 4 is closed');
  await page.reload();
  await expect(before).toBeVisible();
  await expect(words).toHaveValue('Till 4 is closed');
  await expect(form(page).getByLabel('Warning')).toBeChecked();
  await form(page)
    .getByRole('button', { name: /^Send to/ })
    .click();
  await expect(form(page)).toHaveCount(0);
  expect(known.messages).toMatchObject([{ text: 'Till 4 is closed', priority: 'warn' }]);

  const writeAnew = async () => {
    await page.getByRole('button', { name: 'Write a message' }).click();
    await expect(words).toHaveValue('');
    await words.fill('Delivery at the side door');
  };
  await writeAnew();
  await form(page).getByRole('button', { name: 'Leave it' }).click();
  await writeAnew();
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await expect(page.getByText('You are signed out.')).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Delivery');
});

test('an alarm for everyone is asked about once more, and a drill is not', async ({ page, consoleUrl }) => {
  const known = await open(page, `${consoleUrl}/messages?write=1&group=berlin`, []);
  await expect(form(page).getByLabel(/Berlin/)).toBeChecked();
  await form(page).getByLabel('Words on the glass').fill('Please leave by the nearest exit');
  await form(page).getByLabel('Alarm').check();
  await form(page).getByLabel('Everyone').check();
  await form(page).getByRole('button', { name: 'Send the alarm to 2 signs' }).click();
  const question = page.getByRole('dialog', { name: 'Send an alarm to everyone?' });
  await expect(question).toContainText('2 signs will show it in red');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(known.messages).toEqual([]);
  await form(page).getByLabel('It is a drill').check();
  await form(page).getByRole('button', { name: 'Send the alarm to 2 signs' }).click();
  await expect(rows(page)).toContainText('Please leave by the nearest exit');
  expect(known.messages).toMatchObject([{ priority: 'alarm', audience: 'everyone', drill: true }]);
});

test('a message is taken back, and its receipts stay', async ({ page, consoleUrl }) => {
  await open(page, `${consoleUrl}/messages`);
  await expect(page.locator('.messages-t .sec')).toHaveText([/On the signs now\s*2/, /Over\s*2/]);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.locator('.m-open')).toContainText(
    /Not painted by\s+1\s+Hamburg, Passage\s*Dark since 13:58/,
  );
  await page.getByRole('button', { name: /^Take back.*Staff meeting/ }).click();
  await expect(page.getByText('Taken back. Signs drop it within seconds.')).toBeVisible();
  await expect(page.locator('.messages-t .sec')).toHaveText([/On the signs now\s*1/, /Over\s*3/]);
  await expect(page.locator('.mrow.on')).toContainText(/taken back\s*\d\d:\d\d, Mara Lindqvist/);
  await expect(page.locator('.m-open')).toContainText('Hamburg, Front door');
  await page.keyboard.press('Escape');
  await expect(page.locator('.m-open')).toHaveCount(0);
});

test('words are words, whatever stands in them and in whatever direction they run', async ({
  page,
  consoleUrl,
}) => {
  const text = '<img src=x onerror=alert(1)> <b>Sale</b> & "more" </textarea><script>alert(1)</script>';
  const arabic = 'يرجى مغادرة المبنى من أقرب مخرج';
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await page.setViewportSize(PHONE);
  await open(page, `${consoleUrl}/messages`, [
    aMessage({ messageId: 'm-html', text, secondText: arabic }),
    aMessage({ messageId: 'm-wide', text: '🧯'.repeat(160), by: 'W'.repeat(40) }),
    aMessage({ messageId: 'm-long', text: 'W'.repeat(160) }),
  ]);
  await expect(page.locator('.messages-t .c-words a').first()).toHaveText(text);
  await expect(page.locator('.messages-t').getByRole('img')).toHaveCount(0);
  await page.getByRole('button', { name: 'Write a message' }).click();
  const words = form(page).getByLabel('Words on the glass');
  await words.fill('👩‍🚒'.repeat(160));
  await expect(words).toHaveValue('👩‍🚒'.repeat(160));
  await expect(form(page).getByText('160 of 160')).toBeVisible();
  await words.fill(text);
  await form(page)
    .getByLabel(/second language/)
    .fill(arabic);
  const glass = form(page).locator('.mglass');
  await expect(glass.locator('.mg-words')).toHaveText(text);
  await expect(glass.locator('.mg-second')).toHaveText(arabic);
  expect(await glass.locator('.mg-second').evaluate((line) => getComputedStyle(line).direction)).toBe('rtl');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(asked).toEqual([]);
});

test('a message is written, sent, read and taken back by keys alone', async ({ page, consoleUrl }) => {
  const known = await open(page, `${consoleUrl}/messages`, []);
  await expect(page.getByText('No message is on the signs.')).toBeVisible();
  await page.keyboard.press('w');
  await expect(form(page).getByLabel('Words on the glass')).toBeFocused();
  await page.keyboard.type('Wet floor at the west door, please use the east one');
  await page.keyboard.press('Tab');
  await expect(form(page).getByLabel(/second language/)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(form(page).getByLabel('Note')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(form(page).getByLabel('Warning')).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(form(page).getByLabel('Staff')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(form(page).getByLabel('It is a drill')).toBeFocused();
  const send = form(page).getByRole('button', { name: 'Send to 6 signs' });
  for (let stops = 0; stops < 3; stops += 1) await page.keyboard.press('Tab');
  await expect(send).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(form(page)).toHaveCount(0);
  expect(known.messages).toMatchObject([{ priority: 'warn', audience: 'everyone', storeGroupIds: null }]);
  await expect(page.locator('.mrow.on .c-words a')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Taken back. Signs drop it within seconds.')).toBeVisible();
});

test('a viewer reads messages, and neither writes nor takes back', async ({ page, consoleUrl }) => {
  await open(page, 'about:blank');
  await page.route('**/api/session', (route) =>
    route.fulfill({ json: { person: { ...ADMIN, role: 'viewer' }, nowMs: Date.now() } }),
  );
  await page.goto(`${consoleUrl}/messages?write=1`);
  await expect(rows(page)).toHaveCount(4);
  await expect(form(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Write a message|Take back/ })).toHaveCount(0);
});

test('the store, the alerts, the palette and the list of signs lead to messages', async ({
  page,
  consoleUrl,
}) => {
  await open(page, `${consoleUrl}/stores/hamburg`);
  await expect(page.getByRole('link', { name: '2 messages on the signs' })).toBeVisible();
  await page.goto(`${consoleUrl}/stores/berlin`);
  await page.getByRole('link', { name: '1 message on the signs' }).click();
  await expect(page).toHaveURL(/messages\?open=m-2$/);
  await expect(page).toHaveTitle('Messages \u2013 Vitrine');
  await page.goto(`${consoleUrl}/alerts`);
  await expect(page.getByRole('link', { name: '2 messages on the signs' })).toBeVisible();
  await page.goto(`${consoleUrl}/signs?by=place`);
  await page
    .getByRole('row', { name: /^Hamburg Mönckebergstraße/ })
    .getByRole('link', { name: 'Message' })
    .click();
  await expect(form(page).getByLabel(/Hamburg/)).toBeChecked();
  await form(page).getByRole('button', { name: 'Leave it' }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('messages');
  await expect(page.getByRole('option', { name: /^Messages/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alerts');
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Messages');
});

test('receipts of a message that nobody knows say so, and the list is there all the same', async ({
  page,
  consoleUrl,
}) => {
  await open(page, 'about:blank');
  await page.route('**/api/messages/m-gone', (route) => {
    const { jsonBody } = refusal(404, 'unknown-message', 'there is no such message');
    return route.fulfill({ status: 404, json: jsonBody });
  });
  await page.goto(`${consoleUrl}/messages?open=m-gone`);
  await expect(page.getByRole('alert')).toHaveText('there is no such message');
  await expect(rows(page)).toHaveCount(4);
});

test('on a phone the palette opens from the page of all pages, and messages are found there too', async ({
  page,
  consoleUrl,
}) => {
  await page.setViewportSize(PHONE);
  await open(page, `${consoleUrl}/more`);
  await page.getByRole('link', { name: 'Messages', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Messages');
  await page.getByRole('link', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: 'Go to a store, sign or sensor' }).click();
  await page.keyboard.type('vienna');
  await page.getByRole('option', { name: /Vienna Mariahilf/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vienna Mariahilf');
});

const folder = process.env.VITRINE_PICTURES;

for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${size}, ${colorScheme}: nothing keeps a reader of messages out, and nothing scrolls sideways`, async ({
      page,
      consoleUrl,
    }) => {
      test.slow();
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await open(page, `${consoleUrl}/messages?open=m-1`);
      const look = async (name: string) => {
        if (folder !== undefined)
          await page.screenshot({
            path: `${folder}/${name}.${size}.${colorScheme}.png`,
            fullPage: size === 'phone',
          });
        const scrolled = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect.soft(scrolled, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
      };
      const lookWithoutSight = async (name: string) => {
        await look(name);
        const violations = await axeViolations(page);
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        expect.soft(found, name).toEqual([]);
      };
      await expect(page.locator('.m-open')).toContainText('Passage');
      await expect(page.locator('.rail .live-foot')).toContainText('Live');
      await lookWithoutSight('messages');
      await page.goto(`${consoleUrl}/stores/berlin`);
      await expect(page.getByRole('link', { name: '1 message on the signs' })).toBeVisible();
      await look('store-with-message');
      await page.goto(`${consoleUrl}/signs?by=place`);
      await expect(page.getByRole('link', { name: 'Message' }).first()).toBeVisible();
      await look('signs-by-place');
      await page.goto(`${consoleUrl}/messages?open=m-1`);
      await expect(page.locator('.m-open')).toContainText('Passage');
      await page.getByRole('button', { name: 'Write a message' }).click();
      const writing = form(page);
      await writing.getByLabel('Words on the glass').fill('Staff meeting at 15:30 in the back office');
      await writing.getByText('Choose groups').click();
      await writing.getByLabel(/Hamburg/).check();
      await writing.getByLabel(/Berlin/).check();
      await look('compose');
      await writing.getByLabel('Words on the glass').fill('Please leave by the nearest exit');
      await writing.getByLabel(/second language/).fill('Salgan por la salida más cercana');
      await writing.getByLabel('Alarm').check();
      await writing.getByLabel('Everyone').check();
      await writing.getByLabel('It is a drill').check();
      await lookWithoutSight('compose-alarm');
      await writing.getByLabel('Warning').check();
      await writing.getByLabel('It is a drill').uncheck();
      await lookWithoutSight('compose-warn');
      const long =
        'Wegen einer Veranstaltung bleibt der Seiteneingang heute ab 17:00 geschlossen, bitte leiten Sie alle Besucher zum Haupteingang an der Passage und danken dort.';
      await writing.getByLabel('Words on the glass').fill(long);
      await writing.getByLabel(/second language/).fill(long);
      for (const priority of ['Note', 'Warning', 'Alarm']) {
        await writing.getByLabel(priority).check();
        const message = writing.locator('.mg-message');
        const hidden = await message.evaluate((box) => box.scrollHeight - box.clientHeight);
        expect.soft(hidden, `${priority} hides some of a long message`).toBeLessThanOrEqual(1);
      }
      await look('compose-long');
    });
  }
}
