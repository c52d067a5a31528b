import { MAX_PEOPLE_BETWEEN_MESSAGES, type Reading } from '../contracts/telemetry.ts';
import type { SensorState } from './sensor-state.ts';

/** People through a sensor, by its own idea of in and out. */
export type Passage = { readonly in: number; readonly out: number };

const NOBODY: Passage = { in: 0, out: 0 };

/**
 * What one reading adds, and what the sensor is remembered by afterwards.
 * The caller has made sure that the reading was not counted before.
 *
 * Increments are added, whatever order they come in. Totals are compared with the newest of the same boot, so a late
 * or a lost one costs nothing. The two kinds never mix: what an increment adds is not part of any total.
 */
export function sensorAfter(
  before: SensorState,
  reading: Reading,
): { readonly state: SensorState; readonly passage: Passage } {
  const heardUntilMs = Math.max(before.heardUntilMs ?? reading.atMs, reading.atMs);
  if (reading.kind === 'increment') {
    return { state: { ...before, heardUntilMs }, passage: { in: reading.in, out: reading.out } };
  }
  if (isOlder(before, reading)) return { state: { ...before, heardUntilMs }, passage: NOBODY };
  const state: SensorState = {
    sensorId: before.sensorId,
    boot: reading.boot,
    previousBoot: before.boot === reading.boot ? before.previousBoot : before.boot,
    sequence: reading.sequence,
    totalIn: reading.in,
    totalOut: reading.out,
    heardUntilMs,
  };
  return { state, passage: passageBetween(before, reading) };
}

/** A flipped sensor's IN is people leaving. */
export const unflipped = (passage: Passage, flipped: boolean): Passage =>
  flipped ? { in: passage.out, out: passage.in } : passage;

function isOlder(before: SensorState, reading: Reading): boolean {
  if (reading.boot === before.previousBoot) return true;
  return (
    before.boot === reading.boot &&
    before.sequence !== null &&
    reading.sequence !== null &&
    reading.sequence <= before.sequence
  );
}

function passageBetween(before: SensorState, reading: Reading): Passage {
  // Totals that were never seen before may be years old: they are where counting starts, not people.
  if (before.boot === null) return NOBODY;
  const restarted =
    before.boot !== reading.boot || reading.in < before.totalIn || reading.out < before.totalOut;
  const passage = restarted
    ? { in: reading.in, out: reading.out }
    : { in: reading.in - before.totalIn, out: reading.out - before.totalOut };
  // A counter that kept its old total, or a garbled one: again where counting starts.
  return Math.max(passage.in, passage.out) > MAX_PEOPLE_BETWEEN_MESSAGES ? NOBODY : passage;
}
