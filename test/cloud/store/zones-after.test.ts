import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describedZones } from '../../../cloud/store/described-store.ts';
import { zonesAfter } from '../../../cloud/store/zones-after.ts';
import { calleMayor } from '../../support/calle-mayor.ts';

const aDescription = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('loft', 'hall', 'bar', 'cellar', 'constructor'),
      sensor: fc.constantFrom(undefined, 'above', 'beside'),
    }),
    { selector: ({ id }) => id, maxLength: 4 },
  )
  .map((zones) =>
    calleMayor({
      zones: zones.map(({ id, sensor }) => ({
        id,
        name: id,
        sensors: sensor === undefined ? [] : [{ id: `${sensor}-${id}` }],
      })),
    }),
  );

const rawSum = (zones: Readonly<Record<string, { readonly rawCount: number }>>) =>
  Object.values(zones).reduce((sum, { rawCount }) => sum + rawCount, 0);

test('however a store is divided anew, what its count changes by is what the history is told', () => {
  fc.assert(
    fc.property(
      aDescription,
      aDescription,
      fc.array(fc.integer({ min: -99, max: 999 }), { minLength: 4, maxLength: 4 }),
      (before, after, counts) => {
        const live = Object.fromEntries(
          describedZones(before).map(({ id }, index) => [
            id,
            { rawCount: counts[index] ?? 0, baselineAtMs: null, silent: false },
          ]),
        );
        const { zones, people, remeasured } = zonesAfter(live, before, after);
        expect(Object.keys(zones)).toEqual(describedZones(after).map(({ id }) => id));
        const told = [...people.values()].reduce((sum, change) => sum + change, 0);
        expect(rawSum(zones)).toBe(rawSum(live) + told);
        for (const zoneId of remeasured) expect(zones[zoneId]?.rawCount).toBe(0);
        const someoneCountsByDoors = describedZones(after).some(({ sensors }) => sensors.length === 0);
        if (someoneCountsByDoors && remeasured.size === 0) expect(told).toBe(0);
      },
    ),
  );
});

test('a store that is described as it was stays as it was', () => {
  fc.assert(
    fc.property(aDescription, (description) => {
      const live = Object.fromEntries(
        describedZones(description).map(({ id }) => [id, { rawCount: 7, baselineAtMs: 5, silent: true }]),
      );
      const after = zonesAfter(live, description, description);
      expect(after).toEqual({ zones: live, people: new Map(), remeasured: new Set() });
    }),
  );
});
