import * as z from 'zod';
import { sensorIdSchema } from '../../contracts/identifiers.ts';
import type { StoreDescription } from '../../contracts/store-description.ts';
import { idCell, keyCell, textCell, wordCell, yesCell, yesNo } from './cells.ts';
import {
  type Misfit,
  overlay,
  type SensorDraft,
  type SpotDraft,
  type StoreDraft,
  storeTable,
} from './store-draft.ts';

const schema = z
  .object({
    store: keyCell,
    door: idCell,
    zone: idCell,
    id: z.string().trim().pipe(sensorIdSchema),
    model: wordCell,
    line: textCell,
    flipped: yesCell,
  })
  .partial();
type Row = z.output<typeof schema>;
type Sensor = { readonly id: string; readonly line?: string | undefined };

/** A sensor at a door or above a zone. It is known by its id and line; in another place than before, it is moved. */
export const sensorsTable = storeTable(schema, {
  required: ['store', 'id'],
  makesStores: false,

  rowOf(values) {
    const { store: storeId, id, line } = values;
    if (storeId === undefined || id === undefined) return undefined;
    const isIt = (sensor: object) => (sensor as Sensor).id === id && (sensor as Sensor).line === line;
    return {
      storeId,
      subject: `sensor:${storeId}/${id}${line === undefined ? '' : ` ${line}`}`,
      sensorId: id,
      put: (draft) => putSensor(draft, { ...values, id }, isIt),
      subjectIn: (store) => placedIn(store, isIt),
      pathIn: (draft) => pathOf(draft, isIt),
      columnOf: ([field]) => String(field ?? 'id'),
    };
  },

  exported: (storeId, { doors, zones }) => [
    ...doors.flatMap((door) =>
      door.sensors.map(({ id, model, line, flipped }) => [
        storeId,
        door.id,
        '',
        id,
        model,
        line ?? '',
        yesNo(flipped),
      ]),
    ),
    ...zones.flatMap((zone) =>
      zone.sensors.map(({ id, model, line }) => [storeId, '', zone.id, id, model, line ?? '', '']),
    ),
  ],
});

type IsIt = (sensor: object) => boolean;

function putSensor(draft: StoreDraft, row: Row & { readonly id: string }, isIt: IsIt): Misfit | undefined {
  const { door, zone, flipped, store: _store, ...fields } = row;
  if (door !== undefined && zone !== undefined)
    return { column: 'zone', expected: 'a door or a zone, not both' };
  const before = [...draft.doors, ...draft.zones].find((spot) => spot.sensors.some(isIt));
  const target = targetOf(draft, row) ?? (door === undefined && zone === undefined ? before : undefined);
  if (target === undefined) return nowhere(draft, zone === undefined ? 'door' : 'zone');
  const isAtDoor = draft.doors.includes(target);
  if (!isAtDoor && flipped === true)
    return { column: 'flipped', expected: 'no, or nothing, for a sensor above a zone' };
  const sensor: SensorDraft = { ...before?.sensors.find(isIt), id: row.id };
  overlay(sensor, fields);
  if (!isAtDoor) delete sensor.flipped;
  else if ('flipped' in row) overlay(sensor, { flipped });
  if (before === target) target.sensors = target.sensors.map((one) => (isIt(one) ? sensor : one));
  else {
    if (before !== undefined) before.sensors = before.sensors.filter((one) => !isIt(one));
    target.sensors.push(sensor);
  }
  return undefined;
}

function targetOf({ doors, zones }: StoreDraft, { door, zone }: Row): SpotDraft | undefined {
  if (door !== undefined) return doors.find(({ id }) => id === door);
  return zone === undefined ? undefined : zones.find(({ id }) => id === zone);
}

function nowhere({ doors, zones }: StoreDraft, column: 'door' | 'zone'): Misfit {
  const ids = (column === 'door' ? doors : zones).map(({ id }) => id);
  return {
    column,
    expected: `a ${column} of the store${ids.length === 0 ? '; it has none' : `: ${ids.join(', ')}`}`,
  };
}

/** The sensor with where it is. */
function placedIn({ doors, zones }: StoreDescription, isIt: IsIt): unknown {
  for (const [kind, spots] of Object.entries({ doors, zones }))
    for (const spot of spots) {
      const sensor = spot.sensors.find(isIt);
      if (sensor !== undefined) return { kind, spot: spot.id, sensor };
    }
  return undefined;
}

function pathOf(draft: StoreDraft, isIt: IsIt): readonly PropertyKey[] {
  for (const kind of ['doors', 'zones'] as const)
    for (const [at, spot] of draft[kind].entries()) {
      const index = spot.sensors.findIndex(isIt);
      if (index >= 0) return [kind, at, 'sensors', index];
    }
  return ['nowhere'];
}
