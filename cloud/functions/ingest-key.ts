import { createHash, randomBytes } from 'node:crypto';
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { API_PATHS } from '../contracts/http.ts';
import { sensorIdSchema } from '../contracts/identifiers.ts';
import type { StoreDescription } from '../contracts/store-description.ts';
import type { Transaction } from '../store/port.ts';
import { answer, parsed, refusal } from './http-answers.ts';
import { keepAudit } from './people/audit.ts';
import { type Caller, maySee } from './people/caller.ts';
import type { Services } from './services.ts';

const KEY_BYTES = 32;

/**
 * A key ends with the sensor's time at a store: whoever has it speaks for no other store. Of a sensor that comes, too:
 * it may bring a key from a time when it did not end.
 */
export async function endKeysOfMoved(
  tx: Pick<Transaction, 'ingestKeys'>,
  before: StoreDescription | undefined,
  after: StoreDescription,
): Promise<void> {
  const [had, has] = [sensorIdsIn(before), sensorIdsIn(after)];
  const left = [...had].filter((id) => !has.has(id));
  const came = [...has].filter((id) => !had.has(id));
  await tx.ingestKeys.remove([...left, ...came]);
}

const sensorIdsIn = (store: StoreDescription | undefined): Set<string> =>
  new Set(
    [...(store?.doors ?? []), ...(store?.zones ?? [])].flatMap(({ sensors }) => sensors.map(({ id }) => id)),
  );

/** Makes a sensor's key for plain HTTP. Shown this once; a key it had before stops working. */
export const makeIngestKey =
  ({ store, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const parsedId = parsed(request.params.sensorId, sensorIdSchema);
    if (!parsedId.ok) return refusal(404, 'unknown-sensor', 'no such sensor');
    const sensorId = parsedId.value;
    const key = randomBytes(KEY_BYTES).toString('base64url');
    const sha256 = createHash('sha256').update(key).digest('base64url');
    const known = await store.transaction(async (tx) => {
      const placements = await tx.structure.placementsOf([sensorId]);
      const open = placements.find(({ untilMs }) => untilMs === null);
      if (open === undefined || !maySee(caller, open.storeId)) return false;
      const before = { hasKey: (await tx.ingestKeys.sha256Of(sensorId)) !== undefined };
      const after = { hasKey: true };
      await tx.ingestKeys.put(sensorId, sha256, now());
      const change = { act: 'ingest-key-made', subject: `sensor:${sensorId}`, before, after } as const;
      await keepAudit(tx, caller, now(), change);
      return true;
    });
    if (!known) return refusal(404, 'unknown-sensor', 'no store names this sensor');
    return answer({ sensorId, key, path: API_PATHS.ingest(sensorId) });
  };
