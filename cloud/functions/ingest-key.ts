import { createHash, randomBytes } from 'node:crypto';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { API_PATHS } from '../contracts/http.ts';
import { sensorIdSchema } from '../contracts/identifiers.ts';
import { answer, parsed, refusal } from './http-answers.ts';
import type { Services } from './services.ts';

const KEY_BYTES = 32;

/** Makes a sensor's key for plain HTTP. Shown this once; a key it had before stops working. */
export const makeIngestKey =
  ({ store, now }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const parsedId = parsed(request.params.sensorId, sensorIdSchema);
    if (!parsedId.ok) return refusal(404, 'unknown-sensor', 'no such sensor');
    const sensorId = parsedId.value;
    const key = randomBytes(KEY_BYTES).toString('base64url');
    const sha256 = createHash('sha256').update(key).digest('base64url');
    const known = await store.transaction(async (tx) => {
      const placements = await tx.structure.placementsOf([sensorId]);
      if (!placements.some(({ untilMs }) => untilMs === null)) return false;
      await tx.ingestKeys.put(sensorId, sha256, now());
      return true;
    });
    if (!known) return refusal(404, 'unknown-sensor', 'no store names this sensor');
    return answer({ sensorId, key, path: API_PATHS.ingest(sensorId) });
  };
