import { aSnapshot, following, withoutLink } from '../support/glass-states.ts';
import { closed, door, leaving, put, shops, wall } from './board-states.ts';
import { SIZES, test } from './glass.ts';
import { aMessage, DRILL, LOST_CHILD, saying, WARNING } from './message-states.ts';

/** Where the pictures go; they are kept in `docs/glass`. */
const FOLDER = process.env.VITRINE_PICTURES;
const BOTH = { secondLanguage: 'es' } as const;
const LIGHT = { theme: 'light' } as const;

const FOUR_MINUTES_MS = 240_000;
const HALF_AN_HOUR_MS = 1_800_000;
const ONE_DOOR_SILENT = aSnapshot({
  count: 47,
  doors: [
    ['Street', 2_000],
    ['Arcade', 400_000, true],
    ['Garage', 7_000],
  ],
});

/** Every board in every state. */
const EVERY_WAY = {
  'manager-open': put(following(aSnapshot()), {}),
  'manager-nearly': put(following(aSnapshot({ count: 56 })), {}),
  'manager-full': put(following(aSnapshot({ count: 60 })), {}),
  'manager-over': put(following(aSnapshot({ count: 64 })), {}),
  'manager-partial': put(following(ONE_DOOR_SILENT), {}),
  'manager-stale': put(withoutLink(aSnapshot({ ageMs: FOUR_MINUTES_MS })), {}),
  'manager-unknown': put(withoutLink(aSnapshot({ ageMs: HALF_AN_HOUR_MS })), {}),
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
};

/** What an operator says. */
const SAID = {
  'message-drill': saying(put(following(aSnapshot()), BOTH), DRILL),
  'message-warn-manager': saying(put(following(aSnapshot({ count: 56 })), {}), WARNING),
  'message-note-door': saying(
    door(aSnapshot(), BOTH),
    aMessage({ secondText: 'El ascensor no funciona hasta mediodía' }),
  ),
  'message-note-wall': saying(wall(shops(12)), aMessage({ audience: 'staff' })),
};

const SAID_ACROSS = {
  'message-alarm-over': saying(put(following(aSnapshot({ count: 64 })), {}), LOST_CHILD, aMessage()),
  'message-warn-over': saying(put(following(aSnapshot({ count: 64 })), {}), WARNING),
  'message-drill-door': saying(door(aSnapshot(), BOTH), DRILL),
};

/** The colours of a chain. */
const BRAND = { brand: { ground: '#003b2f', ink: '#ffffff', accent: '#f2a900' } } as const;
const SAND = { brand: { ground: '#f6efe2', ink: '#2b1d12', accent: '#a5432b' }, theme: 'light' } as const;

const BRANDED = {
  'manager-brand': put(following(aSnapshot()), BRAND),
  'manager-brand-over': put(following(aSnapshot({ count: 64 })), BRAND),
  'manager-brand-sand': put(following(aSnapshot({ count: 56 })), SAND),
  'wall-brand': wall(shops(12), BRAND),
  'wall-brand-sand': wall(shops(5), SAND),
  'door-closed-brand': door(closed(), { ...BOTH, ...BRAND }),
};

/** A cloud that is not trusted, in words for whoever stands there. */
const TROUBLE = {
  'trouble-expired': {
    kind: 'starting',
    problem:
      'The cloud at https://shop-pc:7071 is not trusted: its certificate is over, or the clock of this device is wrong.',
    trouble: 'expired',
  },
} as const;

/** The same picture in another number of pixels. */
const ANY_SIZE = {
  'manager-open': EVERY_WAY['manager-open'],
  'door-open': EVERY_WAY['door-open'],
  'wall-12': EVERY_WAY['wall-12'],
};

const SETS = [
  {
    form: 'landscape',
    size: SIZES.landscape,
    states: { ...EVERY_WAY, ...LANDSCAPE, ...BRANDED, ...TROUBLE, ...SAID, ...SAID_ACROSS },
  },
  { form: 'portrait', size: SIZES.portrait, states: { ...EVERY_WAY, ...SAID } },
  { form: '4k', size: SIZES['4K'], states: ANY_SIZE },
  { form: '720p', size: { width: 1_280, height: 720 }, states: ANY_SIZE },
  { form: 'wide', size: { width: 2_560, height: 1_080 }, states: EVERY_WAY },
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
