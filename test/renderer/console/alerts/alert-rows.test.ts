import { expect, test } from 'vitest';
import type { ListedAlert } from '../../../../cloud/contracts/alert.ts';
import {
  type AlertRow,
  filteredRows,
  rowId,
  standingOf,
} from '../../../../renderer/console/alerts/alert-rows.ts';
import { readInTurn } from '../../../../renderer/console/alerts/read-in-turn.ts';
import { paintedWords } from '../../../../renderer/console/alerts/record-words.ts';
import { aSnapshot } from '../../../support/glass-states.ts';

const { content } = aSnapshot();
const ALL = { standing: null, type: null, text: '', sort: 'worst' } as const;

function row(type: ListedAlert['type'], sinceMs: number, difference: Partial<ListedAlert> = {}): AlertRow {
  const alert: ListedAlert = {
    ...{ type, source: 'store', severity: 'alarm', place: {}, phase: 'active' },
    ...{ sinceMs, acknowledged: null, ...difference },
  };
  const id = rowId(content.store.id, alert);
  return { id, content, alert, events: [], standing: standingOf(alert), words: type };
}

const answered = row('full', 1, { acknowledged: { by: 'Mara', atMs: 2 } });
const noted = row('sensor-clock', 2, { severity: 'note' });
const worst = row('over-capacity', 3);
const shelved = row('sign-offline', 0, { shelved: { by: 'Jonas', untilMs: 9, why: '' } });
const rows = [shelved, answered, noted, worst];
const types = (found: readonly AlertRow[]) => found.map(({ alert }) => alert.type);

test('what asks for an answer comes first, the worst of it at the top, and what was put aside last', () => {
  expect(types(filteredRows(rows, ALL))).toEqual(['over-capacity', 'sensor-clock', 'full', 'sign-offline']);
  expect(types(filteredRows(rows, { ...ALL, sort: 'oldest' }))[0]).toBe('sign-offline');
});

test('alerts are found by who answered, and by the signs that painted them', () => {
  expect(types(filteredRows(rows, { ...ALL, text: 'mara' }))).toEqual(['full']);
  const painted = [{ signId: `s-${'A'.repeat(43)}`, name: 'Escalator', paintedAtMs: 1, why: '' }];
  const onGlass = row('implausible-rate', 1, { painted });
  expect(filteredRows([...rows, onGlass], { ...ALL, text: 'escal' })).toEqual([onGlass]);
});

test('how many signs painted it is said only where it is meant for the glass', () => {
  const sign = { signId: `s-${'A'.repeat(43)}`, name: 'A', why: '' };
  expect(paintedWords({})).toBe('');
  expect(paintedWords({ painted: [] })).toBe('No sign to show it');
  expect(
    paintedWords({
      painted: [
        { ...sign, paintedAtMs: 1 },
        { ...sign, paintedAtMs: null },
      ],
    }),
  ).toBe('On 1 of 2 signs');
});

test('of many stores only a few are asked at once, and each in its turn', async () => {
  const asked: string[] = [];
  const open: (() => void)[] = [];
  const read = readInTurn((id) => {
    asked.push(id);
    return new Promise<void>((resolve) => open.push(resolve));
  });
  for (const id of ['a', 'b', 'c', 'd', 'e', 'e', 'f']) read(id);
  expect(asked).toEqual(['a', 'b', 'c', 'd']);
  for (const answer of open.splice(0)) answer();
  await expect.poll(() => asked).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});
