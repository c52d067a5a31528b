import { expect, test } from 'vitest';
import type { BenchRow } from './bench.ts';
import { pageWith, sectionOf } from './report.ts';
import { roundsOf, rowOf } from './rounds.ts';
import { atMost, ratioAtMost } from './targets.ts';

const ONE = { name: 'one', title: 'One thing', run: async () => ({ rows: [], checked: '' }) };
const OTHER = { ...ONE, name: 'other', title: 'Another' };
const TITLES = [ONE.title, OTHER.title];

const aRow = (median: number): BenchRow => ({
  what: 'ours',
  unit: 'ms',
  figure: { median, min: median, max: median },
  beside: null,
});
const sectionWith = (bench: typeof ONE, row: BenchRow) =>
  sectionOf(bench, { rows: [row], checked: 'All was counted.' }, 'a machine');

test('the page says on top what is held and what is not, and keeps what another run found', () => {
  const held = sectionWith(ONE, { ...aRow(3), hold: atMost(5, 'ms'), aim: atMost(2, 'ms') });
  const page = pageWith('', [held], TITLES);
  expect(page).toMatch(/\| One thing +\| ours +\| <= 5 ms +\| yes +\| <= 2 ms +\| NO +\| 3 ms/);

  const both = pageWith(page, [sectionWith(OTHER, { ...aRow(9), hold: atMost(5, 'ms') })], TITLES);
  expect(both).toMatch(/\| One thing +\| ours +\| <= 5 ms +\| yes/);
  expect(both).toMatch(/\| Another +\| ours +\| <= 5 ms +\| NO/);
  expect(both.indexOf('## One thing')).toBeLessThan(both.indexOf('## Another'));

  const again = pageWith(both, [sectionWith(ONE, { ...aRow(6), hold: atMost(5, 'ms') })], TITLES);
  expect(again.match(/^## /gm)).toHaveLength(3);
  expect(again.match(/\| One thing +\|/g)).toHaveLength(1);
  expect(again).toMatch(/\| One thing +\| ours +\| <= 5 ms +\| NO/);
});

test('a section says where the time goes, and what keeps a figure from its aim', () => {
  const parts = [
    { what: 'commits', share: 0.75 },
    { what: 'hardly anything', share: 0.001 },
  ];
  const { text } = sectionOf(
    ONE,
    {
      rows: [],
      checked: 'All was counted.',
      timesSpent: [{ of: 'of a round', parts }],
      limits: ['The disk.', 'Tried: another disk.'],
    },
    'a machine',
  );
  expect(text).toMatch(/Where the time goes, of a round:\n\n[\s\S]*\| commits \| 75\.0 % \|/);
  expect(text).not.toContain('hardly anything');
  expect(text).toContain('what was tried:\n\n- The disk.\n- Tried: another disk.');
});

test('a ratio is of two rounds that were neighbours, and the round to warm up is not in it', async () => {
  const peer = [100, 10, 20, 40];
  const ours = [1, 5, 15, 10];
  const figures = await roundsOf({
    unit: 'ms',
    count: 3,
    progress: () => undefined,
    sides: [
      { what: 'peer', round: async () => peer.shift() ?? 0 },
      { what: 'ours', round: async () => ours.shift() ?? 0 },
    ],
  });
  const row = rowOf(figures, 'ours', 'ms', 'peer');
  expect(row.figure).toEqual({ median: 10, min: 5, max: 15 });
  expect(row.beside).toEqual({ what: 'peer', figure: 20, ratio: { median: 0.5, min: 0.25, max: 0.75 } });
  expect(ratioAtMost(0.5).isMet(row)).toBe(true);
  expect(ratioAtMost(0.49).isMet(row)).toBe(false);
});
