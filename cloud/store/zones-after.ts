import type { StoreDescription } from '../contracts/store-description.ts';
import { describedZones } from './described-store.ts';
import { type LiveZone, type LiveZones, liveZoneOf } from './live-state.ts';

type Zone = StoreDescription['zones'][number];

/** `people`: what each zone's count changed by, where it did. `remeasured`: zones whose sensors begin at 0 again. */
export type ZonesAfter = {
  readonly zones: LiveZones;
  readonly people: ReadonlyMap<string, number>;
  readonly remeasured: ReadonlySet<string>;
};

/**
 * The zones of a store that is described anew. Who was in a zone that is gone is in the first one now, or rather in the
 * first that counts by its doors: a measured one knows its own. `before`: undefined where the store is new.
 */
export function zonesAfter(
  live: LiveZones,
  before: StoreDescription | undefined,
  after: StoreDescription,
): ZonesAfter {
  const zonesBefore = before === undefined ? [] : describedZones(before);
  const zonesNow = describedZones(after);
  const stay = new Set(zonesNow.map((zone) => zone.id));
  const gone = zonesBefore.filter((zone) => !stay.has(zone.id));
  const heir = zonesNow.find((zone) => zone.sensors.length === 0);
  const remeasured = zonesNow
    .filter((zone) => zone.sensors.length > 0 && sensorsOf(zone) !== sensorsOf(zoneIn(zonesBefore, zone.id)))
    .map((zone) => zone.id);

  const changes: (readonly [zoneId: string, people: number])[] = [];
  for (const { id } of gone) {
    const { rawCount } = liveZoneOf(live, id);
    changes.push([id, -rawCount]);
    if (heir !== undefined) changes.push([heir.id, rawCount]);
  }
  for (const id of remeasured) changes.push([id, -liveZoneOf(live, id).rawCount]);
  const people = sumsOf(changes);

  const baselineAtMs = newest(gone.map((zone) => liveZoneOf(live, zone.id).baselineAtMs));
  const zones = zonesNow.map(({ id }): [string, LiveZone] => {
    const zone = liveZoneOf(live, id);
    const isNew = zoneIn(zonesBefore, id) === undefined;
    const rawCount = zone.rawCount + (people.get(id) ?? 0);
    return [id, { ...zone, rawCount, baselineAtMs: isNew ? baselineAtMs : zone.baselineAtMs }];
  });
  return { zones: Object.fromEntries(zones), people, remeasured: new Set(remeasured) };
}

const zoneIn = (zones: readonly Zone[], id: string): Zone | undefined => zones.find((zone) => zone.id === id);

/** The same for the same sensors, in whatever order. */
const sensorsOf = (zone: Zone | undefined): string =>
  JSON.stringify((zone?.sensors ?? []).map(({ id, line = '' }) => JSON.stringify([id, line])).sort());

function sumsOf(changes: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [zoneId, people] of changes) sums.set(zoneId, (sums.get(zoneId) ?? 0) + people);
  return new Map([...sums].filter(([, people]) => people !== 0));
}

/** A part of what was set at a moment was set then too. */
const newest = (moments: readonly (number | null)[]): number | null =>
  moments.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
