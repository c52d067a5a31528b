import { keepDescription } from '../stores/keep-description.ts';
import { readDescription } from '../stores/store-setup.ts';
import { type Mounted, type Placed, type Spot, withFlipped, withoutSensor, withSensorAt } from './placing.ts';

export type Target = { readonly storeId: string; readonly spot: Spot };

/** Puts a sensor at a door or over a zone. `from`: the store that it counts for until now. @throws ApiProblem */
export async function moveSensor(
  mounted: Mounted,
  from: string | null,
  { storeId, spot }: Target,
): Promise<void> {
  const after = withSensorAt(await readDescription(storeId), mounted, spot);
  if (from === null || from === storeId) return void (await keepDescription(storeId, after));
  // A sensor counts for one store, so the other one gives it away first, and gets it back if it is not taken.
  const before = await readDescription(from);
  await keepDescription(from, withoutSensor(before, mounted));
  try {
    await keepDescription(storeId, after);
  } catch (problem) {
    await keepDescription(from, before).catch(() => undefined);
    throw problem;
  }
}

/** @throws ApiProblem */
export const flipSensor = async (storeId: string, placed: Placed): Promise<unknown> =>
  keepDescription(storeId, withFlipped(await readDescription(storeId), placed));

/** @throws ApiProblem */
export const takeSensorOut = async (storeId: string, placed: Placed): Promise<unknown> =>
  keepDescription(storeId, withoutSensor(await readDescription(storeId), placed));
