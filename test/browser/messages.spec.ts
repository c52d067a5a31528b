import type { Page } from '@playwright/test';
import type { SignSettings } from '../../cloud/contracts/sign-report.ts';
import { anAlert, aSnapshot, following } from '../support/glass-states.ts';
import { closed, door, put, shops, wall } from './board-states.ts';
import { expect, type Glass, SIZES, test } from './glass.ts';
import { aMessage, DRILL, LOST_CHILD, saying, WARNING } from './message-states.ts';
import { crowd, messagesOf, type Spoken, TEXTS } from './message-texts.ts';
import { faultsOf } from './text-boxes.ts';

const FORMS = {
  landscape: SIZES.landscape,
  portrait: SIZES.portrait,
  'ultra-wide': { width: 2_560, height: 1_080 },
} as const;
/** A board that makes room has smaller margins too. */
const BESIDE_MESSAGE = 0.012;
const BOARDS = ['manager', 'door', 'wall'] as const;
const LANGUAGES = Object.keys(TEXTS) as Spoken[];

const boardOf = (board: (typeof BOARDS)[number], wishes: Partial<SignSettings>) => {
  if (board === 'wall') return wall(shops(12), wishes);
  return board === 'door' ? door(aSnapshot({ count: 60 }), wishes) : put(following(aSnapshot()), wishes);
};

/** Of the message: what stands outside of what holds it, or under the board's own words. */
const cutOff = (page: Page): Promise<string[]> =>
  page.locator('message-full, message-band, message-column').evaluateAll((messages) =>
    messages.flatMap((message) => {
      const edge = message.getBoundingClientRect();
      return [...(message.shadowRoot?.querySelectorAll('p, h1') ?? [])].flatMap((words) => {
        const range = document.createRange();
        range.selectNodeContents(words);
        const { left, right, top, bottom, width } = range.getBoundingClientRect();
        const isIn =
          left >= edge.left && right <= edge.right && top >= edge.top - 12 && bottom <= edge.bottom + 12;
        return width > 0 && !isIn ? [words.textContent ?? ''] : [];
      });
    }),
  );

const lines = (page: Page) => page.evaluate(() => window.measures.line());

/** Minutes of arc of the words of the message, from where a board for managers is read. */
const leastArc = (page: Page): Promise<number> =>
  page.locator('message-full, message-band, message-column').evaluateAll((messages) =>
    Math.min(
      ...messages.flatMap((message) =>
        [...(message.shadowRoot?.querySelectorAll('p, h1') ?? [])].map((words) => {
          const size = Number.parseFloat(getComputedStyle(words).fontSize);
          const probe = document.createElement('i');
          probe.style.fontSize = 'var(--arc-near)';
          message.shadowRoot?.append(probe);
          const minute = Number.parseFloat(getComputedStyle(probe).fontSize);
          probe.remove();
          return size / minute;
        }),
      ),
    ),
  );

/** Each board and form meets another pair of languages, and one board of each form the words that are hardest to break. */
const READ = Object.entries(FORMS).flatMap(([form, size], row) =>
  BOARDS.map((board, column) => {
    const pair = (row * BOARDS.length + column) % LANGUAGES.length;
    const [language = 'en', other = 'de'] = [...LANGUAGES.slice(pair), ...LANGUAGES];
    const texts = { ...messagesOf(language, other), ...(row === column ? messagesOf('de', other) : {}) };
    return { board, form, size, language, other, texts };
  }),
);

for (const { board, form, size, language, other, texts } of READ) {
  test(`messages of every kind are read whole, ${board}, ${form}, ${language} and ${other}`, async ({
    glass,
  }) => {
    await glass.page.setViewportSize(size);
    await glass.open();
    for (const [length, text] of Object.entries(texts)) {
      for (const priority of ['alarm', 'warn', 'note'] as const) {
        const state = boardOf(board, { language, secondLanguage: other });
        await glass.tell(saying(state, ...crowd({ ...text, priority })));
        const name = `${priority}, ${length}`;
        await expect(glass.page.getByTestId('message')).toHaveText(text.text ?? '');
        expect.soft(faultsOf(await lines(glass.page), size, BESIDE_MESSAGE), name).toEqual([]);
        expect.soft(await cutOff(glass.page), name).toEqual([]);
        expect.soft(await leastArc(glass.page), name).toBeGreaterThanOrEqual(15.9);
      }
    }
  });
}

const boxOf = async ({ page }: Glass, selector: string) => {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`no ${selector} on the glass`);
  return box;
};

test('a warning takes the other column of a manager’s board, and the count stays to the pixel', async ({
  glass,
}) => {
  await glass.open();
  const alerts = [anAlert({ type: 'sensor-clock', door: 'door-1' })];
  const board = put(following(aSnapshot({ content: { alerts } })), { answering: 'off' });
  await glass.tell(board);
  const before = await boxOf(glass, 'store-count');
  await glass.tell(saying(board, WARNING));
  await expect(glass.page.locator('message-column')).toBeVisible();
  expect(await boxOf(glass, 'store-count')).toEqual(before);
  const column = await boxOf(glass, 'message-column');
  expect(column.x + column.width).toBeCloseTo(1_920, 0);
  expect(column.y).toBeCloseTo(0, 0);
  const text = await glass.text();
  for (const words of ['until 17:00', 'Open', 'Street', 'clock off']) expect(text).toContain(words);
});

test('over the limit a warning stands below, and the alarm keeps its column', async ({ glass }) => {
  await glass.open();
  await glass.tell(saying(put(following(aSnapshot({ count: 64 })), {}), WARNING));
  const [alarm, band] = [await boxOf(glass, 'alarm-panel'), await boxOf(glass, 'message-band')];
  expect(alarm.y + alarm.height).toBeLessThanOrEqual(band.y + 4);
  expect(await glass.text()).toContain('Hold the doors until 4 leave');
});

for (const board of BOARDS) {
  test(`nothing of a board lies under a note or a warning: ${board}`, async ({ glass }) => {
    await glass.open();
    for (const priority of ['note', 'warn'] as const) {
      const long = { text: TEXTS.de, secondText: TEXTS.es };
      await glass.tell(saying(boardOf(board, {}), aMessage({ ...long, priority })));
      const [stores, message] = [await boxOf(glass, `${board}-board`), await boxOf(glass, 'message-band')];
      expect(stores.y + stores.height).toBeLessThanOrEqual(message.y + 1);
      expect(message.y + message.height).toBeCloseTo(1_080, 0);
      expect(stores.height, 'at least half').toBeGreaterThanOrEqual(1_080 / 2 - 1);
    }
  });
}

test('an alarm hides neither that a store is over its limit, nor how fresh the count is', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell(saying(put(following(aSnapshot({ count: 64 })), {}), LOST_CHILD, aMessage()));
  const foot = glass.page.getByTestId('message-foot');
  await expect(foot).toHaveText('Over limit, 64 of 60 inside, live');
  expect(await glass.text()).toContain('and 1 more');
  await expect(glass.page.locator('footer .shape')).toHaveClass(/octagon/);
  await glass.tell(saying(wall(shops(12)), LOST_CHILD));
  await expect(foot).toHaveText('Puerto, Over limit, 64 of 60 inside, live');
  await glass.tell(saying(put(following(aSnapshot({ ageMs: 240_000 })), {}), LOST_CHILD));
  await expect(foot).toHaveText('38 inside, as of 16:20');
});

test('a drill says in both languages that it is one, and until when', async ({ glass }) => {
  await glass.open();
  await glass.tell(saying(door(aSnapshot(), { secondLanguage: 'es' }), DRILL));
  const text = await glass.text();
  for (const words of ['Drill', 'Simulacro', 'until 17:00', DRILL.text, DRILL.secondText ?? '']) {
    expect(text).toContain(words);
  }
  await expect(glass.page.getByTestId('message-foot')).toHaveText('38 inside, live');
});

test('a board for customers shows what is for everybody, and no message or alert of the staff', async ({
  glass,
}) => {
  await glass.open();
  const alerts = [
    anAlert({ type: 'over-capacity', severity: 'alarm' }),
    anAlert({ type: 'sensor-clock', door: 'door-1' }),
  ];
  const customers = door(aSnapshot({ count: 64, content: { alerts } }));
  await glass.tell(saying(customers, LOST_CHILD, WARNING));
  await expect(glass.page.getByTestId('message')).toHaveCount(0);
  await expect(glass.page.locator('attention-list, alarm-panel')).toHaveCount(0);
  expect(await glass.text()).not.toContain('Over limit');
  await glass.tell(saying(customers, LOST_CHILD, aMessage()));
  await expect(glass.page.getByTestId('message')).toHaveText(aMessage().text);
  expect(await glass.text()).not.toContain('more may');
});

test('a message ends by the clock of the sign, and the board has the whole glass again', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell(saying(door(aSnapshot()), aMessage({ endsInMs: 3_000 })));
  await expect(glass.page.getByTestId('message')).toBeVisible();
  await glass.page.clock.runFor(4_000);
  await expect(glass.page.getByTestId('message')).toHaveCount(0);
  expect((await boxOf(glass, 'door-board')).height).toBeCloseTo(1_080, 0);
  const [picture] = await glass.page.evaluate(() => window.drawn.slice(-1));
  expect(picture?.messages).toEqual([]);
});

test('a dark glass wakes for an alarm in earnest alone, and says which message it shows', async ({
  glass,
}) => {
  await glass.open();
  const dark = put(following(closed()), { display: 'opening-hours' });
  const messages = () => glass.page.evaluate(() => window.drawn.at(-1)?.messages);
  await glass.tell(dark);
  // It stays on for a while after the store closes.
  await glass.page.clock.runFor(3 * 3_600_000);
  await expect(glass.page.locator('sign-app')).toHaveAttribute('asleep');
  for (const message of [DRILL, WARNING, aMessage()]) {
    await glass.tell(saying(dark, message));
    await expect(glass.page.locator('sign-app')).toHaveAttribute('asleep');
    expect(await messages()).toEqual([]);
  }
  await glass.tell(saying(dark, LOST_CHILD));
  await expect(glass.page.getByTestId('message')).toHaveText(LOST_CHILD.text);
  expect(await messages()).toEqual([LOST_CHILD.messageId]);
});
