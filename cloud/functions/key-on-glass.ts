import { alertKeyOf } from '../contracts/alert.ts';
import type { AlertState, StoreState } from '../domain/store-state.ts';

type Alert = Pick<AlertState, 'type' | 'sinceMs'> & {
  readonly place: { readonly door?: string | undefined; readonly zone?: string | undefined };
};
type Store = Pick<StoreState, 'doors' | 'zones'>;

/** As the glass names it: without a door or a zone that is gone. */
export function keyOnGlass({ type, place, sinceMs }: Alert, { doors, zones }: Store): string {
  const door = doors.find(({ id }) => id === place.door)?.id;
  const zone = zones.find(({ id }) => id === place.zone)?.id;
  return alertKeyOf({
    type,
    sinceMs,
    ...(door === undefined ? {} : { door }),
    ...(zone === undefined ? {} : { zone }),
  });
}
