import type { StoreDescriptionInput } from '../../../cloud/contracts/store-description.ts';

const MAX_ID = 63;

export type NewStore = {
  readonly name: string;
  readonly timeZone: string;
  readonly soft: number;
  readonly hard: number;
  readonly doorNames: readonly string[];
};

/** `Calle Mayor` is `calle-mayor`; a name without a single plain letter is `of`. */
export function idOf(name: string, of: string): string {
  const id = name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replaceAll('ł', 'l')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_ID)
    .replace(/-+$/, '');
  return id === '' ? of : id;
}

/** An id that none of the others has: `north`, `north-2`. */
export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : `-${number}`;
    const id = `${wanted.slice(0, MAX_ID - end.length)}${end}`;
    if (!taken.has(id)) return id;
  }
}

/** One door, one sensor; the sensor is called after store and door. */
export function describedStore(
  { name, timeZone, soft, hard, doorNames }: NewStore,
  takenStores: ReadonlySet<string>,
): { readonly storeId: string; readonly description: StoreDescriptionInput } {
  const storeId = freeId(idOf(name, 'store'), takenStores);
  const taken = new Set<string>();
  const doors = doorNames.map((doorName) => {
    const id = freeId(idOf(doorName, 'door'), taken);
    taken.add(id);
    return { id, name: doorName, sensors: [{ id: `${storeId}-${id}` }] };
  });
  return { storeId, description: { name, timeZone, limits: { soft, hard }, storeGroups: [storeId], doors } };
}

/** Nine tenths of the limit, as most do. */
export const usualSoft = (hard: number): number => Math.max(1, Math.floor(hard * 0.9));

export function timeZones(): readonly string[] {
  const own = ownTimeZone();
  const all = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'));
  return all.includes(own) ? all : [own, ...all];
}

/** The browser's own. A bare `UTC` is a zone as well. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
