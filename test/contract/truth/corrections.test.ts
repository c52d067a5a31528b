import { expect } from 'vitest';
import { onBothEngines } from '../../support/store-engines.ts';
import { correctedDays, correctedStore } from '../../support/truth/corrected-store.ts';
import { keptBy, rawCounts } from '../../support/truth/kept.ts';
import { law } from '../../support/truth/law.ts';

onBothEngines(
  'what is put right',
  (database) => {
    law(
      'a zone that was set holds so many and who passed since, whatever else is put right and whatever comes late',
      database,
      correctedDays,
      async (cloud, day) => {
        const { begin, take, zones } = correctedStore(cloud);
        await begin();
        for (const step of day) await take(step);
        expect(rawCounts(await keptBy(cloud))).toEqual({ hall: zones.hall.people, cafe: zones.cafe.people });
      },
    );
  },
  'memory',
);
