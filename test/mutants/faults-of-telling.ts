import { COUNTING, domain, type Fault, TELLING } from './fault.ts';

const STORE_AFTER = 'cloud/domain/store-after.ts';

/** Revisions, limits, certainty and alerts. */
export const FAULTS_OF_TELLING: readonly Fault[] = [
  {
    name: 'the revision stays although the sums of the day have changed',
    file: STORE_AFTER,
    find: 'const isCurveNew = todayChanged || rawCountOf(before) !== rawCountOf(after);',
    replace: 'const isCurveNew = rawCountOf(before) !== rawCountOf(after);',
    runs: [domain('store-after')],
  },
  {
    name: 'the revision rises although a sign would show the same',
    file: STORE_AFTER,
    find: 'const looksNew = isCurveNew || !hasSameUsual(before, after) || !looksLike(before, after);',
    replace: 'const looksNew = isCurveNew || before !== after;',
    runs: [domain('store-after')],
  },
  {
    name: 'a sign shows whatever push came last',
    file: 'cloud/client/held-snapshots.ts',
    find: 'if (order < 0) return { held, pull: false };',
    replace: '',
    runs: [{ project: 'unit', files: ['test/cloud/client/held-snapshots'] }],
  },
  {
    name: 'a batch that comes again is not told again',
    file: 'cloud/functions/count-readings.ts',
    find: ' || replayed.has(state.storeId);',
    replace: ';',
    runs: [TELLING],
  },
  {
    name: 'a count that stands on a silent door too is called whole',
    file: 'cloud/domain/snapshot.ts',
    find: "return silent > 0 ? 'partial' : 'whole';",
    replace: "return 'whole';",
    runs: [domain('snapshot'), COUNTING],
  },
  {
    name: 'the margin gives more people a place instead of fewer',
    file: 'cloud/domain/limits.ts',
    find: 'Math.max(0, hard - count - margin)',
    replace: 'Math.max(0, hard - count + margin)',
    runs: [domain('limits', 'snapshot')],
  },
  {
    name: 'the state is full at one more than allowed',
    file: 'cloud/domain/limits.ts',
    find: "return count + margin >= (level === 'full' ? hard : soft);",
    replace: "return count + margin > (level === 'full' ? hard : soft);",
    runs: [domain('limits')],
  },
  {
    name: 'an alert that was answered is raised again by each flush',
    file: 'cloud/domain/alerts.ts',
    find: 'acknowledged === null || askAgainAfterMs === null ? null : acknowledged.atMs + askAgainAfterMs',
    replace: 'acknowledged === null || askAgainAfterMs === null ? null : acknowledged.atMs',
    runs: [domain('alerts'), TELLING],
  },
];
