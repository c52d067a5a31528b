import type { Fleet } from '../../../cloud/contracts/fleet.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';
import { folded } from './overview-filter.ts';
import { PATHS } from './router.ts';

/** Somewhere to go. */
export type Goal = {
  readonly kind: 'page' | 'store' | 'sign' | 'sensor';
  readonly name: string;
  /** Where it belongs, or its id: found by it as well. */
  readonly beside: string;
  readonly path: string;
};

export type KnownGoals = {
  readonly pages: readonly { readonly word: string; readonly path: string }[];
  readonly overview: Overview | null;
  readonly fleet: Fleet | null;
  readonly sensors: readonly { readonly sensorId: string; readonly storeId: string | null }[];
};

export function allGoals({ pages, overview, fleet, sensors }: KnownGoals): readonly Goal[] {
  const stores = (overview?.stores ?? []).map(({ snapshot }) => snapshot.content.store);
  const nameOf = (storeId: string | null) => stores.find(({ id }) => id === storeId)?.name;
  const placeOf = (groupId: string | null) => {
    const storeIds =
      overview?.storeGroups.find(({ storeGroupId }) => storeGroupId === groupId)?.storeIds ?? [];
    return (storeIds.length === 1 ? nameOf(storeIds[0] ?? null) : groupId) ?? groupId ?? 'no place yet';
  };
  return [
    ...pages.map(({ word, path }) => ({ kind: 'page', name: word, beside: '', path }) as const),
    ...stores.map(({ id, name }) => ({ kind: 'store', name, beside: id, path: PATHS.store(id) }) as const),
    ...(fleet?.signs ?? [])
      .filter(({ revokedAtMs }) => revokedAtMs === null)
      .map(({ signId, name, fingerprint, storeGroupId }) => ({
        kind: 'sign' as const,
        name: name === '' ? `Sign ${fingerprint}` : name,
        beside: placeOf(storeGroupId),
        path: PATHS.sign(signId),
      })),
    ...sensors.map(({ sensorId, storeId }) => ({
      kind: 'sensor' as const,
      name: sensorId,
      beside: nameOf(storeId) ?? 'no door yet',
      path: `${PATHS.sensors}?${new URLSearchParams({ text: sensorId })}`,
    })),
  ];
}

/** Those that have all the words; names that begin with them first. Without words: the pages. */
export function goalsFor(goals: readonly Goal[], text: string): readonly Goal[] {
  const wanted = folded(text).trim();
  const words = wanted.split(/\s+/).filter(Boolean);
  if (words.length === 0) return goals.filter(({ kind }) => kind === 'page');
  const found = goals.flatMap((goal) => {
    const name = folded(goal.name);
    const all = `${name} ${folded(goal.beside)} ${goal.kind}`;
    if (!words.every((word) => all.includes(word))) return [];
    return [{ goal, rank: name.startsWith(wanted) ? 0 : name.includes(wanted) ? 1 : 2 }];
  });
  return found.toSorted((one, other) => one.rank - other.rank).map(({ goal }) => goal);
}
