import type { Page } from '@playwright/test';
import { alertTypeSchema } from '../../cloud/contracts/alert.ts';
import { type FeedState, troubleSchema } from '../../cloud/contracts/feed.ts';
import { learnEveryLanguage } from '../../renderer/design/strings/every-language.ts';
import { LANGUAGES, type Language } from '../../renderer/design/strings/languages.ts';
import { stringsFor } from '../../renderer/design/strings/strings-for.ts';
import { anAlert, aSnapshot, following, remembered, SIGN_ID, withoutLink } from '../support/glass-states.ts';
import { closed, door, leaving, shop, shops, wall } from './board-states.ts';
import { expect, SIZES, test } from './glass.ts';
import { facesDrawn } from './ink-boxes.ts';
import { measuredEach } from './measured-each.ts';
import { faultsOf } from './text-boxes.ts';
import { facesCame, isMargin, isOfOtherLetters } from './word-faults.ts';

learnEveryLanguage();

const NOT_TRUSTED =
  'The cloud at https://vitrine.example.com:7071 is not trusted: its certificate is over, or the clock of this device is wrong.';
const YESTERDAY_MS = Date.UTC(2026, 10, 20, 22, 44);
const STORE: Readonly<Record<Language, string>> = {
  en: 'Oxford Street, London Marylebone, ground floor and basement',
  es: 'Passeig de Gràcia, Barcelona Eixample, planta baixa i soterrani',
  fr: 'Rue du Faubourg Saint-Honoré, Paris huitième, rez-de-chaussée',
  de: 'Königsallee Düsseldorf Stadtmitte, Erdgeschoss und Untergeschoss',
  ja: '東京都中央区銀座四丁目本店、一階および地下一階',
  ar: 'شارع الملك فهد، الرياض، حي العليا، الطابق الأرضي والقبو',
};
const DOORS: Readonly<Record<Language, readonly [string, string, string]>> = {
  en: ['Main entrance', 'Arcade', 'Car park'],
  es: ['Entrada principal', 'Galería', 'Garaje'],
  fr: ['Entrée principale', 'Galerie', 'Parking'],
  de: ['Haupteingang', 'Passage', 'Tiefgarage'],
  ja: ['正面入口', 'アーケード', '駐車場'],
  ar: ['المدخل الرئيسي', 'الرواق', 'الموقف'],
};
const ALERTS = alertTypeSchema.options.map((type) =>
  anAlert({ type, door: 'door-3', sinceMs: YESTERDAY_MS }),
);

/** As a cloud tells it whose clock is that much ahead. */
function aheadBy(ms: number) {
  const { content, proof } = aSnapshot();
  return { content, proof: { ...proof, sentAtMs: proof.sentAtMs + ms } };
}

/** What has the most words, and the longest. */
function statesOf(language: Language): Readonly<Record<string, FeedState>> {
  const name = STORE[language];
  const [first, second, third] = DOORS[language];
  const doors = [
    [first, 59_000],
    [second, 372_000, true],
    [third, 5_000],
  ] as const;
  const silent = [
    [first, null, true],
    [second, 900_000, true],
    [third, 5_000],
    ['4', 5_000],
    ['5', 5_000],
  ] as const;
  const zones = [first, second].map((zone, index) => ({
    id: `zone-${index}`,
    name: zone,
    count: 44,
    limits: { soft: 40, hard: 48 },
  }));
  const pair = { language, secondLanguage: language === 'ar' ? 'ja' : 'ar' };
  const over = anAlert({ type: 'over-capacity', severity: 'alarm' });
  return {
    'two digits': following(aSnapshot({ name, ageMs: 1_000, doors: doors.slice(0, 1) })),
    'two digits, one door silent, zones': withoutLink(aSnapshot({ name, doors, content: { zones } })),
    'two doors silent': following(aSnapshot({ count: 56, margin: 4, doors: silent })),
    'three digits, full': following(aSnapshot({ name, count: 444, hard: 444 })),
    'four digits over, nobody answers': withoutLink(
      aSnapshot({ name, count: 2_444, hard: 1_444, doors, content: { alerts: [over, ...ALERTS] } }),
    ),
    'over by two, one more thing': following(
      aSnapshot({ count: 62, content: { alerts: [over, ALERTS[3] ?? over] } }),
    ),
    'five digits': following(aSnapshot({ count: 24_044, hard: 40_000 })),
    stale: withoutLink(aSnapshot({ name, count: 1_444, hard: 1_444, ageMs: 840_000, doors })),
    unknown: withoutLink(aSnapshot({ name, count: 144, hard: 444, ageMs: 90_000_000, state: 'unknown' })),
    'never heard': following(aSnapshot({ count: 0, ageMs: null, state: 'unknown', doors: silent })),
    remembered: remembered(90_000_000, aSnapshot({ name, count: 444, hard: 1_444, doors })),
    'three stores': following(aSnapshot(), aSnapshot(), aSnapshot()),
    'no stores': following(),
    unassigned: { kind: 'unassigned', signId: SIGN_ID, link: 'up' },
    'unassigned, no cloud': { kind: 'unassigned', signId: SIGN_ID, link: 'down' },
    pairing: {
      kind: 'unassigned',
      signId: SIGN_ID,
      link: 'up',
      offer: {
        code: 'WMMWGWMM',
        fingerprint: 'C0DE 8888',
        consoleUrl: 'https://vitrine.example.com:7071/console/',
        endsInMs: 599_000,
      },
    },
    'door, open': door(aSnapshot({ name }), pair),
    'door, two more': door(aSnapshot({ count: 1_442, hard: 1_444 }), pair),
    'door, full, about a minute': door(leaving(aSnapshot({ count: 60 }), 2), pair),
    'door, full, a long wait': door(leaving(aSnapshot({ count: 60 }), 0.01), pair),
    'door, unknown': door(aSnapshot({ ageMs: 200_000 }), pair),
    'door, closed': door(closed(), pair),
    'wall of five': wall([...shops(5, 444), shop(name, { hard: 444 })], { language }),
    'wall of forty': wall([...shops(40), shop(name)], { language }),
    starting: { kind: 'starting', problem: null },
    'no answer': {
      kind: 'starting',
      problem: 'The cloud at https://vitrine.example.com:7071 does not answer.',
    },
    revoked: { kind: 'starting', problem: null, revoked: true },
    'not secure': {
      kind: 'starting',
      problem: stringsFor([language]).notSecure,
      trouble: 'not-secure',
    },
    ...Object.fromEntries(
      troubleSchema.options
        .filter((trouble) => trouble !== 'not-secure')
        .map((trouble) => [
          `trouble ${trouble}`,
          { kind: 'starting', problem: NOT_TRUSTED, trouble } as const,
        ]),
    ),
    'clock off': following(aheadBy(3 * 3_600_000)),
    'last heard yesterday': following(aSnapshot({ ageMs: 60_000_000 })),
    ...Object.fromEntries(
      ALERTS.map((alert) => [
        `alert ${alert.type}`,
        following(aSnapshot({ content: { alerts: [{ ...alert, active: alert.type === 'full' }] } })),
      ]),
    ),
  };
}

for (const language of LANGUAGES) {
  for (const held of ['landscape', 'portrait'] as const) {
    test(`no words are cut off or run into others, ${held}, ${language}`, async ({ glass }) => {
      test.setTimeout(180_000);
      const size = SIZES[held];
      await glass.page.setViewportSize(size);
      await glass.open(`?lang=${language}`);
      const states = Object.entries(statesOf(language));
      const told = states.map(([, state]) => state);
      const measured = await measuredEach(glass.page, told, ['line', 'ink', 'cutOff']);
      expect(measured).toHaveLength(states.length);
      for (const [index, { line, ink, cutOff }] of measured.entries()) {
        const name = states[index]?.[0];
        const letters = isOfOtherLetters(language) ? ink : line;
        expect(line.length, name).toBeGreaterThan(1);
        expect.soft(faultsOf(line, size).filter(isMargin), name).toEqual([]);
        expect
          .soft(
            faultsOf(letters, size).filter((fault) => !isMargin(fault)),
            name,
          )
          .toEqual([]);
        expect.soft(cutOff, name).toEqual([]);
      }
    });
  }

  test(`every letter is drawn in a face that the sign brings along, ${language}`, async ({ glass }) => {
    await glass.open(`?lang=${language}`);
    for (const name of ['two doors silent', 'unassigned, no cloud', 'pairing']) {
      await glass.tell(statesOf(language)[name] ?? following());
      await expect.poll(async () => brought(await facesDrawn(glass.page)), name).toEqual([]);
    }
    const faces = [...(await facesDrawn(glass.page)).keys()].join();
    expect(faces).toContain('Inter');
    if (language === 'ja') expect(faces).toContain('Noto Sans JP');
    if (language === 'ar') expect(faces).toContain('Noto Sans Arabic');
  });
}

/** Faces of the machine; a kiosk has none. */
const brought = (faces: Awaited<ReturnType<typeof facesDrawn>>): string[] =>
  [...faces].flatMap(([family, face]) => (face.brought ? [] : [family]));

test('a store of another script is named in its own letters, and only then is their face fetched', async ({
  glass,
}) => {
  const fetched: string[] = [];
  glass.page.on('request', (request) => fetched.push(request.url()));
  await glass.open();
  await glass.tell(following(aSnapshot()));
  await facesCame(glass.page);
  expect(fetched.filter((url) => /noto|japanese-faces/.test(url))).toEqual([]);
  await glass.tell(following(aSnapshot({ name: '銀座本店' })));
  await expect.poll(async () => [...(await facesDrawn(glass.page)).keys()].join()).toContain('Noto Sans JP');
  await glass.tell(following(aSnapshot({ name: 'شارع الملك فهد' })));
  await expect
    .poll(async () => [...(await facesDrawn(glass.page)).keys()].join())
    .toContain('Noto Sans Arabic');
  expect(brought(await facesDrawn(glass.page))).toEqual([]);
});

test('Arabic runs from right to left, and its figures, times and codes from left to right', async ({
  glass,
}) => {
  await glass.open('?lang=ar');
  await glass.tell(following(aSnapshot()));
  const { page } = glass;
  const middle = async (selector: string, index = 0) => {
    const box = await page.locator(selector).nth(index).boundingBox();
    if (box === null) throw new Error(`${selector} is not on the glass`);
    return box.x + box.width / 2;
  };
  const width = SIZES.landscape.width;
  await expect(page.locator('sign-app')).toHaveAttribute('dir', 'rtl');
  expect(await middle('count-figure')).toBeGreaterThan(await middle('store-count .about'));
  expect(await middle('manager-board .when')).toBeLessThan(width / 3);
  expect(await middle('state-panel .shape')).toBeGreaterThan(await middle('state-panel header p'));
  expect(await middle('day-curve .hours p', 0)).toBeGreaterThan(await middle('day-curve .hours p', 4));
  const [first = 0, second = 0] = await page.locator('count-figure .digits').evaluate((digits) => {
    const words = [...digits.childNodes].find((one) => one instanceof Text && one.data.trim() !== '');
    if (!(words instanceof Text)) throw new Error('there are no digits');
    const from = words.data.search(/\d/);
    return [from, from + 1].map((at) => {
      const digit = document.createRange();
      digit.setStart(words, at);
      digit.setEnd(words, at + 1);
      return digit.getBoundingClientRect().left;
    });
  });
  expect(first).toBeLessThan(second);
  expect(await takenSide(page)).toBe('right');
  const name = await page.locator('.name').evaluate((element) => {
    const words = document.createRange();
    words.selectNodeContents(element);
    return words.getBoundingClientRect().right;
  });
  expect(width - name).toBeLessThan(width * 0.06);

  await glass.tell(statesOf('ar').pairing ?? following());
  expect(await middle('pairing-board .code span', 0)).toBeLessThan(
    await middle('pairing-board .code span', 1),
  );
  await expect(page.locator('pairing-board .value').last()).toHaveText('9:59');
});

/** Where the strip begins to be taken. */
const takenSide = (page: Page): Promise<'left' | 'right'> =>
  page
    .locator('people-strip')
    .first()
    .evaluate((strip) => {
      const [taken, free] = ['.taken', 'path:not(.taken)'].map((cells) =>
        strip.shadowRoot?.querySelector(cells)?.getBoundingClientRect(),
      );
      return (taken?.left ?? 0) < (free?.left ?? 0) ? 'left' : 'right';
    });
