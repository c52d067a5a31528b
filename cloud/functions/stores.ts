import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { idSchema } from '../contracts/identifiers.ts';
import {
  type StoreDescription,
  type StoreKept,
  storeDescriptionSchema,
} from '../contracts/store-description.ts';
import { storeDayAt } from '../domain/day.ts';
import type { Transaction } from '../store/port.ts';
import { answer, parsed, parsedBody, refusal } from './http-answers.ts';
import { endKeysOfMoved } from './ingest-key.ts';
import { keepAudit } from './people/audit.ts';
import { type Caller, maySee } from './people/caller.ts';
import { PlatformError } from './platform/connection-string.ts';
import type { IotHubRegistry } from './platform/iot-hub-registry.ts';
import type { Services } from './services.ts';
import { loadSnapshot } from './tell-stores.ts';

type CreatedSensors = StoreKept['createdSensors'];

/** Keeps a store as described, and makes the sensors that the hub does not know yet. */
export const keepStore =
  ({ store, registry, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const storeId = parsed(request.params.storeId, idSchema, 'storeId');
    if (!storeId.ok) return storeId.refusal;
    const body = await parsedBody(request, storeDescriptionSchema);
    if (!body.ok) return body.refusal;
    const refused = await store.transaction(async (tx) => {
      const before = await tx.structure.storeDescription(storeId.value);
      if (await joinsForeignGroup(tx, before, body.value, caller)) return NOT_YOUR_GROUP;
      const elsewhere = await sensorElsewhere(tx, storeId.value, body.value, caller);
      if (elsewhere !== undefined) return refusal(409, 'sensor-taken', elsewhere.message, elsewhere.field);
      await putStore(tx, { storeId: storeId.value, before, after: body.value }, caller, now());
      return undefined;
    });
    if (refused !== undefined) return refused;
    try {
      const createdSensors = await createSensors(registry, body.value);
      return answer({ storeId: storeId.value, createdSensors } satisfies StoreKept);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return refusal(503, 'unavailable', `the store is kept, its new sensors are not: ${error.message}`);
    }
  };

/** The store as described and as it is now. */
export const readStore =
  ({ store, now }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const asked = parsed(request.params.storeId, idSchema, 'storeId');
    if (!asked.ok) return refusal(404, 'unknown-store', 'no such store');
    const storeId = asked.value;
    const found = await store.look(async (tx) => {
      const description = await tx.structure.storeDescription(storeId);
      const [state] = await tx.counting.readStores([storeId]);
      if (description === undefined || state === undefined) return undefined;
      return { storeId, description, snapshot: await loadSnapshot(tx, state, store.epoch, now()) };
    });
    return found === undefined ? refusal(404, 'unknown-store', 'no such store') : answer(found);
  };

type Change = {
  readonly storeId: string;
  readonly before: StoreDescription | undefined;
  readonly after: StoreDescription;
};

async function putStore(
  tx: Transaction,
  { storeId, before, after }: Change,
  caller: Caller,
  nowMs: number,
): Promise<void> {
  await tx.structure.putStore(storeId, after, { today: storeDayAt(after.timeZone, nowMs), nowMs });
  await keepAudit(tx, caller, nowMs, { act: 'store-kept', subject: `store:${storeId}`, before, after });
  await endKeysOfMoved(tx, before, after);
}

const NOT_YOUR_GROUP = refusal(403, 'not-allowed', 'this group is not yours', 'storeGroups');

/** A store's groups open the signs of these groups: nobody joins one that may be somebody else's. */
async function joinsForeignGroup(
  tx: Transaction,
  before: StoreDescription | undefined,
  after: StoreDescription,
  caller: Caller,
): Promise<boolean> {
  if (caller.storeIds === null) return false;
  for (const group of after.storeGroups.filter((one) => !before?.storeGroups.includes(one))) {
    const members = await tx.structure.storeIdsOfGroup(group);
    if (members.some((storeId) => !maySee(caller, storeId))) return true;
    if (members.length > 0) continue;
    if ((await tx.signs.signsOfGroups([group])).length > 0) return true;
    if ((await tx.structure.storeGroupDescription(group)) !== undefined) return true;
  }
  return false;
}

/** A sensor counts for one store. Whoever moves it takes it out of the other store first, so that no store loses one unseen. */
async function sensorElsewhere(
  tx: Transaction,
  storeId: string,
  description: StoreDescription,
  caller: Caller,
) {
  const named = namedSensors(description);
  const placements = await tx.structure.placementsOf(named.map(({ id }) => id));
  const open = placements.filter(({ untilMs }) => untilMs === null);
  const storeOf = new Map(open.map((placement) => [placement.sensorId, placement.storeId]));
  const taken = named.find(({ id }) => (storeOf.get(id) ?? storeId) !== storeId);
  if (taken === undefined) return undefined;
  const { id, field } = taken;
  const owner = storeOf.get(id) ?? '';
  const owned = maySee(caller, owner) ? `the store ${owner}` : 'another store';
  return { field, message: `${field}: ${id} belongs to ${owned}` };
}

const namedSensors = ({ doors, zones }: StoreDescription) =>
  Object.entries({ doors, zones }).flatMap(([list, spots]) =>
    spots.flatMap(({ sensors }, at) =>
      sensors.map(({ id }, index) => ({ id, field: `${list}.${at}.sensors.${index}.id` })),
    ),
  );

/** All or none: a key is shown once, so a half made set is taken back for the next try. */
async function createSensors(
  registry: IotHubRegistry,
  description: StoreDescription,
): Promise<CreatedSensors> {
  const created: CreatedSensors = [];
  try {
    for (const id of new Set(namedSensors(description).map((sensor) => sensor.id))) {
      const device = await registry.createDevice(id);
      if (device.made) created.push({ sensorId: id, connectionString: device.connectionString });
    }
  } catch (error) {
    await Promise.allSettled(created.map(({ sensorId }) => registry.deleteDevice(sensorId)));
    throw error;
  }
  return created;
}
