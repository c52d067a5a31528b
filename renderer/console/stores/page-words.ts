import type { CorrectionRecord } from '../../../cloud/contracts/correction.ts';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import type { StoreDescription } from '../../../cloud/contracts/store-description.ts';
import type { Corrected } from './figure-card.ts';
import { byPeople } from './history/as-counted.ts';

/** What people changed since the store's day began. */
export function correctedToday(
  corrections: readonly CorrectionRecord[],
  { store, today }: SnapshotContent,
  nowMs: number,
): Corrected {
  const dateOf = new Intl.DateTimeFormat('en-CA', { timeZone: store.timeZone });
  const ofToday = byPeople(corrections).filter(
    ({ atMs }) => atMs <= nowMs && dateOf.format(atMs) === today.day,
  );
  return {
    times: ofToday.length,
    people: ofToday.reduce((sum, { before, after }) => sum + after - before, 0),
  };
}

/** Names the door that a sensor is at. */
export function doorOfSensor(description: StoreDescription | null): (sensorId: string) => string {
  const spots = [...(description?.doors ?? []), ...(description?.zones ?? [])];
  return (sensorId) =>
    spots.find(({ sensors }) => sensors.some(({ id }) => id === sensorId))?.name ?? 'A sensor';
}
