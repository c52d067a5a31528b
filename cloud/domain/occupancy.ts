import type {
  AbsoluteReading,
  CumulativeReading,
  IncrementReading,
  Reading,
} from '../contracts/telemetry.ts';
import type { CounterState, SensorState } from './sensor-state.ts';

/** A reading of which is known when it was true by our clock: see `timedReading`. */
export type TimedReading = Reading & { readonly atMs: number };

/** People through a sensor, by its own idea of in and out. */
export type Passage = { readonly in: number; readonly out: number };

/** What a reading comes to: people who passed, people more or fewer in a zone, or more than can be, which count for nothing. */
export type Outcome =
  | ({ readonly kind: 'passage' } & Passage)
  | { readonly kind: 'people'; readonly change: number }
  | ({ readonly kind: 'implausible'; readonly atMost: number } & Passage);

type After = { readonly state: SensorState; readonly outcome: Outcome };
type Timed<Kind extends Reading> = Kind & { readonly atMs: number };

/** Clocks are read in seconds and people come in groups: no shorter time is held against a total. */
const TOTAL_AT_LEAST_SECONDS = 60;
/** Increments may come without a time, many at once after a cut. */
const INCREMENT_AT_LEAST_SECONDS = 15 * 60;
/** Above this part of its range a counter that starts over has wrapped; below it, it was set back to 0. */
const WRAPS_ABOVE = 0.9;

const NOBODY: Outcome = { kind: 'passage', in: 0, out: 0 };

/**
 * What one reading adds, and what the sensor is remembered by afterwards. The caller has made sure that the reading was
 * not counted before; `before.clock` is as `timedReading` left it.
 *
 * Increments are added, whatever order they come in. Totals are compared with the newest of the same boot, so a late or
 * a lost one costs nothing. Of absolute counts the newest is right. The kinds never mix: many devices send increments
 * and totals of the same people side by side, so once a line has given totals, its increments are but a sign of life.
 */
export function sensorAfter(before: SensorState, reading: TimedReading, peoplePerSecond: number): After {
  switch (reading.kind) {
    case 'increment':
      return afterIncrement(before, reading, peoplePerSecond);
    case 'cumulative':
      return afterTotals(before, reading, peoplePerSecond);
    case 'absolute':
      return afterPeople(before, reading);
    default:
      return reading satisfies never;
  }
}

/** A flipped sensor's IN is people leaving. */
export const unflipped = (passage: Passage, flipped: boolean): Passage =>
  flipped ? { in: passage.out, out: passage.in } : passage;

/** As it is when it gets a place after a time without: what it counted meanwhile was nobody of ours. */
/** As it is after it spoke of a place that it has left, or not yet come to: it lives, and its counters stay. */
export const heardOnly = (before: SensorState, atMs: number): SensorState => ({
  ...before,
  heardUntilMs: Math.max(before.heardUntilMs ?? atMs, atMs),
});

export const forgottenTotals = (state: SensorState): SensorState => ({
  ...state,
  counters: [],
  heardUntilMs: null,
});

function afterIncrement(
  before: SensorState,
  reading: Timed<IncrementReading>,
  peoplePerSecond: number,
): After {
  const state = heard(before, reading);
  if (totalsOf(before, reading.line) !== undefined) return { state, outcome: NOBODY };
  const passage = { in: reading.in, out: reading.out };
  const sinceMs = before.heardUntilMs ?? reading.atMs;
  const seconds = Math.max(INCREMENT_AT_LEAST_SECONDS, (reading.atMs - sinceMs) / 1000);
  return judged(state, passage, reading.atMs, peoplePerSecond * seconds);
}

function afterTotals(before: SensorState, reading: Timed<CumulativeReading>, peoplePerSecond: number): After {
  const counter = totalsOf(before, reading.line);
  if (counter !== undefined && isLate(counter, reading, before)) {
    return { state: heard(before, reading), outcome: NOBODY };
  }
  const state = withCounter(heard(before, reading), counter, {
    line: reading.line,
    boot: reading.boot,
    previousBoot: counter?.boot === reading.boot ? counter.previousBoot : (counter?.boot ?? null),
    sequence: reading.sequence,
    totalIn: reading.in,
    totalOut: reading.out,
    people: 0,
    atMs: reading.atMs,
  });
  // Totals that were never seen before may be years old: they are where counting starts, not people.
  if (counter === undefined) return { state, outcome: NOBODY };
  const sinceMs = counter.atMs ?? reading.atMs;
  const seconds = Math.max(TOTAL_AT_LEAST_SECONDS, (reading.atMs - sinceMs) / 1000);
  return judged(state, passageBetween(counter, reading), reading.atMs, peoplePerSecond * seconds);
}

function afterPeople(before: SensorState, reading: Timed<AbsoluteReading>): After {
  const state = heard(before, reading);
  const counter = before.counters.find(({ line, boot }) => line === reading.line && boot === null);
  if (counter !== undefined && counter.atMs !== null && reading.atMs < counter.atMs) {
    return { state, outcome: { kind: 'people', change: 0 } };
  }
  const after: CounterState = {
    line: reading.line,
    boot: null,
    previousBoot: null,
    sequence: null,
    totalIn: 0,
    totalOut: 0,
    people: reading.people,
    atMs: reading.atMs,
  };
  const change = reading.people - (counter?.people ?? 0);
  return { state: withCounter(state, counter, after), outcome: { kind: 'people', change } };
}

const heard = (before: SensorState, { atMs }: TimedReading): SensorState => heardOnly(before, atMs);

/** A line that gives totals and absolute counts has a counter for each, told apart by the boot that only totals have. */
const totalsOf = (state: SensorState, ofLine: string): CounterState | undefined =>
  state.counters.find(({ line, boot }) => line === ofLine && boot !== null);

/** No sensor has more; one that names a new line with each message must not grow for ever. */
const MAX_COUNTERS = 64;

/** Where there are too many, the one that was not heard for longest is forgotten: its next total is where it starts. */
const withCounter = (
  state: SensorState,
  before: CounterState | undefined,
  after: CounterState,
): SensorState => ({
  ...state,
  counters: [...state.counters.filter((counter) => counter !== before), after].slice(-MAX_COUNTERS),
});

/**
 * Whether newer totals are known already. The sequence says so, or that they are of the boot before. Where neither does,
 * their times, if the sensor's clock is right or the hub's stands in for it; else the order of arrival. Totals that are
 * wrongly taken for late cost nothing, as the next ones that are not bring their people along; unless they are all of a
 * boot that ended before its clock was right.
 */
function isLate(
  counter: CounterState,
  reading: Timed<CumulativeReading>,
  { clock }: Pick<SensorState, 'clock'>,
): boolean {
  if (reading.boot === counter.boot && reading.sequence !== null && counter.sequence !== null) {
    return reading.sequence <= counter.sequence;
  }
  if (reading.boot !== '' && reading.boot === counter.previousBoot) return true;
  return clock.skewMs === 0 && counter.atMs !== null && reading.atMs < counter.atMs;
}

function passageBetween(counter: CounterState, reading: CumulativeReading): Passage {
  const sinceStart = { in: reading.in, out: reading.out };
  if (counter.boot !== reading.boot) return sinceStart;
  const entered = risen(counter.totalIn, reading.in, reading.wrapsAt);
  const left = risen(counter.totalOut, reading.out, reading.wrapsAt);
  // One that shrank was set back to 0, and the other with it.
  return entered === null || left === null ? sinceStart : { in: entered, out: left };
}

/** By how much a total has risen; null where it was set back. Only a counter that is known to wrap ever does. */
function risen(before: number, after: number, wrapsAt: number | null): number | null {
  if (after >= before) return after - before;
  const wrapped = wrapsAt !== null && before < wrapsAt && before > wrapsAt * WRAPS_ABOVE;
  return wrapped ? wrapsAt - before + after : null;
}

/** More people than can pass are nobody: a garbled total, or one that a new boot kept. It is where counting goes on. */
function judged(state: SensorState, passage: Passage, atMs: number, limit: number): After {
  if (Math.max(passage.in, passage.out) <= limit) return { state, outcome: { kind: 'passage', ...passage } };
  return {
    state: { ...state, implausibleAtMs: Math.max(state.implausibleAtMs ?? atMs, atMs) },
    outcome: { kind: 'implausible', ...passage, atMost: Math.floor(limit) },
  };
}
