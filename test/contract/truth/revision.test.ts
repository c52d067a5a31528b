import fc from 'fast-check';
import { expect } from 'vitest';
import * as z from 'zod';
import { type SnapshotContent, snapshotSchema } from '../../../cloud/contracts/snapshot.ts';
import { onBothEngines } from '../../support/store-engines.ts';
import { batchesOf, channels } from '../../support/truth/channel.ts';
import { putRight, puts } from '../../support/truth/corrections.ts';
import { fleets, STORE_ID } from '../../support/truth/fleet.ts';
import { hubLog } from '../../support/truth/hub-log.ts';
import { law } from '../../support/truth/law.ts';
import { flushAt, keepFleet, tell } from '../../support/truth/telling.ts';
import { scripts, walked } from '../../support/truth/walk.ts';

/** After which batches the timer runs, so many minutes later. */
const ticks = fc.array(fc.record({ after: fc.nat(5), minutes: fc.integer({ min: 0, max: 400 }) }), {
  maxLength: 2,
});
const busyDays = fc.record({
  fleet: fleets(),
  script: scripts,
  channel: channels,
  corrections: puts,
  timers: ticks,
  isPlain: fc.constant(false),
});
const plainDays = fc.record({
  fleet: fleets({ onlyStreet: true }),
  script: scripts,
  channel: channels,
  corrections: fc.constant([]),
  timers: fc.constant([]),
  isPlain: fc.constant(true),
});

const pushSchema = z.object({ target: z.string(), arguments: z.tuple([z.unknown()]) });
const contentsOf = (pushes: readonly unknown[]): SnapshotContent[] =>
  pushes
    .map((push) => pushSchema.parse(push))
    .filter(({ target }) => target === 'snapshot')
    .map((push) => snapshotSchema.parse(push.arguments[0]).content);

const withoutRevision = ({ revision: _, ...shown }: SnapshotContent): string => JSON.stringify(shown);

/** Holds every content that a sign could see, in order of time, against those before it. */
function witness() {
  const seen = new Map<number, string>();
  let last: SnapshotContent | undefined;
  return (content: SnapshotContent, risesOnlyWithIt: boolean) => {
    const bytes = JSON.stringify(content);
    expect(seen.get(content.revision) ?? bytes).toBe(bytes);
    seen.set(content.revision, bytes);
    if (last !== undefined) {
      const changed = withoutRevision(last) !== withoutRevision(content);
      expect(content.revision).toBeGreaterThanOrEqual(last.revision);
      if (changed) expect(content.revision).toBeGreaterThan(last.revision);
      else if (risesOnlyWithIt) expect(content.revision).toBe(last.revision);
    }
    last = content;
  };
}

onBothEngines(
  'the revision',
  (database) => {
    law(
      'rises when what is shown changes and is always the same bytes, pushed or pulled; where people only pass the street, it rises for nothing else',
      database,
      fc.oneof(busyDays, plainDays),
      async (cloud, { fleet, script, channel, corrections, timers, isPlain }) => {
        await keepFleet(cloud, fleet);
        const see = witness();
        for (const [index, batch] of batchesOf(hubLog(walked(fleet, script)), channel).entries()) {
          const { pushes } = await tell(cloud, [batch]);
          for (const content of contentsOf(pushes)) see(content, isPlain);
          await putRight(cloud, fleet, corrections, index);
          for (const { after, minutes } of timers) {
            if (after !== index) continue;
            const flushed = await flushAt(cloud, cloud.clock.nowMs + minutes * 60_000);
            for (const content of contentsOf(flushed)) see(content, false);
          }
          see((await cloud.shown(STORE_ID)).content, isPlain);
        }
      },
    );
  },
  'memory',
);
