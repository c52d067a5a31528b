import type { Reading } from '../contracts/telemetry.ts';
import type { SensorClock } from './sensor-state.ts';

/** A clock that is no further out is right, as far as anybody is told of it. */
export const RIGHT_WITHIN_MS = 5 * 60_000;
/** What comes no later is on time. A clock that is minutes behind is no fault, but its door must not look silent for it. */
const ON_TIME_WITHIN_MS = 30_000;
/** No sensor keeps its readings for longer: what seems older was told by a clock that was never set. */
const KEPT_FOR_MS = 7 * 24 * 3_600_000;
/** How long a sensor may lag at an even pace before it is its clock that is wrong. */
const TRIAL_MS = 10 * 60_000;
/** The same, for one that had told a later time before: a clock that was set back, if nothing on time comes in between. */
const TRIAL_AFTER_A_JUMP_MS = 3 * 60_000;
/** Kept readings come faster than they were made; on a clock that is merely wrong, time passes as it does on ours. */
const EVEN_PACE = 1.5;
const EVEN_PACE_SLACK_MS = 60_000;

/**
 * When a reading was true by our clock, and what is known of its sensor's clock afterwards. Readings are given in the
 * order in which the hub had them, and each once: one sent again is late by nature and says nothing of a clock.
 *
 * A clock that runs ahead shows at once, since nothing arrives before it happened. One that lags looks like a
 * sensor that was cut off and now sends what it kept; its readings are taken as late, each in its own hour, until
 * they have lagged for ten minutes at an even pace. Then the least that they lagged is how far the clock is behind,
 * and what the same sensor keeps from then on still lands in its own hour. A clock that stands still tells nothing.
 *
 * A time that jumps back is a clock that was set back, or the first of the readings that a sensor sends after it has
 * told how things are now. It is taken as the second, and as the first after three minutes without a reading on time.
 * What this gets wrong: a sensor that sends what it kept no faster than it was made, with nothing on time in between.
 */
export function timedReading(
  clock: SensorClock,
  reading: Pick<Reading, 'deviceAtMs' | 'enqueuedAtMs'>,
): { readonly clock: SensorClock; readonly atMs: number } {
  const { deviceAtMs, enqueuedAtMs } = reading;
  if (deviceAtMs === null) return { clock, atMs: enqueuedAtMs };
  // A message that was refused at first, and counts after all: what it says of the clock is no longer so.
  const isOfBefore = clock.lagging !== null && enqueuedAtMs < clock.lagging.sinceMs;
  const after = clockAfter(clock, deviceAtMs, enqueuedAtMs);
  const atMs = Math.min(enqueuedAtMs, deviceAtMs - after.skewMs);
  return { clock: isOfBefore || isSame(clock, after) ? clock : after, atMs };
}

function clockAfter(clock: SensorClock, deviceAtMs: number, enqueuedAtMs: number): SensorClock {
  const lagMs = enqueuedAtMs - deviceAtMs;
  const newestMs = Math.max(clock.newestMs ?? deviceAtMs, deviceAtMs);
  if (-RIGHT_WITHIN_MS <= lagMs && lagMs <= ON_TIME_WITHIN_MS) return { skewMs: 0, newestMs, lagging: null };
  // A time that cannot be is not remembered: what comes after it is no jump back.
  if (lagMs < 0 || lagMs > KEPT_FOR_MS) return { ...clock, skewMs: -lagMs, lagging: null };
  return laggingClockAfter({ ...clock, newestMs }, deviceAtMs, enqueuedAtMs);
}

function laggingClockAfter(clock: SensorClock, deviceAtMs: number, enqueuedAtMs: number): SensorClock {
  const { newestMs, lagging } = clock;
  const lagMs = enqueuedAtMs - deviceAtMs;
  const begun = { sinceMs: enqueuedAtMs, sinceDeviceMs: deviceAtMs, leastMs: lagMs };
  // How far ahead it was, or a time that could not be, says nothing of how far behind it is.
  const behindMs = clock.skewMs < -KEPT_FOR_MS ? 0 : Math.max(0, -clock.skewMs);
  const undecided = { skewMs: -Math.min(behindMs, lagMs) || 0, newestMs };
  if (lagging === null) return { ...undecided, lagging: begun };

  const oursMs = enqueuedAtMs - lagging.sinceMs;
  const theirsMs = deviceAtMs - lagging.sinceDeviceMs;
  const standsStill = theirsMs === 0;
  if (!standsStill && !isEvenPace(oursMs, theirsMs)) return { ...undecided, lagging: begun };

  const leastMs = Math.min(lagging.leastMs, lagMs);
  const jumpedBack = newestMs !== null && newestMs - deviceAtMs > RIGHT_WITHIN_MS;
  if (oursMs < (jumpedBack ? TRIAL_AFTER_A_JUMP_MS : TRIAL_MS)) {
    return { ...undecided, lagging: leastMs === lagging.leastMs ? lagging : { ...lagging, leastMs } };
  }
  return standsStill
    ? { skewMs: -lagMs, newestMs: deviceAtMs, lagging }
    : // The trial goes on, or a clock that loses some seconds an hour would be minutes behind within days.
      { skewMs: -leastMs, newestMs: deviceAtMs, lagging: begun };
}

const isEvenPace = (oursMs: number, theirsMs: number): boolean =>
  theirsMs <= oursMs * EVEN_PACE + EVEN_PACE_SLACK_MS && theirsMs >= oursMs / EVEN_PACE - EVEN_PACE_SLACK_MS;

const isSame = (one: SensorClock, other: SensorClock): boolean =>
  one.skewMs === other.skewMs && one.newestMs === other.newestMs && one.lagging === other.lagging;
