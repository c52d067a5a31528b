import type { OccupancyState, Snapshot, SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { ageAt, type Freshness, freshnessAt } from '../../../cloud/domain/freshness.ts';

export type DoorView = {
  readonly id: string;
  readonly name: string;
  /** Said to be silent, or not heard for longer than a live count may be old. */
  readonly silent: boolean;
  readonly ageMs: number | null;
};

/** A store as it may be shown at this moment of the sign's own clock. */
export type StoreView = {
  readonly freshness: Freshness;
  readonly ageMs: number | null;
  /** `unknown` as soon as the count is not live, whatever it was before. */
  readonly state: OccupancyState;
  /** In the cloud's order. */
  readonly doors: readonly DoorView[];
  /** From before the sign started: however young, nobody vouches for it. */
  readonly remembered: boolean;
};

/** `elapsedMs`: since the snapshot was received. */
export function storeView({ content, proof }: Snapshot, elapsedMs: number): StoreView {
  const byAge = freshnessAt(proof, elapsedMs);
  // With every door silent no proof can make the count live.
  const freshness = content.state === 'unknown' && isLive(byAge) ? 'stale' : byAge;
  const doors = content.doors.map(({ id, name, silent }, index) => {
    const ageMs = ageAt(proof.doorAgesMs[index] ?? null, elapsedMs);
    return { id, name, ageMs, silent: silent || ageMs === null || ageMs > proof.liveForMs };
  });
  return {
    freshness,
    ageMs: ageAt(proof.ageMs, elapsedMs),
    state: isLive(freshness) ? content.state : 'unknown',
    doors,
    remembered: false,
  };
}

/** A store of which nothing was heard since the sign started. */
export function rememberedView({ doors }: SnapshotContent): StoreView {
  return {
    freshness: 'unknown',
    ageMs: null,
    state: 'unknown',
    doors: doors.map(({ id, name }) => ({ id, name, silent: true, ageMs: null })),
    remembered: true,
  };
}

/** Drawn solid, and spoken of as now. */
export const isLive = (freshness: Freshness): boolean => freshness === 'live' || freshness === 'ageing';
