import type { CorrectionRecord, CorrectionRequest } from '../../../cloud/contracts/correction.ts';

/** The opposite of each: whoever passed since then stays counted. */
export const undoing = (done: readonly CorrectionRecord[], by: string): readonly CorrectionRequest[] =>
  done
    .filter(({ before, after }) => before !== after)
    .map(({ before, after, zoneId }) => ({
      ...{ kind: 'add', people: before - after, zone: zoneId, by, why: 'Undo of the correction before' },
    }));
