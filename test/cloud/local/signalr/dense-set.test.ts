import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DenseSet } from '../../../../cloud/local/signalr/dense-set.ts';

const MOST_ITEMS = 24;

test('a set small or large, growing or shrinking, holds each item once and no other', () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(MOST_ITEMS)), { minLength: 50, maxLength: 150 });
  fc.assert(
    fc.property(steps, (all) => {
      const dense = new DenseSet<number>();
      const plain = new Set<number>();
      for (const [isAdded, item] of all) {
        if (isAdded) dense.add(item);
        else expect(dense.delete(item)).toBe(plain.has(item));
        if (isAdded) plain.add(item);
        else plain.delete(item);
        expect([...dense.items].sort((one, other) => one - other)).toEqual(
          [...plain].sort((one, other) => one - other),
        );
      }
    }),
  );
});
