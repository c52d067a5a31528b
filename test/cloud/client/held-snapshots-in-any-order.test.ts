import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HeldSnapshots, snapshotsAt } from '../../../cloud/client/held-snapshots.ts';
import { at, played, scripts } from '../../support/deliveries.ts';

const RUNS = { numRuns: 1_000 };
const revisionOf = (held: HeldSnapshots) => {
  const { epoch = 0, revision = 0 } = held.stores[0]?.content ?? {};
  return { epoch, revision };
};

test('whatever order pushes, proofs and pulls arrive in, and however often, a sign never goes back', () => {
  fc.assert(
    fc.property(scripts(8), (script) => {
      let before = { epoch: 0, revision: 0 };
      for (const { held } of played(script).seen) {
        const now = revisionOf(held);
        expect(now.epoch).toBeGreaterThanOrEqual(before.epoch);
        if (now.epoch === before.epoch) expect(now.revision).toBeGreaterThanOrEqual(before.revision);
        before = now;
      }
    }),
    RUNS,
  );
});

test('whatever went before, the next pull brings a sign to the newest', () => {
  fc.assert(
    fc.property(scripts(8), (script) => {
      const { truth, end } = played(script);
      expect(revisionOf(end)).toEqual({ epoch: truth.epoch, revision: truth.revision });
      expect(end.stores[0]?.content.count).toBe(truth.revision);
    }),
    RUNS,
  );
});

// However long a push waited, on the wire or in a sign that stood still: the pull before it tells.
test.each([0, 4, 40])(
  'with pushes that take up to %i s, no figure is shown younger than it is',
  (longestPush) => {
    fc.assert(
      fc.property(scripts(longestPush), (script) => {
        for (const { nowMs, held, known } of played(script).seen) {
          const ageMs = snapshotsAt(held, at(nowMs))[0]?.proof.ageMs ?? 0;
          const heardAtMs = Math.max(...known.map((truth) => truth.heardAtMs));
          expect(ageMs).toBeGreaterThanOrEqual(nowMs - heardAtMs);
        }
      }),
      RUNS,
    );
  },
);
