import type { Reading } from '../contracts/telemetry.ts';
import type { Placement } from '../domain/placement.ts';
import type { Refusal } from '../sensors/decoded.ts';
import type { Rejection } from '../store/port.ts';
import { type ReadingOfEvent, rejectionOf } from './decoded-batch.ts';

export type SortedOut = {
  readonly usable: readonly ReadingOfEvent[];
  /** Messages with nothing that can be used; they are not in the ledger, so they may count later. */
  readonly rejections: readonly Rejection[];
};

const UNPLACED: Refusal = {
  reason: 'unplaced-sensor',
  detail: 'the sensor has no door: name it in a store, then replay what was rejected',
};
const NO_DOOR: Refusal = {
  reason: 'wrong-kind',
  detail: 'the sensor sits above a zone: expected how many are in it, got people who pass',
};
const NO_ZONE: Refusal = {
  reason: 'wrong-kind',
  detail: 'the sensor sits at a door: expected people who pass, got how many are there; name it in a zone',
};

/** Tells readings that count somewhere from those that cannot, wherever and whenever they are true. */
export function sortedOut(
  readings: readonly ReadingOfEvent[],
  places: ReadonlyMap<string, readonly Placement[]>,
): SortedOut {
  const usable: ReadingOfEvent[] = [];
  const refusals = new Map<ReadingOfEvent['event'], Refusal>();
  for (const one of readings) {
    const refusal = refusalOf(one.reading, places.get(one.reading.sensorId));
    if (refusal === undefined) usable.push(one);
    else refusals.set(one.event, refusal);
  }
  // What else a document says may be meant for nobody: a camera tells of zones that its owner does not ask for.
  for (const { event } of usable) refusals.delete(event);
  return { usable, rejections: [...refusals].map(([event, refusal]) => rejectionOf(event, refusal)) };
}

/** Without a place now, and what it says is no longer of the time when it had one. */
function isNowhere({ deviceAtMs, enqueuedAtMs }: Reading, places: readonly Placement[]): boolean {
  const atMs = Math.min(deviceAtMs ?? enqueuedAtMs, enqueuedAtMs);
  return places.every(({ untilMs }) => untilMs !== null && untilMs <= atMs);
}

function refusalOf(reading: Reading, places: readonly Placement[] = []): Refusal | undefined {
  if (isNowhere(reading, places)) return UNPLACED;
  const line = places.some((placement) => placement.line === reading.line) ? reading.line : '';
  const needed = reading.kind === 'absolute' ? 'zone' : 'door';
  let isPlaced = false;
  for (const placement of places) {
    if (placement.line !== line) continue;
    if (placement.spot.kind === needed) return undefined;
    isPlaced = true;
  }
  // A line that is placed nowhere is a sign of life, and no more.
  if (!isPlaced) return undefined;
  return needed === 'zone' ? NO_ZONE : NO_DOOR;
}
