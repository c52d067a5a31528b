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
    const keep = (after?: object) =>
      store.transaction(async (tx) => {
        const subject = `sensor:${sensorId}`;
        await keepAudit(tx, caller, now(), { act: 'sensor-removed', subject, ...(after && { after }) });
      });
    let isOnRecord = false;
    try {
      if (!(await registry.hasDevice(sensorId))) return NO_SENSOR;
      // Before it is done: that a sensor is gone and nobody knows by whom must not be.
      await keep();
      isOnRecord = true;
      await registry.deleteDevice(sensorId);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      // What is on record stays there; so does that nobody knows what became of it.
      if (isOnRecord) await keep({ failed: error.message });
      return hubTrouble('the sensor may still be let in', error);
    }
    return answer({ sensorId });
  };

const NO_SENSOR = refusal(404, 'unknown-sensor', 'no such sensor');
