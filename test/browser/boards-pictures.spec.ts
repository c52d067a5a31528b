import { aSnapshot, following, withoutLink } from '../support/glass-states.ts';
import { closed, door, leaving, put, shops, wall } from './board-states.ts';
import { SIZES, test } from './glass.ts';

/** Where the pictures go; they are kept in `docs/glass`. */
const FOLDER = process.env.VITRINE_PICTURES;
const BOTH = { secondLanguage: 'es' } as const;
const LIGHT = { theme: 'light' } as const;

const EITHER_WAY = {
  'door-open': door(aSnapshot(), BOTH),
  'door-nearly': door(aSnapshot({ count: 56 }), BOTH),
  'door-full': door(leaving(aSnapshot({ count: 60 }), 0.3), BOTH),
  'door-unknown': door(aSnapshot({ ageMs: 200_000 }), BOTH),
  'door-closed': door(closed(), BOTH),
  'wall-12': wall(shops(12)),
  'manager-closed': put(following(closed({ count: 2 })), {}),
};

const LANDSCAPE = {
  'door-open-light': door(aSnapshot(), { ...BOTH, ...LIGHT }),
  'door-nearly-light': door(aSnapshot({ count: 56 }), { ...BOTH, ...LIGHT }),
  'door-full-light': door(leaving(aSnapshot({ count: 60 }), 0.3), { ...BOTH, ...LIGHT }),
  'door-unknown-light': door(aSnapshot({ ageMs: 200_000 }), { ...BOTH, ...LIGHT }),
  'door-closed-light': door(closed(), { ...BOTH, ...LIGHT }),
  'door-open-arabic': door(aSnapshot(), { language: 'ar', secondLanguage: 'en' }),
  'door-open-german': door(aSnapshot({ count: 103, hard: 444 }), { language: 'de', secondLanguage: 'fr' }),
  'wall-1': wall(shops(1)),
  'wall-5': wall(shops(5)),
  'wall-12-light': wall(shops(12), LIGHT),
  'wall-40': wall(shops(40)),
  'manager-over': put(withoutLink(aSnapshot({ count: 64 })), {}),
};

const WIDE = { 'door-open': EITHER_WAY['door-open'], 'wall-12': EITHER_WAY['wall-12'] };

const SETS = [
  { form: 'landscape', size: SIZES.landscape, states: { ...EITHER_WAY, ...LANDSCAPE } },
  { form: 'portrait', size: SIZES.portrait, states: EITHER_WAY },
  { form: 'wide', size: { width: 2_560, height: 1_080 }, states: WIDE },
] as const;

for (const { form, size, states } of SETS) {
  test(`pictures of the boards, ${form}`, async ({ glass }) => {
    test.skip(FOLDER === undefined, 'asked for by VITRINE_PICTURES');
    await glass.page.emulateMedia({ reducedMotion: 'reduce' });
    await glass.page.setViewportSize(size);
    await glass.open();
    for (const [name, state] of Object.entries(states)) {
      await glass.tell(state);
      await glass.page.evaluate(() => document.fonts.ready);
      await glass.page.screenshot({ path: `${FOLDER}/${name}-${form}.png` });
    }
  });
}
