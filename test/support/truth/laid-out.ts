import { expect } from 'vitest';
import type { StoreDescriptionInput } from '../../../cloud/contracts/store-description.ts';
import { doorsOf, type Layout, type Model, relaid, type StoreId } from './structure-model.ts';
import type { TestedCloud } from './tested-cloud.ts';

/** The store is kept with this layout now, in the cloud and in the model. */
export async function laidOut(
  model: Model,
  cloud: TestedCloud,
  storeId: StoreId,
  layout: Layout,
): Promise<void> {
  const { status, jsonBody } = await cloud.keep(storeId, described(layout));
  expect(status, JSON.stringify(jsonBody)).toBe(200);
  relaid(model, storeId, layout, cloud.clock.nowMs);
}

const described = ({ zones, spots }: Layout): StoreDescriptionInput => {
  const at = (spotId: string) =>
    [...spots].filter(([, { id }]) => id === spotId).map(([id, { flipped }]) => ({ id, flipped }));
  return {
    name: 'A store',
    timeZone: 'Europe/Madrid',
    limits: { soft: 3, hard: 5 },
    storeGroups: ['demo'],
    zones: zones.map((id) => ({ id, name: id, sensors: at(id).map((sensor) => ({ id: sensor.id })) })),
    doors: doorsOf(zones).map(({ id, into, from }) => ({
      id,
      name: id,
      into,
      ...(from === null ? {} : { from }),
      sensors: at(id),
    })),
  };
};
