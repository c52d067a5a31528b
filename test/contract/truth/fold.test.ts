import fc from 'fast-check';
import { expect } from 'vitest';
import { onBothEngines } from '../../support/store-engines.ts';
import { type Batch, batchesOf, channels, WHOLE } from '../../support/truth/channel.ts';
import { fleets } from '../../support/truth/fleet.ts';
import { hubLog } from '../../support/truth/hub-log.ts';
import { keptBy, whereItCame } from '../../support/truth/kept.ts';
import { law } from '../../support/truth/law.ts';
import { keepFleet, reviewAt, tell } from '../../support/truth/telling.ts';
import type { TestedCloud } from '../../support/truth/tested-cloud.ts';
import { picked, shortScripts, walked } from '../../support/truth/walk.ts';

/** `pruneAfter`: the batch after which the ledger forgets what is older than one of the messages that it knows. */
const cases = fc.record({
  fleet: fleets(),
  script: shortScripts,
  channel: channels,
  pruneAfter: fc.integer({ min: 1, max: 6 }),
  oldest: fc.nat(24),
});

const prune = (cloud: TestedCloud, ledgerBeforeMs: number): Promise<void> =>
  cloud.services.store.transaction((tx) =>
    tx.upkeep.prune({
      ledgerBeforeMs,
      rejectedBeforeMs: 0,
      connectionsBeforeMs: 0,
      historyBeforeMs: 0,
      limit: 1_000,
    }),
  );

/** A message by the number of the hub, and by that of its sensor where it has one. */
const namesOf = ({ sensorId, sequenceNumber, body }: Batch[number]): readonly string[] => {
  const ofSensor = JSON.stringify([sensorId, body]);
  return ofSensor.includes('sequence') ? [`${sequenceNumber}`, ofSensor] : [`${sequenceNumber}`];
};

/** Nobody keeps a message, or sends one again, that is older than what the ledger knows. */
function stillToCome(earlier: readonly Batch[], later: readonly Batch[], beforeMs: number): readonly Batch[] {
  const forgotten = earlier.flat().filter(({ enqueuedAtMs }) => enqueuedAtMs < beforeMs);
  const names = new Set(forgotten.flatMap(namesOf));
  return later
    .map((batch) => batch.filter((message) => !namesOf(message).some((name) => names.has(name))))
    .filter((batch) => batch.length > 0);
}

onBothEngines(
  'what is kept',
  (database) => {
    law(
      'is what counting all of it again from nothing comes to, though the ledger forgot what is old',
      database,
      cases,
      async (cloud, { fleet, script, channel, pruneAfter, oldest }) => {
        const walk = walked(fleet, script);
        const log = hubLog(walk);
        const batches = batchesOf(log, channel);
        const earlier = batches.slice(0, pruneAfter);
        const beforeMs = picked(earlier.flat(), oldest).enqueuedAtMs;
        const later = stillToCome(earlier, batches.slice(pruneAfter), beforeMs);
        await keepFleet(cloud, fleet);
        await tell(cloud, earlier);
        await prune(cloud, beforeMs);
        await tell(cloud, later);
        await reviewAt(cloud, walk.endsAtMs);
        const kept = whereItCame(await keptBy(cloud));

        await cloud.beginAnew();
        await keepFleet(cloud, fleet);
        await tell(cloud, batchesOf(log, WHOLE));
        await reviewAt(cloud, walk.endsAtMs);
        expect(kept).toBe(whereItCame(await keptBy(cloud)));
      },
    );
  },
  'memory',
);
