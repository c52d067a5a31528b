import fc from 'fast-check';
import { expect } from 'vitest';
import { onBothEngines } from '../../support/store-engines.ts';
import { batchesOf, type Channel, reorderings, splits, WHOLE } from '../../support/truth/channel.ts';
import { type Fleet, fleets } from '../../support/truth/fleet.ts';
import { hubLog } from '../../support/truth/hub-log.ts';
import { keptBy, whereItCame } from '../../support/truth/kept.ts';
import { law } from '../../support/truth/law.ts';
import { keepFleet, reviewAt, tell } from '../../support/truth/telling.ts';
import type { TestedCloud } from '../../support/truth/tested-cloud.ts';
import { shortScripts, type Walk, walked } from '../../support/truth/walk.ts';

const cases = fc.record({ fleet: fleets(), script: shortScripts, channel: fc.oneof(reorderings, splits) });

/** Where it comes to when the walk is handed over by a channel. */
async function cameTo(cloud: TestedCloud, fleet: Fleet, walk: Walk, channel: Channel): Promise<string> {
  await keepFleet(cloud, fleet);
  await tell(cloud, batchesOf(hubLog(walk), channel));
  await reviewAt(cloud, walk.endsAtMs);
  return whereItCame(await keptBy(cloud));
}

onBothEngines(
  'the way there',
  (database) => {
    law(
      'the order in which sensors are heard does not matter, nor how it is cut into batches, as long as each sensor is heard in its own order',
      database,
      cases,
      async (cloud, { fleet, script, channel }) => {
        const walk = walked(fleet, script);
        const asLogged = await cameTo(cloud, fleet, walk, WHOLE);
        await cloud.beginAnew();
        expect(await cameTo(cloud, fleet, walk, channel)).toBe(asLogged);
      },
    );
  },
  'memory',
);
