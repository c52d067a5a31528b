import type { AlertRow } from './alert-rows.ts';

/** `named`: `{store} {type} {door or zone}`, `store` for the whole one. The first that nobody answered, else the first. */
export function alertOnGlass(rows: readonly AlertRow[], named: string): AlertRow | undefined {
  const alike = rows.filter(({ content: { store, doors, zones }, alert: { type, place } }) => {
    const door = doors.find(({ id }) => id === place.door)?.id;
    const zone = zones.find(({ id }) => id === place.zone)?.id;
    return `${store.id} ${type} ${door ?? zone ?? 'store'}` === named;
  });
  return alike.find(({ standing }) => standing === 'asks' || standing === 'over') ?? alike[0];
}
