import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figureSize } from '../../renderer/sign/view/figure-size.ts';
import { cellPath, stripCells } from '../../renderer/sign/view/strip-cells.ts';

const count = (cells: readonly (readonly string[])[], kind: string) =>
  cells.flat().filter((cell) => cell === kind).length;

test('to 120 people the strip has one cell a person, and those beyond the limit are over it', () => {
  const { peoplePerCell, rows } = stripCells(64, 60);
  expect(peoplePerCell).toBe(1);
  expect([count(rows, 'taken'), count(rows, 'over'), count(rows, 'free')]).toEqual([60, 4, 0]);
});

test('above 120 a cell stands for several, and a cell begun is taken', () => {
  const { peoplePerCell, rows } = stripCells(201, 300);
  expect(peoplePerCell).toBe(5);
  expect([count(rows, 'taken'), count(rows, 'free')]).toEqual([41, 19]);
});

test('whatever the numbers, the strip holds everybody in rows of at most 80 cells', () => {
  fc.assert(
    fc.property(fc.nat(200_000), fc.integer({ min: 1, max: 200_000 }), (people, limit) => {
      const { peoplePerCell, rows } = stripCells(people, limit);
      const taken = count(rows, 'taken') + count(rows, 'over');
      expect(taken * peoplePerCell).toBeGreaterThanOrEqual(people);
      expect((taken - 1) * peoplePerCell).toBeLessThan(Math.max(people, 1));
      expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(80);
      expect(count(rows, 'over') > 0).toBe(
        Math.ceil(people / peoplePerCell) > Math.ceil(limit / peoplePerCell),
      );
    }),
  );
});

test('height says taken, free and over, so the strip works in grey', () => {
  const heights = (['free', 'taken', 'over'] as const).map((kind) =>
    Number(/v-(\d+)/.exec(cellPath([kind], kind))?.[1]),
  );
  expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  expect(new Set(heights).size).toBe(3);
});

test('room is kept for the digits of the limit, so nothing moves from 9 to 10 people', () => {
  expect(figureSize(9, 60)).toEqual(figureSize(10, 60));
  expect(figureSize(99, 120)).toEqual(figureSize(100, 120));
});

test('the figure steps down at four digits and at five', () => {
  expect([999, 1_000, 10_000].map((people) => figureSize(people, 60).step)).toEqual(['full', 'four', 'many']);
});
