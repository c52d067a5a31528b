import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';
import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';

/** `null` until the overview was heard. */
export type KnownStores = Pick<Overview, 'stores' | 'storeGroups'> | null;

export function storeOf(known: KnownStores, storeId: string | null): Snapshot | undefined {
  if (storeId === null) return undefined;
  return known?.stores.find(({ snapshot }) => snapshot.content.store.id === storeId)?.snapshot;
}

/** The stores of a group that this person may see, in the group's order. */
export function storesOfGroup(known: KnownStores, storeGroupId: string | null): readonly Snapshot[] {
  const storeIds = known?.storeGroups.find((group) => group.storeGroupId === storeGroupId)?.storeIds ?? [];
  return storeIds.flatMap((storeId) => storeOf(known, storeId) ?? []);
}

/** A group goes by the name of its store; one of several by its own id, `north, 3 stores`. */
export function placeWords(known: KnownStores, storeGroupId: string | null): string {
  if (storeGroupId === null) return 'No place yet';
  const group = known?.storeGroups.find((each) => each.storeGroupId === storeGroupId);
  if (group === undefined) return storeGroupId;
  if (group.storeIds.length !== 1) return `${storeGroupId}, ${group.storeIds.length} stores`;
  return storesOfGroup(known, storeGroupId)[0]?.content.store.name ?? storeGroupId;
}

/** The store that a sign shows, or would: what it painted, else the first of its group. */
export const shownStore = (known: KnownStores, { report, storeGroupId }: ListedSign): Snapshot | undefined =>
  storeOf(known, report?.painted?.storeId ?? null) ?? storesOfGroup(known, storeGroupId)[0];

/** Age of the store's count at this moment of the cloud's clock. */
export const countAgeMs = ({ proof }: Snapshot, nowMs: number): number | null =>
  proof.ageMs === null ? null : proof.ageMs + Math.max(0, nowMs - proof.sentAtMs);

/** Whether the cloud itself has a live count of the store. */
export function isCounted(store: Snapshot, nowMs: number): boolean {
  const ageMs = countAgeMs(store, nowMs);
  return store.content.state !== 'unknown' && ageMs !== null && ageMs <= store.proof.liveForMs;
}
