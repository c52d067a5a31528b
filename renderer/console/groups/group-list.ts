import type { Fleet } from '../../../cloud/contracts/fleet.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';

export type GroupRow = {
  readonly storeGroupId: string;
  readonly stores: readonly { readonly id: string; readonly name: string }[];
  readonly signs: number;
};

/** Every group that a store or a sign of this person is in, in order of id. */
export function groupRows(overview: Overview | null, fleet: Fleet | null, text = ''): readonly GroupRow[] {
  const stores = (overview?.stores ?? []).flatMap(({ snapshot, storeGroups }) =>
    storeGroups.map((storeGroupId) => ({ storeGroupId, store: snapshot.content.store })),
  );
  const signs = (fleet?.signs ?? []).filter(({ revokedAtMs }) => revokedAtMs === null);
  const ids = [
    ...stores.map(({ storeGroupId }) => storeGroupId),
    ...(overview?.storeGroups ?? []).map(({ storeGroupId }) => storeGroupId),
    ...signs.flatMap(({ storeGroupId }) => storeGroupId ?? []),
  ];
  return [...new Set(ids)]
    .sort()
    .map((storeGroupId) => ({
      storeGroupId,
      stores: stores
        .filter((one) => one.storeGroupId === storeGroupId)
        .map(({ store: { id, name } }) => ({ id, name }))
        .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
      signs: signs.filter((sign) => sign.storeGroupId === storeGroupId).length,
    }))
    .filter((row) => matches(row, text));
}

function matches({ storeGroupId, stores }: GroupRow, text: string): boolean {
  const all = [storeGroupId, ...stores.map(({ name }) => name)].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
