import { COUNTING, domain, type Fault } from './fault.ts';

const CLOCK_TIME = 'cloud/domain/clock-time.ts';
const REVIEW_STORES = 'cloud/functions/review-stores.ts';
const ZONES = 'cloud/domain/zones.ts';

/** Resets, corrections and clocks. */
export const FAULTS_OF_TIME: readonly Fault[] = [
  {
    name: 'a late reading of a time before the reset changes the count of now',
    file: ZONES,
    find: 'return { zones, adjustments: [{ zoneId, atMs: zone.baselineAtMs, people: -people }] };',
    replace: 'return { zones: added(zones, zoneId, people), adjustments: [] };',
    runs: [domain('zones'), COUNTING],
  },
  {
    name: 'a late reading of a time before the reset is not taken back in the history',
    file: ZONES,
    find: 'return { zones, adjustments: [{ zoneId, atMs: zone.baselineAtMs, people: -people }] };',
    replace: 'return { zones, adjustments: [] };',
    runs: [domain('zones'), COUNTING],
  },
  {
    name: 'a daily reset clears the history of who passed',
    file: REVIEW_STORES,
    find: 'const change = await correctStore(tx, judged, corrections, nowMs);',
    replace: `const kept = { ledgerBeforeMs: 0, rejectedBeforeMs: 0, connectionsBeforeMs: 0 };
  await tx.upkeep.prune({ ...kept, historyBeforeMs: atMs, limit: 10_000 });
  const change = await correctStore(tx, judged, corrections, nowMs);`,
    runs: [COUNTING],
  },
  {
    name: 'a daily reset always begins with nobody',
    file: REVIEW_STORES,
    find: 'const people = index === 0 ? dailyReset.to : 0;',
    replace: 'const people = 0;',
    runs: [COUNTING],
  },
  {
    name: 'a daily reset is made as of the moment of the flush',
    file: REVIEW_STORES,
    find: 'const atMs = lastResetMs(judged.timeZone, dailyReset.at, nowMs);',
    replace: 'const atMs = nowMs;',
    runs: [COUNTING],
  },
  {
    name: 'a time of day that the clock passes twice resets at the second one',
    file: CLOCK_TIME,
    find: 'const zoned = local.toZonedDateTime(timeZone);',
    replace: "const zoned = local.toZonedDateTime(timeZone, { disambiguation: 'later' });",
    runs: [domain('daily-reset')],
  },
  {
    name: 'a time of day that the clock leaps over resets an hour later',
    file: CLOCK_TIME,
    find: "return wholeMinute(before.getTimeZoneTransition('next') ?? zoned);",
    replace: 'return wholeMinute(zoned);',
    runs: [domain('daily-reset')],
  },
  {
    name: 'a count that is set as of a while ago forgets who came since',
    file: 'cloud/functions/correct-store.ts',
    find: 'atMs % MINUTE_MS === 0 ? await netOf(tx, state, zoneId, atMs) : 0',
    replace: '0',
    runs: [COUNTING],
  },
  {
    name: 'a correction of a time before the reset changes the count of now',
    file: 'cloud/domain/corrections.ts',
    find: 'return { zone, adjustments: difference === 0 ? [] : [added, takenBack], before, after };',
    replace:
      'return { zone: { ...zone, rawCount: zone.rawCount + difference }, adjustments: [added, takenBack], before, after };',
    runs: [domain('corrections')],
  },
  {
    name: 'a clock that is known to be wrong is believed',
    file: 'cloud/domain/reading-time.ts',
    find: 'const atMs = Math.min(enqueuedAtMs, deviceAtMs - after.skewMs);',
    replace: 'const atMs = Math.min(enqueuedAtMs, deviceAtMs);',
    runs: [domain('reading-time')],
  },
];
