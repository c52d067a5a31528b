import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { SignSettings } from '../../cloud/contracts/sign-report.ts';
import { closed, door, leaving, put, shops, wall } from '../browser/board-states.ts';
import { aMessage, DRILL, LOST_CHILD, saying, WARNING } from '../browser/message-states.ts';
import { anAlert, aSnapshot, following, remembered, SIGN_ID, withoutLink } from '../support/glass-states.ts';

export type Tile = {
  /** `door full, portrait, light` */
  readonly name: string;
  readonly state: FeedState;
  readonly theme: 'dark' | 'light';
  readonly widthPx: number;
  readonly heightPx: number;
};

const FORMS = {
  landscape: [1_920, 1_080],
  portrait: [1_080, 1_920],
  wide: [2_560, 1_080],
  '720p': [1_280, 720],
  '4K': [3_840, 2_160],
} as const;

const THEMES = ['dark', 'light'] as const;
const LANGUAGES = ['en', 'es', 'fr', 'de', 'ja', 'ar'] as const;

const OLD_MS = 4 * 60_000;
const DOORS = [
  ['Street', 2_000],
  ['Arcade', 372_000, true],
  ['Garage', 5_000],
] as const;
const OFFER = { code: 'BCDF-GHJK', fingerprint: '7F3A 91C2', consoleUrl: null, endsInMs: 461_000 };

const over = anAlert({ type: 'over-capacity', severity: 'alarm', acknowledgedBy: 'Mara' });
const zones = [
  { id: 'ground', name: 'Ground floor', count: 112, limits: null },
  { id: 'upper', name: 'Upper floor', count: 66, limits: { soft: 60, hard: 80 } },
];

const STATES: Readonly<Record<string, FeedState>> = {
  'manager open': following(aSnapshot()),
  'manager nearly full': following(aSnapshot({ count: 56 })),
  'manager full': following(aSnapshot({ count: 60 })),
  'manager over, nobody answered': following(aSnapshot({ count: 64 })),
  'manager over, answered': following(aSnapshot({ count: 64, content: { alerts: [over] } })),
  'manager silent door': following(aSnapshot({ doors: DOORS })),
  'manager ageing': following(aSnapshot({ ageMs: 60_000 })),
  'manager stale': withoutLink(aSnapshot({ ageMs: OLD_MS })),
  'manager unknown': withoutLink(aSnapshot({ ageMs: 10 * OLD_MS })),
  'manager never heard': following(aSnapshot({ count: 0, ageMs: null, state: 'unknown' })),
  'manager closed': put(following(closed({ count: 2 })), {}),
  'manager zones': following(aSnapshot({ name: 'Brandt & Lund', count: 187, hard: 200, content: { zones } })),
  'manager count 0': following(aSnapshot({ count: 0 })),
  'manager count 1,234': following(aSnapshot({ count: 1_234, hard: 2_000 })),
  'manager count 99,999': following(aSnapshot({ count: 99_999, hard: 99_999 })),
  'door open': door(aSnapshot(), { secondLanguage: 'es' }),
  'door nearly full': door(aSnapshot({ count: 56 }), { secondLanguage: 'es' }),
  'door full, wait known': door(leaving(aSnapshot({ count: 60 }), 0.3), { secondLanguage: 'es' }),
  'door full': door(aSnapshot({ count: 60 })),
  'door unknown': door(aSnapshot({ ageMs: OLD_MS }), { secondLanguage: 'es' }),
  'door closed': door(closed(), { secondLanguage: 'es' }),
  'wall 1 store': wall(shops(1)),
  'wall 12 stores': wall(shops(12)),
  'wall 40 stores': wall(shops(40)),
  starting: { kind: 'starting', problem: null },
  'starting, no cloud': {
    kind: 'starting',
    problem: 'The cloud at https://vitrine.example.com does not answer.',
  },
  'taken out of service': { kind: 'starting', problem: null, revoked: true },
  remembered: remembered(OLD_MS, aSnapshot()),
  'pairing code': { kind: 'unassigned', signId: SIGN_ID, link: 'up', offer: OFFER },
  'without a place': { kind: 'unassigned', signId: SIGN_ID, link: 'up' },
  'group without stores': following(),
  identify: { ...put(following(aSnapshot()), {}), identify: true },
  'message drill': saying(put(following(aSnapshot()), { secondLanguage: 'es' }), DRILL),
  'message alarm, over the limit': saying(put(following(aSnapshot({ count: 64 })), {}), LOST_CHILD, WARNING),
  'message warning to managers': saying(put(following(aSnapshot()), {}), WARNING),
  'message warning to customers': saying(
    door(aSnapshot(), { secondLanguage: 'es' }),
    aMessage({ priority: 'warn', secondText: 'El ascensor no funciona hasta mediodía' }),
  ),
  'message note to customers': saying(door(aSnapshot({ count: 56 })), aMessage()),
  'message note on a wall': saying(wall(shops(12)), aMessage(), aMessage({ messageId: 'm-2' })),
};

/** Every state in every form and theme, and the boards in every language. */
export const TILES: readonly Tile[] = [
  ...Object.entries(STATES).flatMap(([name, state]) =>
    Object.entries(FORMS).flatMap(([form, [widthPx, heightPx]]) =>
      THEMES.map((theme) => ({ name: `${name}, ${form}, ${theme}`, state, theme, widthPx, heightPx })),
    ),
  ),
  ...LANGUAGES.flatMap((language) => inLanguage(language)),
];

function inLanguage(language: (typeof LANGUAGES)[number]): Tile[] {
  const boards: readonly NonNullable<SignSettings['board']>[] = ['manager', 'door', 'wall'];
  const [widthPx, heightPx] = FORMS.landscape;
  return boards.map((board) => {
    const stores = board === 'wall' ? shops(12) : [aSnapshot({ doors: DOORS })];
    const state = put(following(...stores), { board, language });
    return { name: `${board} in ${language}, landscape, dark`, state, theme: 'dark', widthPx, heightPx };
  });
}
