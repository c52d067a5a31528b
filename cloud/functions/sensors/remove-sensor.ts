import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { sensorIdSchema } from '../../contracts/identifiers.ts';
import { answer, parsed, refusal } from '../http-answers.ts';
import { keepAudit } from '../people/audit.ts';
import type { Caller } from '../people/caller.ts';
import { PlatformError } from '../platform/connection-string.ts';
import type { Services } from '../services.ts';
import { hubTrouble } from './hub-trouble.ts';
import { storesOfSensor } from './stores-of-sensor.ts';

/** Lets a sensor in no more. One that counts somewhere is taken out of its store first, so that no store loses it unseen. */
export const removeSensor =
  ({ store, registry, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const parsedId = parsed(request.params.sensorId, sensorIdSchema);
    if (!parsedId.ok) return NO_SENSOR;
    const sensorId = parsedId.value;
    const [storeId] = await store.look((tx) => storesOfSensor(tx, sensorId));
    if (storeId !== undefined)
      return refusal(409, 'sensor-taken', `it counts for the store ${storeId}: take it out there first`);
    try {
      if (!(await registry.deleteDevice(sensorId))) return NO_SENSOR;
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return hubTrouble('the sensor may still be let in', error);
    }
    await store.transaction((tx) =>
      keepAudit(tx, caller, now(), { act: 'sensor-removed', subject: `sensor:${sensorId}` }),
    );
    return answer({ sensorId });
  };

const NO_SENSOR = refusal(404, 'unknown-sensor', 'no such sensor');
