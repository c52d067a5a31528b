import fc from 'fast-check';
import { expect } from 'vitest';
import { onBothEngines } from '../../support/store-engines.ts';
import { batchesOf, channels } from '../../support/truth/channel.ts';
import { fleets } from '../../support/truth/fleet.ts';
import { hubLog } from '../../support/truth/hub-log.ts';
import { keptBy, rawCounts } from '../../support/truth/kept.ts';
import { law } from '../../support/truth/law.ts';
import { keepFleet, tell } from '../../support/truth/telling.ts';
import { scripts, walked } from '../../support/truth/walk.ts';

const cases = fc.record({
  fleet: fleets(),
  script: scripts,
  channel: channels,
  crashAfter: fc.nat(250),
  back: fc.nat(2),
});

onBothEngines(
  'the count',
  (database) => {
    law(
      'is how many people are inside, whatever is sent twice, replayed, late or out of order, and wherever it crashes',
      database,
      cases,
      async (cloud, { fleet, script, channel, crashAfter, back }) => {
        const walk = walked(fleet, script);
        await keepFleet(cloud, fleet);
        cloud.crashAfter(crashAfter);
        await tell(cloud, batchesOf(hubLog(walk), channel), back);
        cloud.spare();
        const kept = await keptBy(cloud);
        expect(rawCounts(kept)).toEqual(walk.truth);
        const inside = Object.values(walk.truth).reduce((sum, people) => sum + people, 0);
        expect(kept.content.count).toBe(Math.max(0, inside - fleet.staff));
      },
    );
  },
  'memory',
);
