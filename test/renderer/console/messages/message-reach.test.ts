import { expect, test } from 'vitest';
import { reachOf, reachWords } from '../../../../renderer/console/messages/message-reach.ts';
import { aSign, darkSign, NOW_MS, painted, waitingSign } from '../signs/known-signs.ts';

const { report } = aSign('any');
const asleep = report && { ...report, painted: painted({ asleep: true }) };
const fleet = [
  aSign('Front'),
  aSign('Office'),
  darkSign('Passage'),
  aSign('Entrance', { settings: { board: 'door' } }),
  aSign('Wall', { storeGroupId: 'sants', report: asleep }),
  aSign('Old', { revokedAtMs: NOW_MS }),
  waitingSign('New'),
];
const of = (...groups: string[]) =>
  ({ allSigns: false, groups: new Set(groups), audience: 'staff', priority: 'note', drill: false }) as const;
const everywhere = { ...of(), allSigns: true, audience: 'everyone' } as const;
const said = (scope: Parameters<typeof reachOf>[1], signs = fleet) =>
  reachWords(reachOf(signs, scope, NOW_MS), scope);

test('what a message for staff reaches is counted by what its signs show, and door boards stand apart', () => {
  expect(said(of('madrid', 'sants'))).toBe(
    'Reaches 4 signs of 2 groups: 2 showing what is true, 1 dark, 1 asleep. 1 door board does not show it: it is for staff.',
  );
});

test('a message for everyone reaches door boards; neither revoked signs nor those without a place', () => {
  expect(said(everywhere)).toBe('Reaches 5 signs of 2 groups: 3 showing what is true, 1 dark, 1 asleep.');
});

test('an alarm in earnest wakes the signs that sleep, and a drill does not', () => {
  const alarm = { ...everywhere, priority: 'alarm' } as const;
  expect(said(alarm)).toContain('3 showing what is true, 1 asleep and woken by it, 1 dark.');
  expect(reachOf(fleet, alarm, NOW_MS).notShowing.map(({ name }) => name)).toEqual(['Passage']);
  expect(said({ ...alarm, drill: true })).toContain('1 dark, 1 asleep.');
});

test('those that will not show it are named with the reason, the dark ones first', () => {
  expect(
    reachOf(fleet, of('madrid', 'sants'), NOW_MS).notShowing.map(({ name, why }) => `${name}: ${why}`),
  ).toEqual([
    expect.stringMatching(/^Passage: Dark since \d\d:\d\d\.$/),
    'Wall: Asleep by its schedule.',
    'Entrance: Its door board is for customers, and this is for staff.',
  ]);
});

test('the board that a sign said it painted counts, not the one it was just given', () => {
  const changed = aSign('Changed', {
    settings: { board: 'manager' },
    report: report && { ...report, painted: painted({ board: 'door' }) },
  });
  expect(reachOf([changed], of('madrid'), NOW_MS)).toMatchObject({ signs: 0, counts: { door: 1 } });
});

test('a scope without signs says so, and one without groups asks for some', () => {
  expect(said(of())).toBe('Choose at least one group.');
  expect(said(of('empty'))).toBe('No sign is there now. One that comes while it stands shows it.');
  expect(said(of('madrid'), [aSign('Front')])).toBe('Reaches 1 sign of 1 group, showing what is true.');
  expect(said(of('madrid'), [aSign('Door', { settings: { board: 'door' } })])).toBe(
    'Reaches no sign now. 1 door board does not show it: it is for staff.',
  );
});
