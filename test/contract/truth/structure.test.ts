import fc from 'fast-check';
import { expect } from 'vitest';
import { onBothEngines } from '../../support/store-engines.ts';
import { keptBy, rawCount } from '../../support/truth/kept.ts';
import { law } from '../../support/truth/law.ts';
import { storeStories } from '../../support/truth/structure-commands.ts';
import { emptyModel } from '../../support/truth/structure-model.ts';

onBothEngines(
  'stores that are changed while they count',
  (database) => {
    law(
      'every reading counts where its sensor was when it was true, and nobody is lost when zones and sensors move',
      database,
      storeStories,
      async (cloud, { begins, goesOn }) => {
        const model = emptyModel();
        await fc.asyncModelRun(() => ({ model, real: cloud }), [begins, ...goesOn]);
        for (const storeId of model.stores.keys()) {
          const kept = await keptBy(cloud, storeId);
          const inSteps = kept.steps.reduce((sum, step) => sum + step.in - step.out + step.adjusted, 0);
          expect(inSteps).toBe(rawCount(kept));
        }
      },
    );
  },
  'memory',
);
