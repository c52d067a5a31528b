import { expect, test } from 'vitest';
import { storeDescriptionSchema } from '../../../../cloud/contracts/store-description.ts';
import {
  spotFrom,
  spotValue,
  withFlipped,
  withoutSensor,
  withSensorAt,
} from '../../../../renderer/console/sensors/placing.ts';
import { calleMayor } from '../../../support/calle-mayor.ts';

const store = storeDescriptionSchema.parse(
  calleMayor({
    zones: [
      { id: 'ground', name: 'Ground' },
      { id: 'upper', name: 'Upper' },
    ],
    doors: [
      {
        ...{ id: 'front', name: 'Front', peoplePerSecond: 5 },
        sensors: [{ id: 'two-1', line: 'A' }, { id: 'two-1', line: 'B', flipped: true }, { id: 'front-1' }],
      },
      { id: 'back', name: 'Back', sensors: [] },
    ],
  }),
);
const sensorsAt = (described: typeof store, id: string) =>
  [...described.doors, ...described.zones].find((spot) => spot.id === id)?.sensors;

test('a line of a sensor leaves a store, and its other lines stay', () => {
  const after = withoutSensor(store, { sensorId: 'two-1', line: 'A' });
  expect(sensorsAt(after, 'front')?.map(({ id, line }) => [id, line])).toEqual([
    ['two-1', 'B'],
    ['front-1', undefined],
  ]);
  expect(withoutSensor(store, { sensorId: 'two-1', line: null })).toEqual(store);
});

test('a sensor stands at one door of a store, wherever it stood before, and all else stays as it is', () => {
  const mounted = { sensorId: 'front-1', line: null, model: 'xovis', flipped: true } as const;
  const after = withSensorAt(store, mounted, { kind: 'door', id: 'back' });
  expect(sensorsAt(after, 'back')).toEqual([{ id: 'front-1', model: 'xovis', flipped: true }]);
  expect(sensorsAt(after, 'front')).toHaveLength(2);
  expect(storeDescriptionSchema.parse(after)).toEqual(after);
  expect(after.doors[0]).toMatchObject({ name: 'Front', peoplePerSecond: 5 });
});

test('a sensor over a zone has no direction that could be flipped', () => {
  const mounted = { sensorId: 'new-1', line: 'C', model: 'auto', flipped: true } as const;
  const after = withSensorAt(store, mounted, { kind: 'zone', id: 'upper' });
  expect(sensorsAt(after, 'upper')).toEqual([{ id: 'new-1', model: 'auto', line: 'C' }]);
  expect(storeDescriptionSchema.parse(after)).toEqual(after);
});

test('a line is flipped and flipped back, the others are not', () => {
  const placed = { sensorId: 'two-1', line: 'B' };
  const once = withFlipped(store, placed);
  expect(once.doors[0]?.sensors.map(({ flipped }) => flipped)).toEqual([false, false, false]);
  expect(withFlipped(once, placed)).toEqual(store);
});

test('a door and a zone of the same id are two places', () => {
  for (const spot of [{ kind: 'door', id: 'front' } as const, { kind: 'zone', id: 'front' } as const])
    expect(spotFrom(spotValue(spot))).toEqual(spot);
  for (const value of ['', 'front', 'wall:front']) expect(spotFrom(value)).toBeUndefined();
});
