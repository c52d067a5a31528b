import { COUNTING, domain, type Fault, LATE } from './fault.ts';

const COUNT_READINGS = 'cloud/functions/count-readings.ts';
const FOLD_READINGS = 'cloud/functions/fold-readings.ts';
const LATE_ROWS = 'cloud/store/late-rows.ts';
const LEDGER = 'cloud/store/ledger.ts';
const OCCUPANCY = 'cloud/domain/occupancy.ts';
const ZONES = 'cloud/domain/zones.ts';

/** What a reading comes to. */
export const FAULTS_OF_COUNTING: readonly Fault[] = [
  {
    name: 'a reading that the ledger knows counts again',
    file: COUNT_READINGS,
    find: 'const fresh = sorted.usable.filter((_, index) => isNew[index]);',
    replace: 'const fresh = sorted.usable;',
    runs: [COUNTING],
  },
  {
    name: 'the name of a reading leaves out the boot',
    file: 'cloud/sensors/vitrine-json.ts',
    find: 'function keyOf({ boot, sequence, line }: ReadingPayload): string | undefined {',
    replace: `function keyOf({ sequence, line }: ReadingPayload): string | undefined {
  const boot = '';`,
    runs: [COUNTING],
  },
  {
    name: 'a reading that stands twice in a batch is new both times',
    file: LEDGER,
    find: 'return names.map((name) => unclaimed.delete(name));',
    replace: 'return names.map((name) => unclaimed.has(name));',
    runs: [COUNTING],
  },
  {
    name: 'a batch is kept without the ledger',
    file: LEDGER,
    find: '...inOrder,',
    replace: 'rows: [],',
    runs: [COUNTING],
  },
  {
    name: 'PostgreSQL takes a known reading for a new one, SQLite does not',
    file: 'cloud/store/insert-rows.ts',
    find: 'return rows.map((row) => isWritten.has(nameOf(row)));',
    replace: 'return rows.map(() => isWritten.size > 0);',
    runs: [{ ...COUNTING, only: 'PostgreSQL' }],
  },
  {
    name: 'what a killed program left in the journal is never looked for',
    file: LATE_ROWS,
    find: 'if (!isKnown) arriveFromJournal();',
    replace: 'isKnown = true;',
    runs: [LATE],
  },
  {
    name: 'what has arrived at its table stays in the journal and arrives again',
    file: LATE_ROWS,
    find: "statementOf('delete from late_rows where table_name = ?').run(table);",
    replace: '',
    runs: [LATE],
  },
  {
    name: 'a reading on its way into the ledger is not looked for there',
    file: LATE_ROWS,
    find: 'before !== undefined || find.get(',
    replace: 'find.get(',
    runs: [LATE, COUNTING],
  },
  {
    name: 'of two additions on their way to one row the later replaces the earlier',
    file: LATE_ROWS,
    find: 'sum[at] = Number(before[at]) + Number(row[at]);',
    replace: 'sum[at] = Number(row[at]);',
    runs: [LATE],
  },
  {
    name: 'what is known of a sensor is forgotten after each batch',
    file: COUNT_READINGS,
    find: 'await tx.counting.saveSensorStates([...sensors.values()]);',
    replace: '',
    runs: [COUNTING],
  },
  {
    name: 'the stored sum is clamped at nobody',
    file: ZONES,
    find: '{ ...zone, rawCount: zone.rawCount + people }',
    replace: '{ ...zone, rawCount: Math.max(0, zone.rawCount + people) }',
    runs: [domain('zones'), COUNTING],
  },
  {
    name: 'a new boot is not noticed: its totals are compared with those of the one before',
    file: OCCUPANCY,
    find: 'if (counter.boot !== reading.boot) return sinceStart;',
    replace: '',
    runs: [domain('occupancy'), COUNTING],
  },
  {
    name: 'late totals of the boot before are taken for another restart',
    file: OCCUPANCY,
    find: "if (reading.boot !== '' && reading.boot === counter.previousBoot) return true;",
    replace: '',
    runs: [domain('occupancy')],
  },
  {
    name: 'a counter that wraps is taken for one that was set back',
    file: OCCUPANCY,
    find: 'return wrapped ? wrapsAt - before + after : null;',
    replace: 'return null;',
    runs: [domain('occupancy')],
  },
  {
    name: 'a counter that was set back is taken for one that wraps',
    file: OCCUPANCY,
    find: 'before < wrapsAt && before > wrapsAt * WRAPS_ABOVE;',
    replace: 'before < wrapsAt;',
    runs: [domain('occupancy')],
  },
  {
    name: 'the first totals of a counter are counted as people',
    file: OCCUPANCY,
    find: 'if (counter === undefined) return { state, outcome: NOBODY };',
    replace:
      "if (counter === undefined) return { state, outcome: { kind: 'passage', in: reading.in, out: reading.out } };",
    runs: [domain('occupancy')],
  },
  {
    name: 'increments count beside the totals of the same line',
    file: OCCUPANCY,
    find: 'if (totalsOf(before, reading.line) !== undefined) return { state, outcome: NOBODY };',
    replace: '',
    runs: [domain('occupancy')],
  },
  {
    name: 'increments that come late are dropped',
    file: OCCUPANCY,
    find: 'const sinceMs = before.heardUntilMs ?? reading.atMs;',
    replace: `const sinceMs = before.heardUntilMs ?? reading.atMs;
  if (reading.atMs < sinceMs) return { state, outcome: NOBODY };`,
    runs: [domain('occupancy')],
  },
  {
    name: 'an absolute count is added to the one before',
    file: OCCUPANCY,
    find: 'const change = reading.people - (counter?.people ?? 0);',
    replace: 'const change = reading.people;',
    runs: [domain('occupancy'), COUNTING],
  },
  {
    name: 'of two absolute counts the one that arrives last wins, not the newer',
    file: OCCUPANCY,
    find: 'if (counter !== undefined && counter.atMs !== null && reading.atMs < counter.atMs) {',
    replace: 'if (counter !== undefined && counter.atMs !== null && reading.enqueuedAtMs < counter.atMs) {',
    runs: [domain('occupancy')],
  },
  {
    name: 'a rate that cannot be is believed if only one direction is absurd',
    file: OCCUPANCY,
    find: 'Math.max(passage.in, passage.out) <= limit',
    replace: 'Math.min(passage.in, passage.out) <= limit',
    runs: [domain('occupancy')],
  },
  {
    name: 'a flipped sensor counts as if it were not',
    file: FOLD_READINGS,
    find: 'unflipped(outcome, spot.flipped)',
    replace: 'unflipped(outcome, false)',
    runs: [COUNTING],
  },
  {
    name: 'a door within the store counts for the store as if it led to the street',
    file: FOLD_READINGS,
    find: 'street: door?.from === null',
    replace: 'street: door !== undefined',
    runs: [COUNTING],
  },
  {
    name: 'who goes through an inner door is in both zones',
    file: ZONES,
    find: 'return { zones: from.zones, adjustments',
    replace: 'return { zones: into.zones, adjustments',
    runs: [domain('zones'), COUNTING],
  },
  {
    name: 'who passes a door of a measured zone is counted on top of what its sensor sees',
    file: ZONES,
    find: 'if (isMeasured(zone)) return { zones, adjustments: [{ zoneId, atMs, people: -people }] };',
    replace: '',
    runs: [domain('zones'), COUNTING],
  },
  {
    name: 'a moved sensor counts at its new door for what it saw at the old one',
    file: 'cloud/domain/placement.ts',
    find: '({ fromMs, untilMs }: Placement) => fromMs <= atMs && (untilMs === null || atMs < untilMs)',
    replace: '({ untilMs }: Placement) => untilMs === null',
    runs: [COUNTING],
  },
];
