import { storeDescriptionSchema } from '../../cloud/contracts/store-description.ts';
import { storeDayAt } from '../../cloud/domain/day.ts';
import type { Store } from '../../cloud/store/port.ts';

const TIME_ZONE = 'Europe/Madrid';

/** 200 stores of five doors to the street, a sensor at each: one thousand sensors. */
export const STORES = 200;
export const DOORS = 5;

const numbered = (name: string, index: number) => `${name}-${String(index).padStart(3, '0')}`;
export const storeIdOf = (index: number): string => numbered('store', index);
export const sensorIdOf = (store: number, door: number): string => `${numbered('counter', store)}-${door}`;

/** The chain as its owner would describe it, with nothing said that need not be. */
export async function openTheChain(store: Store, nowMs: number): Promise<void> {
  const today = storeDayAt(TIME_ZONE, nowMs);
  await store.transaction(async (tx) => {
    for (let index = 0; index < STORES; index += 1) {
      const description = storeDescriptionSchema.parse({
        name: `Calle Mayor ${index}`,
        timeZone: TIME_ZONE,
        limits: { soft: 400, hard: 500 },
        storeGroups: [storeIdOf(index)],
        doors: Array.from({ length: DOORS }, (_, door) => ({
          id: `door-${door}`,
          name: `Door ${door}`,
          sensors: [{ id: sensorIdOf(index, door) }],
        })),
      });
      await tx.structure.putStore(storeIdOf(index), description, { today, nowMs });
    }
  });
}
