import fc from 'fast-check';
import { expect } from 'vitest';
import { onTwoEngines } from '../../support/store-engines.ts';
import { batchesOf, channels } from '../../support/truth/channel.ts';
import { putRight, puts } from '../../support/truth/corrections.ts';
import { fleets, STORE_ID } from '../../support/truth/fleet.ts';
import { hubLog } from '../../support/truth/hub-log.ts';
import { allOf, keptBy } from '../../support/truth/kept.ts';
import { lawOnTwo } from '../../support/truth/law.ts';
import { flushAt, keepFleet, tell } from '../../support/truth/telling.ts';
import type { TestedCloud } from '../../support/truth/tested-cloud.ts';
import { scripts, walked } from '../../support/truth/walk.ts';

type Case = typeof cases extends fc.Arbitrary<infer One> ? One : never;
const cases = fc.record({ fleet: fleets(), script: scripts, channel: channels, corrections: puts });

/** All that is told, kept and on record. */
async function outcomeOn(cloud: TestedCloud, { fleet, script, channel, corrections }: Case): Promise<string> {
  const walk = walked(fleet, script);
  await keepFleet(cloud, fleet);
  const pushes: unknown[] = [];
  for (const [index, batch] of batchesOf(hubLog(walk), channel).entries()) {
    pushes.push(...(await tell(cloud, [batch])).pushes);
    await putRight(cloud, fleet, corrections, index);
  }
  pushes.push(...(await flushAt(cloud, walk.endsAtMs)));
  const record = await cloud.services.store.look(async (tx) => [
    (await tx.history.corrections(STORE_ID, 100)).map(({ number: _, ...correction }) => correction),
    await tx.history.alertEvents(STORE_ID, 100),
  ]);
  return `${allOf(await keptBy(cloud))}\n${JSON.stringify([record, pushes])}`;
}

onTwoEngines('the two engines', (sqlite, postgres) => {
  lawOnTwo(
    'tell, keep and record the same to the byte',
    [sqlite, postgres],
    cases,
    async ([onSqlite, onPostgres], one) => {
      expect(await outcomeOn(onSqlite, one)).toBe(await outcomeOn(onPostgres, one));
    },
  );
});
