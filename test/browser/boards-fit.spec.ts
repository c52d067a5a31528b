import { LANGUAGES } from '../../renderer/design/strings/languages.ts';
import { aSnapshot, following } from '../support/glass-states.ts';
import { closed, door, leaving, put, SUNDAY_MORNING_MS, shop, shops, wall } from './board-states.ts';
import { expect, SIZES, test } from './glass.ts';
import { faultsOf, textBoxes } from './text-boxes.ts';
import { expectWordsHeld } from './word-faults.ts';

const FORMS = {
  ...SIZES,
  '720p': { width: 1280, height: 720 },
  wide: { width: 2560, height: 1080 },
  'very wide': { width: 3840, height: 1080 },
  'square, almost': { width: 1024, height: 768 },
} as const;
const HOUR_MS = 3_600_000;
const LONGEST_NAME = 'Passeig de Gràcia, Barcelona Eixample, planta baixa i soterrani';

/** Each count with a limit that it may have. */
const COUNTS = [
  [0, 9],
  [9, 60],
  [56, 60],
  [99, 99],
  [103, 444],
  [999, 1_000],
  [1_034, 1_444],
  [9_999, 10_000],
  [24_044, 40_000],
  [99_999, 99_999],
] as const;

const FACES = {
  ...Object.fromEntries(
    COUNTS.map(([count, hard]) => [`${count} of ${hard}`, leaving(aSnapshot({ count, hard }), 0.3)]),
  ),
  'full, a long wait': leaving(aSnapshot({ count: 60 }), 0.01),
  'full, no wait known': aSnapshot({ count: 60 }),
  over: leaving(aSnapshot({ count: 1_466, hard: 1_444 }), 2),
  unknown: aSnapshot({ ageMs: 200_000 }),
  'closed until tomorrow': closed(),
  'closed until Thursday': closed({}, SUNDAY_MORNING_MS + 4 * 24 * HOUR_MS),
  'closed for a week and more': closed({}, SUNDAY_MORNING_MS + 10 * 24 * HOUR_MS),
  'closed, nobody said until when': closed({}, null),
};

const FACES_OF_CUSTOMERS = LANGUAGES.flatMap((language, index) => {
  const secondLanguage = LANGUAGES[(index + 1) % LANGUAGES.length] ?? 'en';
  return Object.entries(FACES).map(([name, snapshot]) => ({
    name: `${name}, ${language} and ${secondLanguage}`,
    state: door(snapshot, { language, secondLanguage }),
    languages: [language, secondLanguage],
  }));
});

const WALLS = (
  [
    [1, 60, 'en'],
    [1, 99_999, 'de'],
    [2, 444, 'fr'],
    [5, 99_999, 'es'],
    [12, 60, 'de'],
    [12, 444, 'es'],
    [24, 1_444, 'fr'],
    [40, 60, 'es'],
    [40, 444, 'de'],
    [40, 99_999, 'fr'],
    [1, 9_999, 'ar'],
    [12, 99_999, 'ar'],
    [40, 60, 'ar'],
    [2, 99_999, 'ja'],
    [12, 444, 'ja'],
    [40, 9_999, 'ja'],
  ] as const
).map(([count, hard, language]) => ({
  name: `${count} stores of ${hard}, ${language}`,
  state: wall([...shops(count, hard), shop(LONGEST_NAME, { hard, count: 0 })], { language }),
  languages: [language],
}));

const COUNTS_OF_MANAGERS = LANGUAGES.flatMap((language) =>
  COUNTS.flatMap(([count, hard]) =>
    [2_000, 300_000].map((ageMs) => ({
      name: `${count} of ${hard}, ${ageMs} ms old, ${language}`,
      state: put(following(aSnapshot({ count, hard, ageMs })), { language }),
      languages: [language],
    })),
  ),
);

const OTHERS_OF_MANAGERS = Object.entries({
  closed: put(following(closed({ count: 2 })), {}),
  'closed, Arabic': put(following(closed({ count: 2 })), { language: 'ar' }),
  'closed, Japanese': put(following(closed({ count: 2 })), { language: 'ja' }),
  'closed, Spanish': put(following(closed({ count: 2 })), { language: 'es' }),
  'closed, 99999': put(following(closed({ count: 24_044, hard: 99_999 })), {}),
  'closed and old': put(following(closed({ ageMs: 300_000 })), {}),
  'read from afar': put(following(aSnapshot({ count: 99_999, hard: 99_999 })), { farMetres: 30 }),
  'letters as small as they go': put(following(aSnapshot()), { farMetres: 1 }),
  'a large panel': put(following(aSnapshot()), { panelInches: 98, farMetres: 10 }),
}).map(([name, state]) => ({
  name,
  state,
  languages: [LANGUAGES.find((one) => one === state.sign?.settings?.language) ?? 'en'],
}));

for (const [form, size] of Object.entries(FORMS)) {
  test(`the board for customers holds its words in every state and language, ${form}`, async ({ glass }) => {
    test.setTimeout(300_000);
    await glass.page.setViewportSize(size);
    await glass.open();
    await expectWordsHeld(glass.page, size, FACES_OF_CUSTOMERS);
  });

  test(`a wall holds its words however many stores there are, ${form}`, async ({ glass }) => {
    test.setTimeout(300_000);
    await glass.page.setViewportSize(size);
    await glass.open();
    for (const { name, outsideTheirTile } of await expectWordsHeld(glass.page, size, WALLS, [
      'outsideTheirTile',
    ]))
      expect.soft(outsideTheirTile, name).toEqual([]);
  });

  test(`the manager’s board holds every count in the letters of each language, ${form}`, async ({
    glass,
  }) => {
    test.setTimeout(300_000);
    await glass.page.setViewportSize(size);
    await glass.open();
    await expectWordsHeld(glass.page, size, COUNTS_OF_MANAGERS);
  });

  test(`the manager’s board holds its words while closed, and says how far its letters reach, ${form}`, async ({
    glass,
  }) => {
    await glass.page.setViewportSize(size);
    await glass.open();
    await expectWordsHeld(glass.page, size, OTHERS_OF_MANAGERS);
  });
}

for (const words of [
  'Willkommen in unserem wunderschönen Laden',
  'Donaudampfschifffahrtsgesellschaftsladen',
  'Ja',
]) {
  test(`words of the operator fit as they are: ${words}`, async ({ glass }) => {
    for (const size of [FORMS.landscape, FORMS.portrait]) {
      await glass.page.setViewportSize(size);
      await glass.open();
      await glass.tell(door(aSnapshot(), { words: { open: words.slice(0, 40) } }));
      await expect(glass.page.getByTestId('state')).toHaveText(words.slice(0, 40));
      expect(faultsOf(await textBoxes(glass.page), size)).toEqual([]);
    }
  });
}
