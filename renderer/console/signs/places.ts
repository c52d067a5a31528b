import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';
import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';

/** `null` until the overview was heard. */
export type KnownStores = Pick<Overview, 'stores' | 'storeGroups'> | null;

type Index = {
  readonly stores: ReadonlyMap<string, Snapshot>;
  readonly groups: ReadonlyMap<string, Overview['storeGroups'][number]>;
};
/** Each overview is looked through once, and not for every sign of a long list. */
const indexes = new WeakMap<object, Index>();

function indexOf(known: NonNullable<KnownStores>): Index {
  const held = indexes.get(known);
  if (held !== undefined) return held;
  const made = {
    stores: new Map(known.stores.map(({ snapshot }) => [snapshot.content.store.id, snapshot])),
    groups: new Map(known.storeGroups.map((group) => [group.storeGroupId, group])),
  };
  indexes.set(known, made);
  return made;
}

const groupOf = (known: KnownStores, storeGroupId: string | null) =>
  known === null || storeGroupId === null ? undefined : indexOf(known).groups.get(storeGroupId);

export const storeOf = (known: KnownStores, storeId: string | null): Snapshot | undefined =>
  known === null || storeId === null ? undefined : indexOf(known).stores.get(storeId);

/** The stores of a group that this person may see, in the group's order. */
export function storesOfGroup(known: KnownStores, storeGroupId: string | null): readonly Snapshot[] {
  const storeIds = groupOf(known, storeGroupId)?.storeIds ?? [];
  return storeIds.flatMap((storeId) => storeOf(known, storeId) ?? []);
}

/** A group goes by the name of its store; one of several by its own id, `north, 3 stores`. */
export function placeWords(known: KnownStores, storeGroupId: string | null): string {
  if (storeGroupId === null) return 'No place yet';
  const group = groupOf(known, storeGroupId);
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
