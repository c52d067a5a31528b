import type { DoorState, ZoneState } from './store-state.ts';

/** `add`: so many more, or fewer. `set`: so many were inside at that moment. */
export type Correction =
  | { readonly kind: 'add'; readonly people: number; readonly atMs: number }
  | { readonly kind: 'set'; readonly people: number; readonly atMs: number };

export type Corrected = {
  readonly zone: ZoneState;
  readonly adjustments: readonly { readonly atMs: number; readonly people: number }[];
  /** The zone's count at that moment, just before and just after. */
  readonly before: number;
  readonly after: number;
};

/** Sensors that look at the whole of a zone say how many are in it; nobody else does, not even a correction. */
export const isMeasured = (zone: Pick<ZoneState, 'sensors'>): boolean => zone.sensors.length > 0;

/**
 * By how much each zone has changed since a whole minute, from the sums of the history: people through its doors, and
 * adjustments.
 *
 * `doorSums`: since that minute, it included. `zoneSums`: since the minute after it. What else put a zone right in the
 * very minute, an earlier correction of it above all, is part of the count that the new correction starts from.
 */
export function netSince(
  doors: readonly Pick<DoorState, 'id' | 'into' | 'from'>[],
  zones: readonly ZoneState[],
  doorSums: readonly { readonly doorId: string; readonly in: number; readonly out: number }[],
  zoneSums: readonly { readonly zoneId: string; readonly people: number }[],
): ReadonlyMap<string, number> {
  const nets = new Map(zones.map(({ id }) => [id, 0]));
  const add = (zoneId: string | null, people: number) => {
    const net = zoneId === null ? undefined : nets.get(zoneId);
    if (zoneId !== null && net !== undefined) nets.set(zoneId, net + people);
  };
  for (const { doorId, in: entered, out } of doorSums) {
    const door = doors.find(({ id }) => id === doorId);
    if (door === undefined) continue;
    add(door.into, entered - out);
    add(door.from, out - entered);
  }
  for (const { zoneId, people } of zoneSums) add(zoneId, people);
  return nets;
}

/**
 * A zone put right. `netSinceThen`: by how much it has changed since the correction's moment, which stays on top of it.
 * One of a moment before the zone was last set changes what was then and not what is now: it is taken back when the
 * zone was set.
 */
export function corrected(zone: ZoneState, correction: Correction, netSinceThen: number): Corrected {
  const { kind, people, atMs } = correction;
  const before = zone.rawCount - netSinceThen;
  const after = kind === 'set' ? people : before + people;
  const difference = after - before;
  const added = { atMs, people: difference };
  if (zone.baselineAtMs !== null && atMs < zone.baselineAtMs) {
    const takenBack = { atMs: zone.baselineAtMs, people: -difference };
    return { zone, adjustments: difference === 0 ? [] : [added, takenBack], before, after };
  }
  const rawCount = zone.rawCount + difference;
  const baselineAtMs = kind === 'set' ? atMs : zone.baselineAtMs;
  return {
    zone: { ...zone, rawCount, baselineAtMs },
    adjustments: difference === 0 ? [] : [added],
    before,
    after,
  };
}
