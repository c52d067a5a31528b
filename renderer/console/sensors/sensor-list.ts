import type { Overview } from '../../../cloud/contracts/overview.ts';
import type { ListedSensor, SensorPlace } from '../../../cloud/contracts/sensor.ts';
import type { SensorModel } from '../../../cloud/contracts/sensor-model.ts';
import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';

/** `knocks`: heard, and counts nowhere. `waits`: let in, and neither placed nor heard. */
export type SensorStanding = 'knocks' | 'silent' | 'well' | 'waits';
export const STANDINGS: readonly SensorStanding[] = ['knocks', 'silent', 'well', 'waits'];
export const STANDING_WORDS: Readonly<Record<SensorStanding, string>> = {
  knocks: 'Knocking',
  silent: 'Silent',
  well: 'As it should be',
  waits: 'Not placed yet',
};

export const MODEL_WORDS: Readonly<Record<SensorModel, string>> = {
  auto: 'Recognised by its messages',
  vitrine: 'Vitrine JSON',
  axis: 'Axis',
  xovis: 'Xovis',
  hikvision: 'Hikvision',
  dahua: 'Dahua',
  milesight: 'Milesight',
  terabee: 'Terabee',
  vivotek: 'Vivotek',
  'azure-spatial-analysis': 'Azure spatial analysis',
};

export type SensorRow = {
  readonly sensor: ListedSensor;
  readonly standing: SensorStanding;
  /** Of the list, or of the door as it was pushed since. */
  readonly heardAtMs: number | null;
  readonly placeWords: readonly string[];
};

type Known = Pick<Overview, 'stores'> | null;

const snapshotOf = (known: Known, storeId: string): Snapshot | undefined =>
  known?.stores.find(({ snapshot }) => snapshot.content.store.id === storeId)?.snapshot;

export const storeName = (known: Known, storeId: string): string =>
  snapshotOf(known, storeId)?.content.store.name ?? storeId;

/** The door or zone by its name. */
export function spotName(known: Known, { storeId, doorId, zoneId }: SensorPlace): string {
  const content = snapshotOf(known, storeId)?.content;
  const door = content?.doors.find(({ id }) => id === doorId)?.name;
  return door ?? content?.zones.find(({ id }) => id === zoneId)?.name ?? doorId ?? zoneId ?? '';
}

/** A door's age is that of its sensor that was heard least, so all of them were heard then. */
function pushedHeardAtMs(known: Known, { storeId, doorId }: SensorPlace): number | null {
  const snapshot = snapshotOf(known, storeId);
  const index = snapshot?.content.doors.findIndex(({ id }) => id === doorId) ?? -1;
  const ageMs = snapshot?.proof.doorAgesMs[index] ?? null;
  return snapshot === undefined || ageMs === null ? null : snapshot.proof.sentAtMs - ageMs;
}

export function sensorSeen(sensor: ListedSensor, known: Known, nowMs: number): SensorRow {
  const pushed = sensor.places.map((place) => pushedHeardAtMs(known, place));
  const heard = [sensor.heardAtMs, ...pushed].filter((atMs) => atMs !== null);
  const heardAtMs = heard.length === 0 ? null : Math.max(...heard);
  const placeWords = sensor.places.map(
    (place) => `${spotName(known, place)}, ${storeName(known, place.storeId)}`,
  );
  return { sensor, standing: standingOf(sensor, heardAtMs, known, nowMs), heardAtMs, placeWords };
}

function standingOf(
  { places, kept, heardAtMs }: ListedSensor,
  newestMs: number | null,
  known: Known,
  nowMs: number,
): SensorStanding {
  if (places.length === 0) return kept > 0 && heardAtMs !== null ? 'knocks' : 'waits';
  const promises = places.map(({ storeId }) => snapshotOf(known, storeId)?.proof.liveForMs ?? 0);
  const promisedMs = Math.max(...promises);
  if (newestMs === null) return 'silent';
  return promisedMs > 0 && nowMs - newestMs > promisedMs ? 'silent' : 'well';
}

/** Those that need somebody first; the longest silent before the others. */
export function listedRows(
  sensors: readonly ListedSensor[],
  text: string,
  known: Known,
  nowMs: number,
): ReadonlyMap<SensorStanding, readonly SensorRow[]> {
  const rows = sensors.map((sensor) => sensorSeen(sensor, known, nowMs)).filter((row) => matches(row, text));
  const grouped = Map.groupBy(rows, ({ standing }) => standing);
  return new Map(STANDINGS.map((standing) => [standing, (grouped.get(standing) ?? []).toSorted(byUrgency)]));
}

function byUrgency(a: SensorRow, b: SensorRow): number {
  const byAge = a.standing === 'silent' ? (a.heardAtMs ?? 0) - (b.heardAtMs ?? 0) : 0;
  return byAge || (a.sensor.sensorId < b.sensor.sensorId ? -1 : 1);
}

function matches({ sensor, placeWords, standing }: SensorRow, text: string): boolean {
  const models = sensor.places.map(({ model }) => MODEL_WORDS[model]);
  const flipped = sensor.places.some((place) => place.flipped) ? 'flipped' : '';
  const said = [sensor.sensorId, ...placeWords, ...models, flipped, sensor.keptWhy, STANDING_WORDS[standing]];
  const all = said.join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

export function summaryWords(rows: readonly SensorRow[]): string {
  const placed = rows.filter(({ sensor }) => sensor.places.length > 0);
  const well = placed.filter(({ standing }) => standing === 'well').length;
  const knocking = rows.filter(({ standing }) => standing === 'knocks').length;
  const reported = `${well} of ${placed.length} reported within the time they promise.`;
  if (knocking === 0) return reported;
  return `${reported} ${knocking} ${knocking === 1 ? 'knocks and belongs' : 'knock and belong'} to no door.`;
}
