import fc from 'fast-check';
import { expect } from 'vitest';
import * as z from 'zod';
import { onBothEngines } from '../../support/store-engines.ts';
import type { Batch } from '../../support/truth/channel.ts';
import { batchesOf, splits } from '../../support/truth/channel.ts';
import { fleets } from '../../support/truth/fleet.ts';
import { hubLog } from '../../support/truth/hub-log.ts';
import { allOf, keptBy } from '../../support/truth/kept.ts';
import { law } from '../../support/truth/law.ts';
import { flushAt, keepFleet, tell } from '../../support/truth/telling.ts';
import type { TestedCloud } from '../../support/truth/tested-cloud.ts';
import { shortScripts, type Walk, walked } from '../../support/truth/walk.ts';

const cases = fc.record({
  fleet: fleets(),
  script: shortScripts,
  channel: splits,
  crashAfter: fc.nat(160),
});

/** Of a store that was just kept: its signs pull that. */
const FIRST_REVISION = 1;

const pushSchema = z.object({
  arguments: z.tuple([z.object({ content: z.object({ revision: z.int() }) })]),
});

const newestIn = (pushes: readonly unknown[]): number =>
  Math.max(FIRST_REVISION, ...pushes.map((push) => pushSchema.parse(push).arguments[0].content.revision));

async function outcome(cloud: TestedCloud, walk: Walk, batches: readonly Batch[]) {
  const { afterCrash } = await tell(cloud, batches);
  await flushAt(cloud, walk.endsAtMs);
  cloud.spare();
  return { all: allOf(await keptBy(cloud)), afterCrash };
}

onBothEngines(
  'a crash',
  (database) => {
    law(
      'before or after any statement leaves no trace once the batch has come again, not even a sign that was not told',
      database,
      cases,
      async (cloud, { fleet, script, channel, crashAfter }) => {
        const walk = walked(fleet, script);
        const batches = batchesOf(hubLog(walk), channel);
        await keepFleet(cloud, fleet);
        const calm = await outcome(cloud, walk, batches);
        await cloud.beginAnew();
        await keepFleet(cloud, fleet);
        cloud.crashAfter(crashAfter);
        const crashed = await outcome(cloud, walk, batches);
        expect(crashed.all).toBe(calm.all);
        const { revision, pushes } = crashed.afterCrash ?? { revision: FIRST_REVISION, pushes: [] };
        expect(newestIn(pushes)).toBe(revision);
      },
    );
  },
  'memory',
);
