import { describe, expect } from 'vitest';
import { plannedBy } from '../../cloud/functions/transfer/tables.ts';
import { survivesGarbage } from '../support/garbage.ts';

const STORE = {
  storeDescription: async () => undefined,
  placementsOf: async () => [],
  storeGroupExists: async () => false,
};
/** A cloud in which there is nothing yet. */
const EMPTY = { structure: STORE, signs: { sign: async () => undefined } } as unknown as Parameters<
  ReturnType<typeof plannedBy>
>[0];

const SIGN = `s-${'A'.repeat(43)}`;
const SAMPLES = {
  stores: [
    'id,name,timeZone,soft,hard,storeGroups,doors,dailyResetAt,dailyResetTo\r\na,A,UTC,1,2,demo night,main,05:00,4\r\nb,"B\nb",UTC,1,2,demo,main,never,\r\n',
  ],
  sensors: ['store\tdoor\tzone\tid\tmodel\tline\tflipped\na\tstreet\t\tstreet-1\taxis\tin\tyes\n'],
  signs: [`signId,name,storeGroupId,board,language,theme,farMetres\n${SIGN},Till,demo,door,es,dark,"2,5"\n`],
} as const;

describe('a table that an admin sends', () => {
  for (const kind of ['stores', 'sensors', 'signs'] as const) {
    survivesGarbage(
      `a table of ${kind}`,
      async (bytes) => {
        const plan = await plannedBy(kind, bytes)(EMPTY);
        // Nothing of it is unsaid: each row changes something or is named.
        const said = new Set([...plan.changes, ...plan.problems].map(({ row }) => row));
        if (plan.problems.length === 0) expect(said.size).toBe(plan.rows);
        for (const { row, expected } of plan.problems)
          expect([row > 0, expected === '']).toEqual([true, false]);
      },
      SAMPLES[kind],
    );
  }
});
