import { expect, test } from 'vitest';
import { bootsAfter, clonesOf, type HeardBoot, whyWithClones } from '../../../cloud/domain/clones.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Reports as they came: a letter for each program, and how long after the one before. */
function heard(...reports: readonly (readonly [boot: string, afterMs: number])[]) {
  let boots: readonly HeardBoot[] = [];
  let nowMs = 1_000_000;
  for (const [boot, afterMs] of reports) {
    nowMs += afterMs;
    boots = bootsAfter(boots, { boot, address: `192.0.2.${boot.charCodeAt(0)}` }, nowMs);
  }
  return { boots, nowMs, clones: clonesOf(boots, nowMs).map(({ boot }) => boot) };
}

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));

test('one program that reports again and again has no clone', () => {
  expect(heard(...times(20, () => ['A', MINUTE_MS] as const)).clones).toEqual([]);
});

test('a program that is started anew, however often, is no clone', () => {
  expect(heard(['A', 0], ['B', 5 * SECOND_MS], ['B', MINUTE_MS], ['C', 1], ['C', MINUTE_MS]).clones).toEqual(
    [],
  );
  const crashes = times(200, (at) => [`boot ${at}`, 5 * SECOND_MS] as const);
  expect(heard(...crashes).clones).toEqual([]);
  expect(heard(...crashes).boots.length).toBeLessThanOrEqual(8);
});

test('the last word of a program that ended may come late', () => {
  const { clones } = heard(
    ['A', 0],
    ['B', MINUTE_MS],
    ['A', 20 * SECOND_MS],
    ['B', 40 * SECOND_MS],
    ['B', MINUTE_MS],
  );
  expect(clones).toEqual([]);
});

test('two programs that take turns are two devices; the one that was heard last has the other beside it', () => {
  const two = [
    ['A', 0],
    ['B', 10 * SECOND_MS],
    ['A', 50 * SECOND_MS],
  ] as const;
  expect(heard(...two).clones).toEqual(['B']);
  expect(heard(...two, ['B', 10 * SECOND_MS]).clones).toEqual(['A']);
  const { boots, nowMs } = heard(...two);
  expect(clonesOf(boots, nowMs)).toEqual([
    { boot: 'B', address: '192.0.2.66', heardAtMs: nowMs - 50 * SECOND_MS },
  ]);
});

test('it is over ten minutes after the other one was last heard', () => {
  const two = [
    ['A', 0],
    ['B', 10 * SECOND_MS],
    ['A', 50 * SECOND_MS],
    ['B', 10 * SECOND_MS],
  ] as const;
  const alone = (minutes: number) => times(minutes, () => ['A', MINUTE_MS] as const);
  expect(heard(...two, ...alone(9)).clones).toEqual(['B']);
  expect(heard(...two, ...alone(10)).clones).toEqual([]);
});

test('however many disks were copied, that there are others is seen', () => {
  const round = times(30, (at) => [`boot ${at}`, 2 * SECOND_MS] as const);
  expect(heard(...round).clones).toEqual([]);
  expect(heard(...round, ...round).clones.length).toBeGreaterThan(0);
});

test('a clock that is set back makes no clone', () => {
  expect(heard(['A', 0], ['B', MINUTE_MS], ['B', -60 * MINUTE_MS], ['C', SECOND_MS]).clones).toEqual([]);
});

test('a clock that ran ahead and was set right remembers no clone of a time that is yet to come', () => {
  const ahead = [
    ['A', 60 * MINUTE_MS],
    ['B', 10 * SECOND_MS],
    ['A', 50 * SECOND_MS],
  ] as const;
  expect(heard(...ahead).clones).toEqual(['B']);
  expect(heard(...ahead, ['A', -60 * MINUTE_MS], ['A', MINUTE_MS]).clones).toEqual([]);
});

test('the sentence about a sign names where its clones report from', () => {
  const clone = { boot: 'b', address: '192.0.2.9', heardAtMs: 1 };
  expect(whyWithClones('It shows what is true.', [])).toBe('It shows what is true.');
  expect(whyWithClones('It shows what is true.', [clone])).toBe(
    'It shows what is true. Another device reports with its key, from 192.0.2.9: its disk was copied, or its page is open twice.',
  );
  expect(whyWithClones('It waits.', [clone, { ...clone, boot: 'c', address: null }])).toContain(
    '2 other devices report with its key, from 192.0.2.9:',
  );
});
