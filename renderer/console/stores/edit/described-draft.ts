import { STREET, type StoreDescriptionInput } from '../../../../cloud/contracts/store-description.ts';
import { freeId, idOf } from '../new-store.ts';
import type { DoorDraft, SensorDraft, StoreDraft, ZoneDraft } from './store-draft.ts';

/** Ids that the cloud keeps for itself. */
const NO_ZONES = [STREET, 'store'];

/**
 * The draft as the cloud takes it; what is empty stays so and is refused there, at its field. What is new gets an id
 * after its name, and its sensors one after the store and the door, unless somebody typed another.
 */
export function describedDraft(draft: StoreDraft, storeId: string): StoreDescriptionInput {
  const zoneIds = idsOf(draft.zones, 'zone', NO_ZONES);
  const doorIds = idsOf(draft.doors, 'door', []);
  const { softDown, hardDown, ...limits } = draft.limits;
  const description = {
    name: draft.name.trim(),
    timeZone: draft.timeZone,
    limits: { ...limits, ...some({ softDown, hardDown }) },
    liveForSeconds: draft.liveForSeconds,
    ...(draft.resetKind === 'inherit'
      ? {}
      : { dailyReset: draft.resetKind === 'never' ? null : draft.dailyReset }),
    ...(draft.hasHours
      ? {
          hours: {
            week: draft.hours.week,
            dates: draft.hours.dates.map(({ date, hours }) => ({ date, hours })),
          },
        }
      : {}),
    signDarkAlarmMinutes: draft.alarmsDark ? draft.signDarkAlarmMinutes : null,
    storeGroups: draft.storeGroups,
    zones: draft.zones.map((zone) => zoneOf(zone, zoneIds.get(zone.key) ?? '', storeId)),
    doors: draft.doors.map((door) => doorOf(door, doorIds.get(door.key) ?? '', { zoneIds, storeId })),
  };
  // An empty field is null here, which the schema refuses with the path of the field.
  return description as StoreDescriptionInput;
}

type Named = Pick<ZoneDraft, 'key' | 'id' | 'name'>;

function idsOf(
  placed: readonly Named[],
  otherwise: string,
  reserved: readonly string[],
): ReadonlyMap<string, string> {
  const taken = new Set([...reserved, ...placed.flatMap(({ id }) => id ?? [])]);
  return new Map(
    placed.map(({ key, id, name }) => {
      const given = id ?? freeId(idOf(name, otherwise), taken);
      taken.add(given);
      return [key, given];
    }),
  );
}

const zoneOf = ({ name, hasLimits, limits, sensors }: ZoneDraft, id: string, storeId: string) => ({
  id,
  name: name.trim(),
  ...(hasLimits ? { limits } : {}),
  sensors: sensors.map((sensor, index) => {
    const { flipped: _, ...zoneSensor } = sensorOf(sensor, sensorIdOf(storeId, id, index));
    return zoneSensor;
  }),
});

function doorOf(
  { name, into, from, peoplePerSecond, sensors }: DoorDraft,
  id: string,
  { zoneIds, storeId }: { readonly zoneIds: ReadonlyMap<string, string>; readonly storeId: string },
) {
  const isStreet = from === STREET;
  return {
    ...{ id, name: name.trim(), peoplePerSecond },
    ...(zoneIds.size === 0 ? {} : { into: zoneIds.get(into) ?? '' }),
    ...(zoneIds.size === 0 || isStreet ? {} : { from: zoneIds.get(from) ?? '' }),
    sensors: sensors.map((sensor, index) => sensorOf(sensor, sensorIdOf(storeId, id, index))),
  };
}

const sensorOf = ({ id, model, line, flipped }: SensorDraft, otherwise: string) => ({
  ...{ id: id.trim() || otherwise, model, flipped },
  ...(line.trim() === '' ? {} : { line: line.trim() }),
});

const sensorIdOf = (storeId: string, spotId: string, index: number): string =>
  index === 0 ? `${storeId}-${spotId}` : `${storeId}-${spotId}-${index + 1}`;

const some = (fields: Readonly<Record<string, number | null>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
