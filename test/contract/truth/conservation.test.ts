import fc from 'fast-check';
import { expect } from 'vitest';
import { onBothEngines } from '../../support/store-engines.ts';
import { batchesOf, channels } from '../../support/truth/channel.ts';
import { putRight, puts } from '../../support/truth/corrections.ts';
import { fleets } from '../../support/truth/fleet.ts';
import { hubLog } from '../../support/truth/hub-log.ts';
import { type Kept, keptBy, rawCount, rawCounts } from '../../support/truth/kept.ts';
import { law } from '../../support/truth/law.ts';
import { keepFleet, tell } from '../../support/truth/telling.ts';
import { scripts, walked } from '../../support/truth/walk.ts';

const cases = fc.record({ fleet: fleets(), script: scripts, channel: channels, corrections: puts });

const sumOf = <Item>(items: readonly Item[], people: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + people(item), 0);

/** What the history says is in each zone. */
const recordedIn = ({ state, doorMinutes, zoneMinutes }: Kept): Readonly<Record<string, number>> =>
  Object.fromEntries(
    state.zones.map(({ id }) => {
      const through = state.doors.map((door) => {
        const net = sumOf(
          doorMinutes.filter(({ doorId }) => doorId === door.id),
          (minute) => minute.in - minute.out,
        );
        return (door.into === id ? net : 0) - (door.from === id ? net : 0);
      });
      const adjusted = zoneMinutes.filter(({ zoneId }) => zoneId === id);
      return [id, sumOf(through, (net) => net) + sumOf(adjusted, ({ people }) => people)];
    }),
  );

onBothEngines(
  'conservation',
  (database) => {
    law(
      'a zone holds whom its doors let in less whom they let out and what was put right, and the store holds its zones and its day',
      database,
      cases,
      async (cloud, { fleet, script, channel, corrections }) => {
        await keepFleet(cloud, fleet);
        for (const [index, batch] of batchesOf(hubLog(walked(fleet, script)), channel).entries()) {
          await tell(cloud, [batch]);
          await putRight(cloud, fleet, corrections, index);
        }
        const kept = await keptBy(cloud);
        expect(rawCounts(kept)).toEqual(recordedIn(kept));
        expect(rawCount(kept)).toBe(sumOf(kept.steps, (step) => step.in - step.out + step.adjusted));
        expect(kept.content.count).toBe(Math.max(0, rawCount(kept) - fleet.staff));
      },
    );
  },
  'memory',
);
