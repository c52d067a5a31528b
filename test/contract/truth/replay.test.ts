import fc from 'fast-check';
import { expect } from 'vitest';
import { onBothEngines } from '../../support/store-engines.ts';
import { batchesOf, splits } from '../../support/truth/channel.ts';
import { fleets } from '../../support/truth/fleet.ts';
import { hubLog } from '../../support/truth/hub-log.ts';
import { allOf, keptBy } from '../../support/truth/kept.ts';
import { law } from '../../support/truth/law.ts';
import { keepFleet, reviewAt, tell } from '../../support/truth/telling.ts';
import { scripts, walked } from '../../support/truth/walk.ts';

const runs = fc.array(
  fc.record({ from: fc.oneof(fc.constant(0), fc.nat(24)), length: fc.integer({ min: 1, max: 25 }) }),
  {
    minLength: 1,
    maxLength: 3,
  },
);
const cases = fc.record({ fleet: fleets(), script: scripts, channel: splits, runs });

onBothEngines(
  'a replay',
  (database) => {
    law(
      'of any runs of what was said changes nothing at all, not even the revision',
      database,
      cases,
      async (cloud, { fleet, script, channel, runs: again }) => {
        const walk = walked(fleet, script);
        const log = hubLog(walk);
        await keepFleet(cloud, fleet);
        await tell(cloud, batchesOf(log, channel));
        await reviewAt(cloud, walk.endsAtMs);
        const before = allOf(await keptBy(cloud));
        await tell(
          cloud,
          again.map(({ from, length }) => log.slice(from % log.length, (from % log.length) + length)),
        );
        expect(allOf(await keptBy(cloud))).toBe(before);
      },
    );
  },
  'memory',
);
