import type { StoreDescription } from '../contracts/store-description.ts';
import { WHOLE_STORE } from '../domain/store-state.ts';

type Parts = Pick<StoreDescription, 'zones' | 'doors'>;

/** What older programs did not know of, as an owner who says nothing of it has it. */
const SINCE_THEN: Pick<StoreDescription, 'signDarkAlarmMinutes'> = { signDarkAlarmMinutes: 10 };

/** Whatever it says was checked when it was put. */
export function parsedDescription(column: string): StoreDescription {
  return { ...SINCE_THEN, ...JSON.parse(column) };
}

/** Its zones, of which a store that names none is one. */
export const describedZones = ({
  name,
  zones,
}: Pick<StoreDescription, 'name' | 'zones'>): StoreDescription['zones'] =>
  zones.length > 0 ? zones : [{ id: WHOLE_STORE, name, sensors: [] }];

/** Those that look at any part of the store. */
export const sensorIdsIn = ({ zones, doors }: Parts): readonly string[] =>
  idsOf([...zones, ...doors].flatMap(({ sensors }) => sensors));

/** Once each, however many lines a sensor has there. */
export const idsOf = (sensors: readonly { readonly id: string }[]): readonly string[] => [
  ...new Set(sensors.map((sensor) => sensor.id)),
];
