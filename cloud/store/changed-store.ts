import type { StoreDescription } from '../contracts/store-description.ts';
import { openingAfter } from '../domain/opening.ts';
import { parsedDescription } from './described-store.ts';
import { columnOf } from './free-text.ts';
import { type LiveState, NEW_STORE, parsedLive } from './live-state.ts';
import { type AskedPlace, askedPlaces, lineName } from './place-sensors.ts';
import type { StoreRow } from './tables.ts';
import { zonesAfter } from './zones-after.ts';

/** A store that is described anew: by its owner, or because it lost a sensor to another. */
export type ChangedStore = {
  readonly storeId: string;
  readonly description: StoreDescription;
  /** As the column keeps it. */
  readonly dailyReset: string | null;
  readonly live: LiveState;
  /** Where its sensors are from now on, and those of them that measure a zone anew. */
  readonly places: readonly AskedPlace[];
  readonly remeasuring: readonly AskedPlace[];
  /** By how much the counts of zones changed by it, gone ones too. */
  readonly people: readonly (readonly [zoneId: string, people: number])[];
};

/** `row`: as it was; undefined where it is new. */
export function changedStore(
  storeId: string,
  row: StoreRow | undefined,
  description: StoreDescription,
  dailyReset: string | null,
  nowMs: number,
): ChangedStore {
  const live = row === undefined ? NEW_STORE : parsedLive(row.live);
  const before = row && parsedDescription(row.description);
  const { zones, people, remeasured } = zonesAfter(live.zones, before, description);
  const places = askedPlaces(storeId, description);
  const isStill = new Set(description.doors.map((door) => door.id));
  const { timeZone, hours = null } = description;
  const resetsAsBefore = row?.daily_reset === dailyReset && before?.timeZone === description.timeZone;
  return {
    storeId,
    description,
    dailyReset,
    live: {
      ...live,
      zones,
      silentDoors: live.silentDoors.filter((id) => isStill.has(id)),
      imbalancedDoors: live.imbalancedDoors.filter((id) => isStill.has(id)),
      // One that is due already must not be lost because its store was put at that moment.
      nextResetAtMs: resetsAsBefore ? live.nextResetAtMs : null,
      opening: opensAsBefore(before, description)
        ? live.opening
        : openingAfter(null, { hours, timeZone, isNewDay: true }, nowMs),
    },
    places,
    remeasuring: places.filter(({ zone_id }) => zone_id !== null && remeasured.has(zone_id)),
    people: [...people],
  };
}

const opensAsBefore = (
  before: StoreDescription | undefined,
  { timeZone, hours }: StoreDescription,
): boolean => before?.timeZone === timeZone && JSON.stringify(before.hours) === JSON.stringify(hours);

/** The description without the lines that are asked for elsewhere. */
export function withoutLines(description: StoreDescription, asked: readonly AskedPlace[]): StoreDescription {
  const taken = new Set(asked.map(lineName));
  const isLeft = ({ id, line = '' }: { readonly id: string; readonly line?: string | undefined }) =>
    !taken.has(lineName({ sensor_id: id, line: columnOf(line) }));
  return {
    ...description,
    zones: description.zones.map((zone) => ({ ...zone, sensors: zone.sensors.filter(isLeft) })),
    doors: description.doors.map((door) => ({ ...door, sensors: door.sensors.filter(isLeft) })),
  };
}
