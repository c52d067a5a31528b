import type { StoreDescription } from '../contracts/store-description.ts';
import {
  type DoorState,
  type Limits,
  type StoreState,
  WHOLE_STORE,
  type ZoneState,
} from '../domain/store-state.ts';
import { describedZones, idsOf, parsedDescription, sensorIdsIn } from './described-store.ts';

type WithSensors = { readonly sensorIds: readonly string[] };

/** What a description says of a store, in the domain's words: all of its state that no reading changes. */
export type StoreShape = Pick<
  StoreState,
  'name' | 'timeZone' | 'limits' | 'liveForMs' | 'hours' | 'signDarkAlarmMs'
> & {
  readonly zones: readonly (Pick<ZoneState, 'id' | 'name' | 'limits'> & WithSensors)[];
  readonly doors: readonly (Pick<DoorState, 'id' | 'name' | 'into' | 'from'> & WithSensors)[];
} & WithSensors;

/** More than a large fleet has; beyond it, all are read anew. */
const MAX_KNOWN = 20_000;
const known = new Map<string, { readonly description: string; readonly shape: StoreShape }>();

/** A description is written once and read with every batch, so the last one of each store is kept as it was understood. */
export function storeShape(storeId: string, description: string): StoreShape {
  const last = known.get(storeId);
  if (last?.description === description) return last.shape;
  if (known.size >= MAX_KNOWN) known.clear();
  const shape = shapeOf(parsedDescription(description));
  known.set(storeId, { description, shape });
  return shape;
}

function shapeOf(description: StoreDescription): StoreShape {
  const firstZone = description.zones[0]?.id ?? WHOLE_STORE;
  return {
    name: description.name,
    timeZone: description.timeZone,
    limits: limitsOf(description.limits),
    liveForMs: description.liveForSeconds * 1_000,
    hours: description.hours ?? null,
    signDarkAlarmMs:
      description.signDarkAlarmMinutes === null ? null : description.signDarkAlarmMinutes * 60_000,
    sensorIds: sensorIdsIn(description),
    zones: describedZones(description).map(({ id, name, limits = null, sensors }) => ({
      id,
      name,
      limits,
      sensorIds: idsOf(sensors),
    })),
    doors: description.doors.map(({ id, name, into = firstZone, from = null, sensors }) => ({
      id,
      name,
      into,
      from,
      sensorIds: idsOf(sensors),
    })),
  };
}

const limitsOf = ({
  soft,
  hard,
  softDown = soft,
  hardDown = hard,
  upAfterSeconds,
  downAfterSeconds,
  staff,
  margin,
}: StoreDescription['limits']): Limits => ({
  soft,
  hard,
  softDown,
  hardDown,
  upAfterMs: upAfterSeconds * 1_000,
  downAfterMs: downAfterSeconds * 1_000,
  staff,
  margin,
});
