import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { sensorIdSchema } from '../../contracts/identifiers.ts';
import type { SensorSecret } from '../../contracts/sensor.ts';
import { answer, parsed, refusal } from '../http-answers.ts';
import { keepAudit } from '../people/audit.ts';
import { type Caller, maySee } from '../people/caller.ts';
import { PlatformError } from '../platform/connection-string.ts';
import type { IotHubRegistry } from '../platform/iot-hub-registry.ts';
import type { Services } from '../services.ts';
import { hubTrouble } from './hub-trouble.ts';
import { storesOfSensor } from './stores-of-sensor.ts';

/** New keys for a sensor, shown this once. The old ones open nothing any more, and who came in with them is cut. */
export const renewConnectionString =
  ({ store, registry, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const parsedId = parsed(request.params.sensorId, sensorIdSchema);
    if (!parsedId.ok) return NO_SENSOR;
    const sensorId = parsedId.value;
    const storeIds = await store.look((tx) => storesOfSensor(tx, sensorId));
    if (!mayHaveKey(caller, storeIds)) return NO_SENSOR;
    try {
      const connectionString = await renewed(registry, sensorId, storeIds.length > 0);
      if (connectionString === undefined) return NO_SENSOR;
      // Shown only once it is on record, and not where the sensor was moved to another store meanwhile.
      const isShown = await store.transaction(async (tx) => {
        await keepAudit(tx, caller, now(), { act: 'sensor-key-renewed', subject: `sensor:${sensorId}` });
        return mayHaveKey(caller, await storesOfSensor(tx, sensorId));
      });
      if (!isShown) return NO_SENSOR;
      return answer({ sensorId, connectionString } satisfies SensorSecret);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return hubTrouble('the old connection string may still work', error);
    }
  };

/** What has no place belongs to no store. */
const mayHaveKey = (caller: Caller, storeIds: readonly string[]): boolean =>
  caller.storeIds === null || (storeIds.length > 0 && storeIds.every((storeId) => maySee(caller, storeId)));

/** A sensor that a store names is made where the hub has lost it. */
async function renewed(
  registry: IotHubRegistry,
  sensorId: string,
  isPlaced: boolean,
): Promise<string | undefined> {
  const connectionString = await registry.renewKeys(sensorId);
  if (connectionString !== undefined || !isPlaced) return connectionString;
  const device = await registry.createDevice(sensorId);
  return device.made ? device.connectionString : registry.renewKeys(sensorId);
}

const NO_SENSOR = refusal(404, 'unknown-sensor', 'no such sensor');
