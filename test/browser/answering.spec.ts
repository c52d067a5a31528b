import type { AnswerOutcome } from '../../cloud/contracts/answering.ts';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { SignSettings } from '../../cloud/contracts/sign-report.ts';
import type { Snapshot } from '../../cloud/contracts/snapshot.ts';
import { qrPath } from '../../renderer/sign/view/qr-path.ts';
import { anAlert, aSnapshot, following } from '../support/glass-states.ts';
import { put } from './board-states.ts';
import { expect, type Glass, SIZES, test } from './glass.ts';
import { measuredEach } from './measured-each.ts';
import { faultsOf } from './text-boxes.ts';

const CONSOLE = 'https://192.168.1.20:7071/console/';
const OVER = anAlert({ type: 'over-capacity', severity: 'alarm' });
const SILENT = anAlert({ type: 'sensor-silent', door: 'door-1' });
const CLOCK = anAlert({ type: 'sensor-clock', door: 'door-2' });
const DARK = anAlert({ type: 'sign-offline' });
const SILENT_DOORS = [
  ['Street', 400_000, true],
  ['Arcade', 4_000],
] as const;

const over = (...more: (typeof OVER)[]) => aSnapshot({ count: 64, content: { alerts: [OVER, ...more] } });
const silent = (...more: (typeof OVER)[]) =>
  aSnapshot({ doors: SILENT_DOORS, content: { alerts: [SILENT, ...more] } });

const asking = (
  snapshot: Snapshot,
  wishes: Partial<SignSettings> = { answering: 'here' },
  consoleUrl: string | null = CONSOLE,
) => ({ ...put(following(snapshot), wishes), consoleUrl }) satisfies FeedState;

const STATES: Readonly<Record<string, Snapshot>> = {
  over: over(),
  'over, and one more': over(DARK),
  'over, and more': over(DARK, CLOCK),
  'over by many': aSnapshot({ count: 1_466, hard: 1_444, content: { alerts: [OVER] } }),
  silent: silent(),
  'silent, and one more': silent(DARK),
  'silent, and more': silent(DARK, CLOCK),
};

const pictured = async (glass: Glass, name: string) => {
  const folder = process.env.VITRINE_PICTURES;
  if (folder)
    await glass.page.screenshot({ path: `${folder}/answering-${name.replaceAll(/\W+/g, '-')}.png` });
};

const LANGUAGES = ['en', 'es', 'fr', 'de', 'ja', 'ar'] as const;
const FORMS = {
  ...SIZES,
  '720p': { width: 1280, height: 720 },
  wide: { width: 2560, height: 1080 },
} as const;

type Told = { readonly name: string; readonly state: FeedState };

async function keepApart(
  glass: Glass,
  size: (typeof FORMS)[keyof typeof FORMS],
  all: readonly Told[],
  form: string,
): Promise<void> {
  const states = all.map(({ state }) => state);
  const measured = await measuredEach(glass.page, states, ['text']);
  expect(measured).toHaveLength(all.length);
  for (const [index, { text }] of measured.entries())
    expect.soft(faultsOf(text, size), all[index]?.name).toEqual([]);
  if (!process.env.VITRINE_PICTURES) return;
  for (const { name, state } of all.filter((one) => /(en|de)$/.test(one.name))) {
    await glass.tell(state);
    await pictured(glass, form + name);
  }
}

for (const [form, size] of Object.entries(FORMS)) {
  test(`how to answer stands beside what needs an answer and runs into nothing, ${form}`, async ({
    glass,
  }) => {
    test.setTimeout(180_000);
    await glass.page.setViewportSize(size);
    await glass.open();
    for (const [name, snapshot] of Object.entries(STATES)) {
      const asked = LANGUAGES.flatMap((language) =>
        (['phone', 'here'] as const).map((answering) => ({
          name: `${name}, ${answering}, ${language}`,
          state: asking(snapshot, { answering, language }),
        })),
      );
      await keepApart(glass, size, asked, `${form} `);
      await comesTo(glass, { kind: 'unreachable' });
      await glass.page.keyboard.press('Enter');
      const notSent = LANGUAGES.map((language) => ({
        name: `${name}, not sent, ${language}`,
        state: asking(snapshot, { answering: 'here', language }),
      }));
      await keepApart(glass, size, notSent, `${form} `);
      await glass.page.clock.runFor(11_000);
    }
  });
}

const said = (glass: Glass) => glass.page.getByTestId('answering').filter({ visible: true });
const answers = (glass: Glass) => glass.page.evaluate(() => window.answers);
const comesTo = (glass: Glass, outcome: AnswerOutcome) =>
  glass.page.evaluate((told) => {
    window.outcome = told;
  }, outcome);
const KEY_OF_OVER = { storeId: 'calle-mayor', alertKey: `over-capacity store ${OVER.sinceMs}` };

for (const [how, act] of Object.entries({
  Enter: (glass: Glass) => glass.page.keyboard.press('Enter'),
  Space: (glass: Glass) => glass.page.keyboard.press('Space'),
  'a touch anywhere': (glass: Glass) => glass.page.mouse.click(300, 300),
})) {
  test(`${how} answers the worst alert on the glass, and nothing moves the figure`, async ({ glass }) => {
    await glass.open();
    await glass.tell(asking(over(SILENT)));
    const figure = glass.page.getByTestId('count');
    const before = await figure.boundingBox();
    await expect(said(glass)).toHaveText('Press Enter or touch to answer');
    await act(glass);
    await expect(said(glass)).toHaveText('Sending');
    await act(glass);
    expect(await answers(glass)).toEqual([KEY_OF_OVER]);
    const answered = { ...OVER, acknowledgedBy: 'at Passage' };
    await glass.tell(asking(aSnapshot({ count: 64, content: { alerts: [answered] } })));
    expect(await glass.text()).toContain('Answered at Passage');
    await expect(said(glass)).toHaveCount(0);
    expect(await figure.boundingBox()).toEqual(before);
  });
}

test('an answer that does not reach the cloud says so for a while, and can be given again', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell(asking(over()));
  await comesTo(glass, { kind: 'unreachable' });
  await glass.page.keyboard.press('Enter');
  await expect(said(glass)).toHaveText('Could not be sent: no connection');
  await glass.page.clock.runFor(12_000);
  await expect(said(glass)).toHaveText('Press Enter or touch to answer');
  await comesTo(glass, { kind: 'refused', why: 'not here' });
  await glass.page.keyboard.press('Enter');
  await expect(said(glass)).toHaveText('Cannot be answered here');
  expect(await answers(glass)).toEqual([KEY_OF_OVER, KEY_OF_OVER]);
});

test('a code alone is for phones: no key and no touch answers there, and other keys do nothing anywhere', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell(asking(over(), { answering: 'phone' }));
  await expect(said(glass)).toHaveText('Scan to answer');
  await glass.page.keyboard.press('Enter');
  await glass.page.mouse.click(300, 300);
  await glass.tell(asking(over(), {}));
  await expect(said(glass)).toHaveText('Scan to answer');
  await glass.tell(asking(over(), { answering: 'here' }, null));
  await expect(said(glass)).toHaveText('Press Enter or touch to answer');
  await expect(glass.page.locator('answer-code')).toHaveCount(0);
  for (const key of ['a', '1', 'Escape', 'Tab', 'Control+Enter']) await glass.page.keyboard.press(key);
  expect(await answers(glass)).toEqual([]);
});

test('a sign that shows whose it is takes no answer for the alarm below, and asks for none', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell({ ...asking(over()), identify: true });
  await expect(glass.page.locator('identify-sheet')).toBeVisible();
  await expect(glass.page.getByTestId('answering')).toHaveCount(0);
  for (const key of ['Enter', 'Space']) await glass.page.keyboard.press(key);
  await glass.page.mouse.click(300, 300);
  expect(await answers(glass)).toEqual([]);
  await glass.tell(asking(over()));
  await expect(said(glass)).toHaveText('Press Enter or touch to answer');
  await glass.page.keyboard.press('Enter');
  expect(await answers(glass)).toEqual([KEY_OF_OVER]);
});

test('nothing asks on boards for customers and walls, where it is switched off, or where all is answered', async ({
  glass,
}) => {
  await glass.open();
  const answered = aSnapshot({ count: 64, content: { alerts: [{ ...OVER, acknowledgedBy: 'Mara' }] } });
  for (const state of [
    asking(over(), { board: 'door', answering: 'here' }),
    asking(over(), { board: 'wall', answering: 'here' }),
    asking(over(), { answering: 'off' }),
    asking(over(), { answering: 'phone' }, null),
    asking(answered),
    asking(aSnapshot()),
  ]) {
    await glass.tell(state);
    await expect(glass.page.getByTestId('answering')).toHaveCount(0);
    await expect(glass.page.locator('answer-code')).toHaveCount(0);
    await glass.page.keyboard.press('Enter');
  }
  expect(await answers(glass)).toEqual([]);
});

for (const [form, size] of Object.entries({ landscape: SIZES.landscape, portrait: SIZES.portrait })) {
  test(`the picture holds the code of the alert, in modules that a phone tells apart, ${form}`, async ({
    glass,
  }) => {
    await glass.page.setViewportSize(size);
    await glass.open();
    for (const [snapshot, what] of [
      [over(), 'over-capacity+store'],
      [silent(), 'sensor-silent+door-1'],
    ] as const) {
      await glass.tell(asking(snapshot));
      const url = `https://192.168.1.20:7071/console/alerts?answer=calle-mayor+${what}`;
      const wanted = modulesOf(url);
      await expect.poll(() => readModules(glass, wanted.length)).toEqual(wanted);
      const box = await sideOf(glass);
      // 8 modules are quiet; a 55 inch panel has 0.634 mm a px.
      const moduleMm = (box / (wanted.length + 8)) * 0.634;
      expect(moduleMm).toBeGreaterThan(2.5);
    }
  });
}

const sideOf = async (glass: Glass): Promise<number> => {
  const box = await glass.page.locator('answer-code svg').boundingBox();
  return Math.min(box?.width ?? 0, box?.height ?? 0);
};

/** Row by row, as the address is to be drawn. */
function modulesOf(url: string): string[] {
  const { size, path } = qrPath(url);
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => `${x} ${y}`));
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) => (dark.has(`${x} ${y}`) ? '#' : '.')).join(''),
  );
}

/** Row by row, as the middle of each module is on the glass. */
async function readModules(glass: Glass, size: number): Promise<string[]> {
  const rect = glass.page.locator('answer-code svg rect');
  const box = await rect.boundingBox();
  if (box === null) return [];
  const png = (await glass.page.screenshot()).toString('base64');
  return glass.page.evaluate(
    async ({ png, box, size }) => {
      const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d', {
        willReadFrequently: true,
      });
      context?.drawImage(picture, 0, 0);
      const middle = (index: number) => ((index + 4.5) * box.width) / (size + 8);
      const isDark = (x: number, y: number) => {
        const pixel = context?.getImageData(box.x + middle(x), box.y + middle(y), 1, 1).data;
        return (pixel?.[0] ?? 255) < 128;
      };
      return Array.from({ length: size }, (_, y) =>
        Array.from({ length: size }, (__, x) => (isDark(x, y) ? '#' : '.')).join(''),
      );
    },
    { png, box, size },
  );
}
