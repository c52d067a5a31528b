import fc from 'fast-check';
import { expect, test } from 'vitest';
import { driftReport, imbalancedDoors } from '../../../cloud/domain/drift.ts';

type Count = { readonly in: number; readonly out: number };

const NAMES = { main: 'Main street', garage: 'Garage', passage: 'Passage', stairs: 'Stairs', gone: '' };
type DoorId = keyof typeof NAMES;

const night = (counts: Partial<Record<DoorId, Count>>) => {
  const ids = (Object.keys(counts) as DoorId[]).filter((id) => id !== 'gone');
  return driftReport(
    '2026-11-21',
    ids.map((id) => ({ id, name: NAMES[id], into: 'shop', from: id === 'stairs' ? 'cellar' : null })),
    Object.entries(counts).map(([doorId, count]) => ({ doorId, ...count })),
  );
};

test('a night tells what each door to the street counted, and what was left', () => {
  expect(night({ main: { in: 500, out: 480 }, garage: { in: 80, out: 100 } })).toEqual({
    day: '2026-11-21',
    in: 580,
    out: 580,
    left: 0,
    doors: [
      { doorId: 'main', name: 'Main street', in: 500, out: 480 },
      { doorId: 'garage', name: 'Garage', in: 80, out: 100 },
    ],
    sentences: [],
  });
});

test('one may come in by one door and leave by another: nobody is blamed where the store balances', () => {
  const report = night({ main: { in: 900, out: 100 }, garage: { in: 100, out: 890 } });
  expect(report.left).toBe(10);
  expect(report.sentences).toEqual([]);
  expect(imbalancedDoors(report)).toEqual([]);
});

test.each([
  ['4 people of 40', { in: 40, out: 36 }, false],
  ['5 people of 40', { in: 40, out: 35 }, true],
  ['29 people of 1000', { in: 1000, out: 971 }, false],
  ['30 people of 1000', { in: 1000, out: 970 }, true],
  ['30 people too many out of 1000', { in: 970, out: 1000 }, true],
])('%s left over at the only door are worth a word: %s', (_, count, blamed) => {
  const report = night({ main: count });
  expect(imbalancedDoors(report)).toEqual(blamed ? ['main'] : []);
  expect(report.sentences.length > 0).toBe(blamed);
});

test('a door whose reversal makes the day balance counts the wrong way round', () => {
  const report = night({
    main: { in: 1000, out: 940 },
    garage: { in: 152, out: 47 },
    passage: { in: 89, out: 40 },
  });
  expect(report.left).toBe(214);
  expect(report.sentences).toEqual([
    'Garage seems to count the wrong way round: flip it and the day ends at 4 instead of 214.',
  ]);
  expect(imbalancedDoors(report)).toEqual(['garage']);
});

test('of two doors the sums cannot tell which one is the wrong way round: both are named', () => {
  const report = night({ main: { in: 1000, out: 891 }, garage: { in: 152, out: 47 } });
  expect(report.sentences).toEqual([
    'Main street or Garage seems to count the wrong way round: flip that one and the day ends at −4 or 4 instead of 214.',
  ]);
  expect(imbalancedDoors(report)).toEqual(['main', 'garage']);
});

test('of several that may be the wrong way round the one that leaves least is named first', () => {
  const report = night({
    main: { in: 600, out: 390 },
    garage: { in: 300, out: 100 },
    passage: { in: 0, out: 8 },
  });
  expect(report.sentences).toEqual([
    'Garage or Main street seems to count the wrong way round: flip that one and the day ends at 2 or −18 instead of 402.',
  ]);
});

test('a door the wrong way round goes before one that counted nobody', () => {
  const report = night({
    passage: { in: 0, out: 0 },
    main: { in: 300, out: 200 },
    garage: { in: 300, out: 200 },
  });
  expect(report.sentences).toEqual([
    'Main street or Garage seems to count the wrong way round: flip that one and the day ends at 0 instead of 200.',
    'Passage counted nobody all day: check that it sees the door.',
  ]);
});

test('a small door is not reversed to get a bad day just under the bound', () => {
  // 31 of 1000 is too much; with the garage reversed it would be 27.
  const report = night({ main: { in: 990, out: 961 }, garage: { in: 10, out: 8 } });
  expect(report.left).toBe(31);
  expect(report.sentences).toEqual([
    'Main street counts 3 % more people in than out: check its direction.',
    'The day ended at 31, 29 of it from this door.',
  ]);
});

test('a door whose reversal would make the day better, but not good, is not the wrong way round', () => {
  const report = night({
    main: { in: 1000, out: 900 },
    garage: { in: 500, out: 250 },
    passage: { in: 0, out: 10 },
  });
  expect(report.left).toBe(340);
  // Reversed it would leave 160 the other way.
  expect(report.sentences[0]).toBe('Garage counts 100 % more people in than out: check its direction.');
  const better = night({
    main: { in: 1000, out: 950 },
    garage: { in: 200, out: 120 },
    passage: { in: 90, out: 20 },
  });
  expect(better.left).toBe(200);
  // 200 less twice 80 is 40: a fifth of it, and still 3 % of all.
  expect(better.sentences[0]).toBe('Garage counts 67 % more people in than out: check its direction.');
});

test('a difference is at least 1 percent in words', () => {
  const sides = Array.from({ length: 8 }, (_, index) => ({ doorId: `side-${index}`, in: 10, out: 6 }));
  const sums = [{ doorId: 'main', in: 1000, out: 996 }, ...sides];
  const doors = sums.map(({ doorId }) => ({ id: doorId, name: doorId, into: 'shop', from: null }));
  expect(driftReport('2026-11-21', doors, sums).sentences).toEqual([
    'main counts 1 % more people in than out: check its direction.',
    'The day ended at 36, 4 of it from this door.',
  ]);
});

test('else the door with the largest difference the way of the store is named, with its share', () => {
  const report = night({
    main: { in: 203, out: 205 },
    passage: { in: 500, out: 521 },
  });
  expect(report.sentences).toEqual([
    'Passage counts 4 % more people out than in: check its direction.',
    'The day ended at −23, 21 of it from this door.',
  ]);
  expect(imbalancedDoors(report)).toEqual(['passage']);
});

test('a door with the larger difference the other way is not the one', () => {
  const report = night({
    main: { in: 400, out: 330 },
    garage: { in: 100, out: 220 },
    passage: { in: 100, out: 90 },
  });
  expect(report.sentences).toEqual([
    'Garage counts 120 % more people out than in: check its direction.',
    'The day ended at −40; this door alone is at −120.',
  ]);
});

test('the only door of a store is named, and all of it is its own', () => {
  expect(night({ main: { in: 960, out: 1000 } }).sentences).toEqual([
    'Main street counts 4 % more people out than in: check its direction.',
    'The day ended at −40, all of it from this door.',
  ]);
});

test('a door that counts one way only is told in people: there is no percent of nobody', () => {
  expect(night({ main: { in: 60, out: 0 } }).sentences[0]).toBe(
    'Main street counts 60 people in and nobody out: check its direction.',
  );
});

test('a door that counted nobody on a busy day is named, on a quiet one it is not', () => {
  expect(night({ main: { in: 25, out: 25 }, garage: { in: 0, out: 0 } }).sentences).toEqual([
    'Garage counted nobody all day: check that it sees the door.',
  ]);
  expect(night({ main: { in: 25, out: 24 }, garage: { in: 0, out: 0 } }).sentences).toEqual([]);
});

test('a blind door goes before one that merely lacks those who passed there', () => {
  const report = night({ main: { in: 500, out: 400 }, garage: { in: 0, out: 0 } });
  expect(report.sentences).toEqual([
    'Garage counted nobody all day: check that it sees the door.',
    'Main street counts 25 % more people in than out: check its direction.',
    'The day ended at 100, all of it from this door.',
  ]);
});

test('a door between two zones is no part of the balance and never blamed', () => {
  const report = night({ main: { in: 500, out: 400 }, stairs: { in: 70, out: 0 } });
  expect(report.left).toBe(100);
  expect(report.doors.map(({ doorId }) => doorId)).toEqual(['main']);
  expect(night({ main: { in: 500, out: 500 }, stairs: { in: 0, out: 0 } }).sentences).toEqual([]);
});

test('what a door counted that is gone since is in the balance, so that no other is blamed for it', () => {
  const report = night({ main: { in: 300, out: 500 }, gone: { in: 200, out: 0 } });
  expect([report.in, report.out, report.left]).toEqual([500, 500, 0]);
  expect(report.sentences).toEqual([]);
  const left = night({ main: { in: 300, out: 300 }, gone: { in: 60, out: 0 } });
  expect(left.sentences).toEqual(['The day ended at 60.']);
  expect(imbalancedDoors(left)).toEqual([]);
});

test('whatever was counted: a door is blamed only on a day that does not balance, and every blame has its sentence', () => {
  const count = fc.record({ in: fc.nat(2_000), out: fc.nat(2_000) });
  const counts = fc.record({ main: count, garage: count, passage: count, stairs: count });
  fc.assert(
    fc.property(counts, (some) => {
      const report = night(some);
      const bad =
        Math.abs(report.left) >= 5 && Math.abs(report.left) * 100 >= 3 * Math.max(report.in, report.out);
      const blamed = imbalancedDoors(report);
      expect(blamed.length > 0).toBe(bad);
      const names = report.doors.filter(({ doorId }) => blamed.includes(doorId)).map(({ name }) => name);
      for (const name of names) {
        expect(report.sentences.some((sentence) => sentence.includes(name))).toBe(true);
      }
      expect(report.left).toBe(report.in - report.out);
      expect(report.in).toBe(report.doors.reduce((sum, door) => sum + door.in, 0));
      expect(report.sentences.join(' ')).not.toMatch(/-\d|!|NaN|Infinity|undefined/);
    }),
  );
});
