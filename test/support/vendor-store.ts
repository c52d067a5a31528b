import * as z from 'zod';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { rejectedMessageSchema } from '../../cloud/contracts/rejected.ts';
import { snapshotSchema } from '../../cloud/contracts/snapshot.ts';
import type { StoreDescription } from '../../cloud/contracts/store-description.ts';
import { calleMayor } from './calle-mayor.ts';
import type { CloudProcess } from './cloud-process.ts';

/** Where a vendor's sensor sits. `side` leads from the street into the back, `inner` from the hall into it. */
export type Place = 'main' | 'side' | 'inner' | 'stage';
type PlacedSensor = {
  readonly id: string;
  readonly model?: string;
  readonly line?: string;
  readonly flipped?: boolean;
};
export type Placed = Partial<Record<Place, PlacedSensor>>;

/** What a camera can be made to send its key by. */
export type Way = 'header' | 'basic' | 'path';
export type Push = {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly way?: Way;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the vendor adds to the address, `?event=up`. */
  readonly query?: string;
};

export type VendorStore = {
  /** Connection strings of its sensors, by sensor id. */
  readonly sensors: ReadonlyMap<string, string>;
  /** People in each zone. */
  zones(): Promise<Readonly<Record<string, number>>>;
  /** The doors of which all sensors were heard. */
  heardDoors(): Promise<readonly string[]>;
  push(sensorId: string, push: Push): Promise<Response>;
  /** What was refused of a sensor. */
  rejectedOf(sensorId: string): Promise<readonly z.infer<typeof rejectedMessageSchema>[]>;
};

export const PEOPLE_BEFORE = 50;

const madeSchema = z.object({ key: z.string(), path: z.string() });
const shownSchema = z.object({ snapshot: snapshotSchema });
const listSchema = z.object({ rejected: z.array(rejectedMessageSchema) });

/** Two zones and three doors; and a zone that is measured, where a sensor is to. */
export function vendorStoreDescription(placed: Placed): StoreDescription {
  const at = (place: Place) => (placed[place] === undefined ? [] : [placed[place]]);
  const stage = { id: 'stage', name: 'Stage', sensors: at('stage') };
  return calleMayor({
    limits: { soft: 900, hard: 1_000 },
    zones: [{ id: 'hall', name: 'Hall' }, { id: 'back', name: 'Back' }, ...(placed.stage ? [stage] : [])],
    doors: [
      { id: 'main', name: 'Main', sensors: at('main') },
      { id: 'side', name: 'Side', into: 'back', sensors: at('side') },
      { id: 'inner', name: 'Inner', into: 'back', from: 'hall', sensors: at('inner') },
    ],
  });
}

/** Such a store, with 50 people in each of the two zones. */
export async function vendorStore(
  cloud: CloudProcess,
  storeId: string,
  placed: Placed,
): Promise<VendorStore> {
  const sensors = await cloud.putStore(storeId, vendorStoreDescription(placed));
  for (const zone of ['hall', 'back']) {
    const added = { kind: 'add', people: PEOPLE_BEFORE, zone, by: 'Ana' };
    const response = await cloud.call('POST', API_PATHS.corrections(storeId), added);
    if (!response.ok) throw new Error(await response.text());
  }
  const keys = new Map<string, string>();
  const snapshot = async () =>
    shownSchema.parse(await (await cloud.call('GET', API_PATHS.store(storeId))).json()).snapshot;
  return {
    sensors,
    async zones() {
      const { content } = await snapshot();
      return Object.fromEntries(content.zones.map(({ id, count }) => [id, count]));
    },
    async heardDoors() {
      const { content, proof } = await snapshot();
      return content.doors.map(({ id }) => id).filter((_, index) => proof.doorAgesMs[index] !== null);
    },
    async push(sensorId, push) {
      const key = keys.get(sensorId) ?? (await ingestKey(cloud, sensorId));
      keys.set(sensorId, key);
      return pushed(cloud, sensorId, key, push);
    },
    async rejectedOf(sensorId) {
      const { rejected } = listSchema.parse(await (await cloud.call('GET', API_PATHS.rejected)).json());
      return rejected.filter((one) => one.sensorId === sensorId);
    },
  };
}

export async function ingestKey(cloud: CloudProcess, sensorId: string): Promise<string> {
  return madeSchema.parse(await (await cloud.call('POST', API_PATHS.ingestKey(sensorId))).json()).key;
}

/** As the camera does it: no function key, its own key in its own way. */
export function pushed(
  cloud: CloudProcess,
  sensorId: string,
  key: string,
  { body, contentType, way = 'header', headers = {}, query = '' }: Push,
): Promise<Response> {
  const basic = `Basic ${Buffer.from(`camera:${key}`).toString('base64')}`;
  const own = { header: { 'x-api-key': key }, basic: { authorization: basic }, path: {} }[way];
  const path = `${API_PATHS.ingest(sensorId)}${way === 'path' ? `/${key}` : ''}${query}`;
  return fetch(`${cloud.ready().httpUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': contentType, ...own, ...headers },
    body,
  });
}
