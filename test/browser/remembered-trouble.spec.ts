import type { FeedState, Trouble } from '../../cloud/contracts/feed.ts';
import type { Board } from '../../cloud/contracts/sign-report.ts';
import { LANGUAGES, type Language } from '../../renderer/design/strings/languages.ts';
import { aSnapshot, remembered } from '../support/glass-states.ts';
import { shops } from './board-states.ts';
import { expect, SIZES, test } from './glass.ts';
import { expectWordsHeld } from './word-faults.ts';

const HOUR_MS = 3_600_000;
const FORMS = {
  ...SIZES,
  '720p': { width: 1280, height: 720 },
  wide: { width: 2560, height: 1080 },
} as const;
const TROUBLES: readonly Trouble[] = [
  ...(['unreachable', 'not-the-cloud', 'other-version', 'push-unreachable', 'not-ready'] as const),
  ...(['untrusted', 'expired', 'wrong-name', 'clock', 'refused'] as const),
];

/** A sign that started anew and cannot come to its cloud. */
function startedIn(trouble: Trouble, board: Board, language: Language = 'en'): FeedState {
  const stores = board === 'wall' ? shops(12) : [aSnapshot()];
  const sign = { name: 'Passage', fingerprint: '7F3A 91C2', settings: { board, language } };
  return { ...remembered(HOUR_MS, ...stores), sign, trouble } as FeedState;
}

test('a remembered board says what keeps it from its cloud, and customers read nothing of it', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell(startedIn('untrusted', 'manager'));
  const said = glass.page.getByTestId('attention');
  await expect(said.last()).toHaveText(/Cloud not trusted\s*Nobody whom this device knows signed its cert/);
  await glass.tell(startedIn('clock', 'manager'));
  await expect(said.last()).toHaveText(/Clock is wrong\s*Set the date and the time of this device/);
  await glass.tell(startedIn('unreachable', 'manager'));
  await expect(said.last()).toHaveText(/No connection\s*to the cloud/);
  await glass.tell(startedIn('expired', 'wall'));
  await expect(glass.page.locator('wall-board header').first()).toContainText('Certificate expired');
  await glass.tell(startedIn('expired', 'door'));
  await expect(glass.page.locator('door-board')).toBeVisible();
  expect(await glass.text()).not.toContain('Certificate');
});

const EVERY_TROUBLE = LANGUAGES.flatMap((language) =>
  TROUBLES.flatMap((trouble) =>
    (['manager', 'wall'] as const).map((board) => ({
      name: `${board}, ${trouble}, ${language}`,
      state: startedIn(trouble, board, language),
      languages: [language],
    })),
  ),
);

for (const [form, size] of Object.entries(FORMS)) {
  test(`a remembered board holds the words of every trouble in every language, ${form}`, async ({
    glass,
  }) => {
    test.setTimeout(300_000);
    await glass.page.setViewportSize(size);
    await glass.open();
    const held = await expectWordsHeld(glass.page, size, EVERY_TROUBLE, ['underWords']);
    for (const { name, underWords } of held) expect.soft(underWords, name).toEqual([]);
  });
}
