import { expect, test } from 'vitest';
import type { SnapshotAlert } from '../../cloud/contracts/alert.ts';
import type { Snapshot } from '../../cloud/contracts/snapshot.ts';
import { english } from '../../renderer/design/strings/english.ts';
import { answerToOver } from '../../renderer/sign/view/alert-rows.ts';
import { attentionOf } from '../../renderer/sign/view/attention.ts';
import { localTime } from '../../renderer/sign/view/local-time.ts';
import { rememberedView, storeView } from '../../renderer/sign/view/store-view.ts';
import { anAlert, aSnapshot, SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';

const time = localTime('en-GB', 'Europe/Madrid');
const ZONES = [
  { id: 'ground', name: 'Ground floor', count: 21, limits: null },
  { id: 'upper', name: 'Upper floor', count: 20, limits: { soft: 18, hard: 20 } },
];
const SILENT_ARCADE = [
  ['Street', 2_000],
  ['Arcade', 372_000, true],
] as const;

type Alerted = Parameters<typeof aSnapshot>[0] & { readonly moreAlerts?: number };
const alerted = (alerts: SnapshotAlert[], { moreAlerts = 0, ...difference }: Alerted = {}) =>
  aSnapshot({ ...difference, content: { zones: ZONES, alerts, moreAlerts } });

const inputOf = (snapshot: Snapshot) => ({
  content: snapshot.content,
  view: storeView(snapshot, 0),
  link: 'up' as const,
  nowMs: SATURDAY_AFTERNOON_MS,
  time,
  strings: english,
});
const linesOf = ({ items, more }: ReturnType<typeof attentionOf>) => [
  ...items.map(({ name, title, lead, detail }) => [name, title, lead, detail].filter(Boolean).join(' / ')),
  ...(more > 0 ? [`and ${more} more`] : []),
];
const told = (snapshot: Snapshot) => linesOf(attentionOf(inputOf(snapshot)));

test('an alert says where, what, since when, and who answered it', () => {
  expect(
    told(
      alerted([
        anAlert({ type: 'implausible-rate', door: 'door-3' }),
        anAlert({ type: 'sensor-clock', door: 'door-1', acknowledgedBy: 'Mara' }),
      ]),
    ),
  ).toEqual(['Garage / bad count / since / 15:21, nobody yet', 'Street / clock off / since / 15:21, Mara']);
});

test('an alert that is over stays until somebody has answered it', () => {
  expect(told(alerted([anAlert({ type: 'rejected-rising', door: 'door-3', active: false })]))).toEqual([
    'Garage / refused / past, from 15:21',
  ]);
});

test('an alert that is over has none of the colour of one that is not', () => {
  const hasEnded = (active: boolean) =>
    attentionOf(inputOf(alerted([anAlert({ type: 'rejected-rising', active })]))).items[0]?.hasEnded;
  expect([hasEnded(false), hasEnded(true)]).toEqual([true, false]);
});

test('how full the whole store is has no row, how full a zone is has one', () => {
  expect(
    told(
      alerted([
        anAlert({ type: 'near-capacity' }),
        anAlert({ type: 'full' }),
        anAlert({ type: 'full', zone: 'upper' }),
      ]),
    ),
  ).toEqual(['Upper floor / full / since / 15:21, nobody yet']);
});

test('over its limit the store has the panel, which says who answers; once it is not, a row', () => {
  const over = (difference: Partial<SnapshotAlert>) =>
    alerted([anAlert({ type: 'over-capacity', severity: 'alarm', ...difference })], { count: 64 });
  expect(told(over({}))).toEqual(['No alerts']);
  expect(answerToOver(inputOf(over({})))).toBe('15:21, no answer yet');
  expect(answerToOver(inputOf(over({ acknowledgedBy: 'Jonas' })))).toBe('15:21, Jonas answers');
  expect(answerToOver(inputOf(over({ zone: 'upper' })))).toBeNull();
  const ended = alerted([anAlert({ type: 'over-capacity', severity: 'alarm', active: false })]);
  expect(told(ended)).toEqual(['Over limit / past, from 15:21']);
});

test('a silent door is told once, by the ages that the sign counts, with who answered it', () => {
  const silent = (difference: Partial<SnapshotAlert>) =>
    alerted([anAlert({ type: 'sensor-silent', door: 'door-2', ...difference })], { doors: SILENT_ARCADE });
  expect(told(silent({}))).toEqual(['Arcade / silent / since 16:17, 6 min']);
  expect(told(silent({ acknowledgedBy: 'Mara' }))).toEqual(['Arcade / silent / since / 16:17, Mara']);
});

test('a silent door with two sensors is answered only once both are', () => {
  const alerts = [null, 'Mara'].map((acknowledgedBy) =>
    anAlert({ type: 'sensor-silent', door: 'door-2', acknowledgedBy }),
  );
  expect(told(alerted(alerts, { doors: SILENT_ARCADE }))).toEqual(['Arcade / silent / since 16:17, 6 min']);
});

test('a door that speaks again is silent no more, whatever an older alert says', () => {
  expect(told(alerted([anAlert({ type: 'sensor-silent', door: 'door-2' })]))).toEqual(['No alerts']);
});

test('several silent doors are answered only once each of them is', () => {
  const doors = [
    ['Street', 900_000, true],
    ['Arcade', 372_000, true],
    ['Garage', 2_000],
  ] as const;
  const alert = (door: string, acknowledgedBy: string | null) =>
    anAlert({ type: 'sensor-silent', door, acknowledgedBy });
  const one = alerted([alert('door-1', 'Mara'), alert('door-2', null)], { doors });
  expect(told(one)).toEqual(['2 doors silent / longest 15 min']);
  const both = alerted([alert('door-1', 'Mara'), alert('door-2', 'Jonas')], { doors });
  expect(told(both)).toEqual(['2 doors silent / 15 min, Mara']);
});

test('what is worse than a silent door stands above it, what is milder below', () => {
  const rows = (difference: Parameters<typeof anAlert>[0]) =>
    told(alerted([anAlert(difference)], { doors: SILENT_ARCADE })).map((line) => line.split(' / ')[0]);
  expect(rows({ type: 'over-capacity', severity: 'alarm', zone: 'upper' })).toEqual([
    'Upper floor',
    'Arcade',
  ]);
  expect(rows({ type: 'full', severity: 'warn', zone: 'upper' })).toEqual(['Upper floor', 'Arcade']);
  expect(rows({ type: 'sensor-clock', severity: 'warn', door: 'door-1' })).toEqual(['Arcade', 'Street']);
  expect(rows({ type: 'door-imbalance', severity: 'note', door: 'door-1' })).toEqual(['Arcade', 'Street']);
});

test('what has no row is counted, on the sign and in the cloud', () => {
  const alerts = ['door-1', 'door-2', 'door-3'].map((door) => anAlert({ type: 'sensor-clock', door }));
  expect(told(alerted(alerts, { moreAlerts: 4 })).at(-1)).toBe('and 5 more');
  expect(told(alerted(alerts.slice(0, 2)))).toHaveLength(2);
  const over = told(alerted(alerts, { count: 64 }));
  expect(over).toEqual(['Street / clock off / since / 15:21, nobody yet', 'and 2 more']);
});

test('silent doors that the cloud had no room to list are not counted twice', () => {
  const doors = ['A', 'B', 'C', 'D', 'E'].map(
    (name) => [name, name === 'A' ? 2_000 : 372_000, name !== 'A'] as const,
  );
  const alerts = ['door-2', 'door-3', 'door-4'].map((door) => anAlert({ type: 'sensor-silent', door }));
  expect(told(alerted(alerts, { doors, moreAlerts: 1 }))).toEqual(['4 doors silent / longest 6 min']);
});

test('alerts from before the sign started, or from before the cloud was lost, are not told as of now', () => {
  const alerts = [anAlert({ type: 'sensor-clock', door: 'door-1' })];
  const remembered = alerted(alerts, { moreAlerts: 2 });
  const view = rememberedView(remembered.content);
  expect(linesOf(attentionOf({ ...inputOf(remembered), view }))).toEqual(['No data / since restart']);
  const old = inputOf(alerted(alerts, { moreAlerts: 2, ageMs: 240_000 }));
  expect(linesOf(attentionOf({ ...old, link: 'down' }))).toEqual([
    'No data / for 4 min',
    'No connection / to the cloud',
  ]);
  expect(linesOf(attentionOf(old))).toEqual([
    'No data / for 4 min',
    'Street / clock off / since / 15:21, nobody yet',
    'and 2 more',
  ]);
});
