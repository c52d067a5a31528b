import { type DayHours, type OpeningHours, WEEKDAYS } from '../../../../cloud/contracts/opening-hours.ts';
import type { SensorModel } from '../../../../cloud/contracts/sensor-model.ts';
import { STREET, type StoreDescription } from '../../../../cloud/contracts/store-description.ts';

/** Null: the field is empty, or holds no number. */
type Typed = number | null;

/** `key` names it on the page, `id` in the cloud; null: it is new and gets its id when it is saved. */
type Placed = { readonly key: string; readonly id: string | null; readonly name: string };

export type SensorDraft = {
  readonly key: string;
  readonly id: string;
  readonly model: SensorModel;
  readonly line: string;
  readonly flipped: boolean;
};
export type ZoneDraft = Placed & {
  readonly hasLimits: boolean;
  readonly limits: { readonly soft: Typed; readonly hard: Typed };
  readonly sensors: readonly SensorDraft[];
};
export type DoorDraft = Placed & {
  /** Keys of zones, or the street; empty where the store has no zones. */
  readonly into: string;
  readonly from: string;
  readonly peoplePerSecond: Typed;
  readonly sensors: readonly SensorDraft[];
};
type DateDraft = { readonly key: string; readonly date: string; readonly hours: DayHours };

/** A store as somebody is about to describe it: the fields of the form. */
export type StoreDraft = {
  readonly name: string;
  readonly timeZone: string;
  readonly limits: Readonly<
    Record<
      'soft' | 'hard' | 'softDown' | 'hardDown' | 'upAfterSeconds' | 'downAfterSeconds' | 'staff' | 'margin',
      Typed
    >
  >;
  readonly liveForSeconds: Typed;
  readonly resetKind: 'inherit' | 'never' | 'daily';
  readonly dailyReset: { readonly at: string; readonly to: Typed };
  readonly hasHours: boolean;
  readonly hours: { readonly week: OpeningHours['week']; readonly dates: readonly DateDraft[] };
  readonly alarmsDark: boolean;
  readonly signDarkAlarmMinutes: Typed;
  readonly storeGroups: readonly string[];
  readonly zones: readonly ZoneDraft[];
  readonly doors: readonly DoorDraft[];
};

const USUAL_HOURS: DayHours = [{ opens: '09:00', closes: '20:00' }];
const USUAL_RESET = { at: '05:00', to: 0 };
const USUAL_DARK_MINUTES = 10;
const USUAL_PEOPLE_PER_SECOND = 3;

export function draftOf(description: StoreDescription): StoreDraft {
  const { zones, doors, limits, dailyReset, hours, signDarkAlarmMinutes } = description;
  const firstZone = zones[0]?.id ?? '';
  return {
    name: description.name,
    timeZone: description.timeZone,
    limits: { ...limits, softDown: limits.softDown ?? null, hardDown: limits.hardDown ?? null },
    liveForSeconds: description.liveForSeconds,
    resetKind: dailyReset === undefined ? 'inherit' : dailyReset === null ? 'never' : 'daily',
    dailyReset: dailyReset ?? USUAL_RESET,
    hasHours: hours !== undefined,
    hours: {
      week: hours?.week ?? usualWeek(),
      dates: (hours?.dates ?? []).map((each, index) => ({ key: `date ${index}`, ...each })),
    },
    alarmsDark: signDarkAlarmMinutes !== null,
    signDarkAlarmMinutes: signDarkAlarmMinutes ?? USUAL_DARK_MINUTES,
    storeGroups: description.storeGroups,
    zones: zones.map((zone) => ({
      ...{ key: zone.id, id: zone.id, name: zone.name, hasLimits: zone.limits !== undefined },
      limits: zone.limits ?? { soft: null, hard: null },
      sensors: zone.sensors.map((sensor, index) => sensorDraft(`${zone.id} ${index}`, sensor)),
    })),
    doors: doors.map((door) => ({
      ...{ key: door.id, id: door.id, name: door.name, peoplePerSecond: door.peoplePerSecond },
      into: zones.length === 0 ? '' : (door.into ?? firstZone),
      from: door.from ?? STREET,
      sensors: door.sensors.map((sensor, index) => sensorDraft(`${door.id} ${index}`, sensor)),
    })),
  };
}

type Sensor = {
  readonly id: string;
  readonly model: SensorModel;
  readonly line?: string | undefined;
  readonly flipped?: boolean;
};
const sensorDraft = (key: string, { id, model, line, flipped }: Sensor): SensorDraft => ({
  ...{ key, id, model },
  line: line ?? '',
  flipped: flipped ?? false,
});

const usualWeek = (): OpeningHours['week'] => {
  const [mon, tue, wed, thu, fri, sat, sun] = WEEKDAYS.map((day) => (day === 'sun' ? [] : USUAL_HOURS));
  return {
    ...{ mon: mon ?? [], tue: tue ?? [], wed: wed ?? [], thu: thu ?? [] },
    ...{ fri: fri ?? [], sat: sat ?? [], sun: sun ?? [] },
  };
};

/** What is added gets a key that nothing else has. */
const newKey = (taken: readonly { readonly key: string }[]): string => {
  for (let number = 1; ; number += 1) {
    const key = `+${number}`;
    if (taken.every((one) => one.key !== key)) return key;
  }
};

export const newSensor = (taken: readonly SensorDraft[]): SensorDraft => ({
  ...{ key: newKey(taken), id: '', model: 'auto', line: '', flipped: false },
});

export const newDoor = ({ doors, zones }: StoreDraft): DoorDraft => ({
  ...{ key: newKey(doors), id: null, name: '', into: zones[0]?.key ?? '', from: STREET },
  peoplePerSecond: USUAL_PEOPLE_PER_SECOND,
  sensors: [newSensor([])],
});

export const newZone = ({ zones }: StoreDraft): ZoneDraft => ({
  ...{ key: newKey(zones), id: null, name: '', hasLimits: false, limits: { soft: null, hard: null } },
  sensors: [],
});

export const newDate = ({ hours }: StoreDraft): DateDraft => ({
  ...{ key: newKey(hours.dates), date: '', hours: [] },
});
