import { API_PATHS } from '../../../cloud/contracts/http.ts';
import type { Heartbeat } from '../../../cloud/contracts/sign-report.ts';
import type { StoreDescriptionInput } from '../../../cloud/contracts/store-description.ts';
import type { CloudProcess } from '../cloud-process.ts';
import { MARKS, PEOPLE_INSIDE, type Shop } from './marks.ts';

/** What stands in a store, each with its mark. */
export type ShopIds = {
  readonly storeId: string;
  readonly storeGroupId: string;
  readonly zoneId: string;
  readonly doorId: string;
  readonly sensorId: string;
  /** At the same door; its keys may be made anew. */
  readonly otherSensorId: string;
};

export const shopIds = (shop: Shop): ShopIds => ({
  storeId: `${MARKS[shop]}-store`,
  storeGroupId: `${MARKS[shop]}-group`,
  zoneId: `${MARKS[shop]}-zone`,
  doorId: `${MARKS[shop]}-door`,
  sensorId: `${MARKS[shop]}-sensor`,
  otherSensorId: `${MARKS[shop]}-other-sensor`,
});
/** The group of both stores. */
export const SHARED_GROUP = `${MARKS.shared}-group`;
/** Let in, and at no store. */
export const LOOSE_SENSOR = `${MARKS.loose}-sensor`;

export function shopDescription(shop: Shop): StoreDescriptionInput {
  const { storeGroupId, zoneId, doorId, sensorId, otherSensorId } = shopIds(shop);
  return {
    name: `${MARKS[shop]} shop`,
    timeZone: zoneWhereItIsNoon(),
    limits: { soft: 50, hard: 60 },
    // Nothing changes by time alone while a matrix runs.
    liveForSeconds: 3_600,
    dailyReset: null,
    signDarkAlarmMinutes: null,
    storeGroups: [storeGroupId, SHARED_GROUP],
    zones: [{ id: zoneId, name: `${MARKS[shop]} zone` }],
    doors: [{ id: doorId, name: `${MARKS[shop]} door`, sensors: [{ id: sensorId }, { id: otherSensorId }] }],
  };
}

/** So that no day ends meanwhile. */
function zoneWhereItIsNoon(): string {
  const ahead = 12 - new Date().getUTCHours();
  // The sign of these names is that of the way back to UTC.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

export type Own = (method: string, path: string, body?: unknown) => Promise<Response>;

/** As the owner; whatever is refused is an error of the test. */
export const ownerOf =
  (cloud: CloudProcess): Own =>
  async (method, path, body) => {
    const response = await cloud.call(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };

/** A store with people inside, an alert that somebody answered, a correction, and a message that was not counted. Gives a sensor's key. */
export async function openShop(cloud: CloudProcess, shop: Shop): Promise<string> {
  const own = ownerOf(cloud);
  const mark = MARKS[shop];
  const { storeId, sensorId, otherSensorId } = shopIds(shop);
  await cloud.putStore(storeId, shopDescription(shop));
  const keys = new Map<string, string>();
  for (const id of [sensorId, otherSensorId]) {
    const answer = (await (await own('POST', API_PATHS.ingestKey(id), {})).json()) as { key: string };
    keys.set(id, answer.key);
  }
  const ingestKey = keys.get(sensorId) ?? '';
  for (const [id, key] of keys) await pushed(cloud, id, key, { in: 1 });
  await refusedMessage(cloud, shop, ingestKey);
  await own('POST', API_PATHS.corrections(storeId), {
    kind: 'set',
    people: PEOPLE_INSIDE[shop],
    by: `${mark} boss`,
    why: `${mark} counted by hand`,
  });
  await own('POST', API_PATHS.acknowledge(storeId), {
    type: 'over-capacity',
    source: 'store',
    by: `${mark} boss`,
  });
  return ingestKey;
}

/** A reading by plain HTTP, as a camera with a key of its own. */
export async function pushed(cloud: CloudProcess, sensorId: string, key: string, body: unknown) {
  const response = await fetch(cloud.ready().httpUrl + API_PATHS.ingest(sensorId), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`ingest of ${sensorId}: ${response.status} ${await response.text()}`);
}

/** What cannot be counted, kept whole. */
export const refusedMessage = (cloud: CloudProcess, shop: Shop, ingestKey: string) =>
  pushed(cloud, shopIds(shop).sensorId, ingestKey, { nonsense: `${MARKS[shop]} nonsense` });

/** A sign says that it shows this store. */
export const reportOf = (mark: string, storeGroupId: string | null, storeId: string | null): Heartbeat => ({
  about: { app: '1.0.0', platform: `${mark} platform`, screen: { widthPx: 1_920, heightPx: 1_080 } },
  painted: {
    kind: storeId === null ? 'unassigned' : 'store',
    storeGroupId,
    storeId,
    epoch: 1,
    revision: 1,
    freshness: storeId === null ? null : 'live',
    ageMs: 100,
    leaseMs: 3_600_000,
    board: 'manager',
    alerts: storeId === null ? [] : [`${storeId} over-capacity store 1`],
  },
  transport: 'web-sockets',
  upForMs: 1_000,
});
