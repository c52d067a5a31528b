import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { type SensorSecret, sensorRequestSchema } from '../../contracts/sensor.ts';
import { answer, parsedBody, refusal } from '../http-answers.ts';
import { keepAudit } from '../people/audit.ts';
import type { Caller } from '../people/caller.ts';
import { PlatformError } from '../platform/connection-string.ts';
import type { Services } from '../services.ts';
import { hubTrouble } from './hub-trouble.ts';

/** Lets a sensor in before it has a door; its connection string is shown this once. */
export const makeSensor =
  ({ store, registry, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const body = await parsedBody(request, sensorRequestSchema);
    if (!body.ok) return body.refusal;
    const { sensorId } = body.value;
    try {
      const device = await registry.createDevice(sensorId);
      if (!device.made) return THERE_ALREADY;
      await store
        .transaction((tx) =>
          keepAudit(tx, caller, now(), { act: 'sensor-made', subject: `sensor:${sensorId}` }),
        )
        .catch(async (error: unknown) => {
          // Nobody was shown its key.
          await registry.deleteDevice(sensorId).catch(() => undefined);
          throw error;
        });
      return answer({ sensorId, connectionString: device.connectionString } satisfies SensorSecret);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return hubTrouble('no sensor was made', error);
    }
  };

const THERE_ALREADY = refusal(
  409,
  'sensor-taken',
  'sensorId: there is a sensor of this name already; make a new connection string for it',
  'sensorId',
);
