import { alertTypeSchema } from '../../cloud/contracts/alert.ts';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import { anAlert, aSnapshot, following, remembered, SIGN_ID, withoutLink } from '../support/glass-states.ts';
import { expect, SIZES, test } from './glass.ts';
import { measuredEach } from './measured-each.ts';
import { faultsOf } from './text-boxes.ts';

const LONG_DOORS = [
  ['Main entrance north', 59_000],
  ['Arcade', 372_000, true],
  ['Garage level minus two', 5_000],
  ['Roof', 1_000],
  ['East', 2_000],
  ['West', 2_000],
  ['Passage to the station', null, true],
  ['Staff', 900_000, true],
] as const;
const ALERT_TYPES = alertTypeSchema.options;
const YESTERDAY_MS = Date.UTC(2026, 10, 20, 22, 44);
const OLD_DOORS = LONG_DOORS.map(([name]) => [name, 840_000] as const);
const LONG_NAME = 'Passeig de Gràcia, Barcelona Eixample, planta baixa i soterrani';

const EACH_ALERT = ALERT_TYPES.map((type) => anAlert({ type, door: 'door-3', sinceMs: YESTERDAY_MS }));
const MANY_ALERTS = [
  anAlert({
    type: 'over-capacity',
    severity: 'alarm',
    acknowledgedBy: 'Maria Guadalupe Hernandez de la Vega',
  }),
  anAlert({ type: 'over-capacity', severity: 'alarm', zone: 'upper', active: false, sinceMs: YESTERDAY_MS }),
  anAlert({
    type: 'implausible-rate',
    door: 'door-3',
    acknowledgedBy: 'Maria Guadalupe Hernandez de la Vega',
  }),
];
const ZONES = ['Ground floor and entrance', 'Upper floor', 'Lower', 'Terrace', 'Café'].map((name, index) => ({
  id: index === 1 ? 'upper' : `zone-${index}`,
  name,
  count: 444,
  limits: index === 2 ? null : { soft: 400, hard: 444 },
}));

/** What is hardest to hold. */
const HARD: Readonly<Record<string, FeedState>> = {
  'two digits, ageing': following(aSnapshot({ ageMs: 59_000 })),
  'two digits, all may enter, one door silent': following(
    aSnapshot({ count: 21, doors: LONG_DOORS.slice(0, 3) }),
  ),
  'three digits, one door silent': following(
    aSnapshot({ count: 103, hard: 444, doors: LONG_DOORS.slice(0, 4) }),
  ),
  'four digits, long names, eight doors': following(
    aSnapshot({
      name: LONG_NAME,
      count: 1_034,
      hard: 1_444,
      doors: LONG_DOORS,
      flow: { in: 14_034, out: 13_000 },
    }),
  ),
  'four digits over, link down, eight doors': withoutLink(
    aSnapshot({ name: LONG_NAME, count: 2_444, hard: 1_444, doors: LONG_DOORS }),
  ),
  'over, link down, one door silent': withoutLink(
    aSnapshot({
      count: 64,
      doors: [
        ['Street', 1_000],
        ['Arcade', 372_000, true],
      ],
    }),
  ),
  'five digits': following(aSnapshot({ count: 24_044, hard: 40_000 })),
  'over by more than the limit': following(aSnapshot({ count: 144, hard: 60 })),
  'stale, two digits': withoutLink(aSnapshot({ ageMs: 840_000 })),
  'stale, four digits, long names, link down': withoutLink(
    aSnapshot({ name: LONG_NAME, count: 1_444, hard: 1_444, ageMs: 840_000, doors: OLD_DOORS }),
  ),
  'unknown, four digits': withoutLink(
    aSnapshot({ count: 1_444, hard: 1_444, ageMs: 90_000_000, state: 'unknown', doors: OLD_DOORS }),
  ),
  'remembered, four digits, link down': remembered(
    90_000_000,
    aSnapshot({ name: LONG_NAME, count: 1_444, hard: 1_444, doors: LONG_DOORS }),
  ),
  'remembered, two digits': remembered(60_000, aSnapshot()),
  'never heard': following(
    aSnapshot({ count: 0, ageMs: null, state: 'unknown', doors: [['Street', null, true]] }),
  ),
  'three stores': following(aSnapshot(), aSnapshot(), aSnapshot()),
  'nearly full': following(aSnapshot({ count: 56 })),
  'off by a few': following(aSnapshot({ count: 47, margin: 4 })),
  'off by many, stale': following(aSnapshot({ count: 47, margin: 12, ageMs: 840_000 })),
  ...Object.fromEntries(
    EACH_ALERT.flatMap((alert) => [
      [`alert ${alert.type}`, following(aSnapshot({ content: { alerts: [alert] } }))],
      [
        `alert ${alert.type}, of the whole store and ended`,
        following(
          aSnapshot({
            content: { alerts: [anAlert({ type: alert.type, active: false, sinceMs: YESTERDAY_MS })] },
          }),
        ),
      ],
    ]),
  ),
  'many alerts, long names': following(
    aSnapshot({ doors: LONG_DOORS, content: { zones: ZONES, alerts: MANY_ALERTS, moreAlerts: 14 } }),
  ),
  'three zones': following(aSnapshot({ content: { zones: ZONES.slice(0, 3) } })),
  'two zones, two alerts, stale': following(
    aSnapshot({ ageMs: 840_000, content: { zones: ZONES.slice(0, 2), alerts: EACH_ALERT.slice(4, 6) } }),
  ),
  'over, one to see to, no answer': following(
    aSnapshot({ count: 64, content: { alerts: [MANY_ALERTS[0] ?? [], EACH_ALERT[5] ?? []].flat() } }),
  ),
  'over by four digits, many alerts': withoutLink(
    aSnapshot({
      count: 2_444,
      hard: 1_444,
      doors: LONG_DOORS,
      content: { zones: ZONES, alerts: MANY_ALERTS, moreAlerts: 14 },
    }),
  ),
  'over by four digits, two alerts': following(
    aSnapshot({ count: 2_444, hard: 1_444, content: { zones: ZONES, alerts: MANY_ALERTS } }),
  ),
  unassigned: { kind: 'unassigned', signId: SIGN_ID, link: 'down' },
  'no answer': {
    kind: 'starting',
    problem: 'The cloud at https://vitrine.example.com:7071 does not answer.',
  },
};

for (const [held, size] of Object.entries(SIZES)) {
  for (const language of ['en', 'es']) {
    test(`words keep off each other and on the glass in every hard case, ${held}, ${language}`, async ({
      glass,
    }) => {
      await glass.page.setViewportSize(size);
      await glass.open(`?lang=${language}`);
      const names = Object.keys(HARD);
      const measured = await measuredEach(glass.page, Object.values(HARD), ['text']);
      expect(measured).toHaveLength(names.length);
      for (const [index, { text }] of measured.entries()) {
        expect(text.length, names[index]).toBeGreaterThan(2);
        expect.soft(faultsOf(text, size), names[index]).toEqual([]);
      }
    });
  }
}

test('a long name is shortened inside its box, and the time beside it stays whole', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot({ name: LONG_NAME })));
  const name = await glass.page.locator('.name').boundingBox();
  const when = await glass.page.locator('.when').boundingBox();
  expect((name?.x ?? 0) + (name?.width ?? 0)).toBeLessThan(when?.x ?? 0);
  await expect(glass.page.locator('.when')).toHaveText('Sat 21 Nov, 16:24');
});

for (const [held, size] of Object.entries(SIZES)) {
  for (const language of ['en', 'es']) {
    test(`what an alert says is not shortened, however long ago it began, ${held}, ${language}`, async ({
      glass,
    }) => {
      await glass.page.setViewportSize(size);
      await glass.open(`?lang=${language}`);
      const alerts = EACH_ALERT.flatMap((alert) => [true, false].map((active) => ({ ...alert, active })));
      const states = alerts.map((alert) => following(aSnapshot({ content: { alerts: [alert] } })));
      const measured = await measuredEach(glass.page, states, ['shortenedAlerts']);
      expect(measured).toHaveLength(alerts.length);
      for (const [index, { shortenedAlerts }] of measured.entries())
        expect.soft(shortenedAlerts, alerts[index]?.type).toEqual([]);
    });
  }
}
