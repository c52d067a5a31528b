import { isMeasured } from './corrections.ts';
import type { Passage } from './occupancy.ts';
import type { Adjustment, DoorState, ZoneState } from './store-state.ts';

/**
 * The zones after something happened in them, and what the history must be told besides the people at the doors, so that
 * a zone's count stays the sum of its doors' people and its adjustments.
 */
export type ZoneChange = {
  readonly zones: readonly ZoneState[];
  readonly adjustments: readonly Omit<Adjustment, 'storeId'>[];
};

/**
 * People went through a door: IN adds to the zone that it leads into and takes from the one that it leads from.
 * Not where a zone was set since, for whoever set it saw them, and not where sensors measure it: there the history
 * gets them, and an adjustment that cancels them.
 */
export function throughDoor(
  zones: readonly ZoneState[],
  door: Pick<DoorState, 'into' | 'from'>,
  passage: Passage,
  atMs: number,
): ZoneChange {
  const into = withPeople(zones, door.into, passage.in - passage.out, atMs);
  if (door.from === null) return into;
  const from = withPeople(into.zones, door.from, passage.out - passage.in, atMs);
  return { zones: from.zones, adjustments: [...into.adjustments, ...from.adjustments] };
}

/**
 * A sensor that looks at a whole zone sees so many more, or fewer, than before. What it sees is newer than whatever the
 * zone was set to.
 */
export function measuredChange(
  zones: readonly ZoneState[],
  zoneId: string,
  change: number,
  atMs: number,
): ZoneChange {
  if (change === 0 || !zones.some(({ id }) => id === zoneId)) return { zones, adjustments: [] };
  return { zones: added(zones, zoneId, change), adjustments: [{ zoneId, atMs, people: change }] };
}

function withPeople(zones: readonly ZoneState[], zoneId: string, people: number, atMs: number): ZoneChange {
  const zone = zones.find(({ id }) => id === zoneId);
  if (zone === undefined || people === 0) return { zones, adjustments: [] };
  if (isMeasured(zone)) return { zones, adjustments: [{ zoneId, atMs, people: -people }] };
  if (zone.baselineAtMs !== null && atMs < zone.baselineAtMs) {
    return { zones, adjustments: [{ zoneId, atMs: zone.baselineAtMs, people: -people }] };
  }
  return { zones: added(zones, zoneId, people), adjustments: [] };
}

const added = (zones: readonly ZoneState[], zoneId: string, people: number): readonly ZoneState[] =>
  zones.map((zone) => (zone.id === zoneId ? { ...zone, rawCount: zone.rawCount + people } : zone));
