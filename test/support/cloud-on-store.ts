import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import * as z from 'zod';
import { type Snapshot, snapshotSchema } from '../../cloud/contracts/snapshot.ts';
import type { StoreDescriptionInput } from '../../cloud/contracts/store-description.ts';
import { acknowledge } from '../../cloud/functions/alerts.ts';
import { correct } from '../../cloud/functions/corrections.ts';
import { flush } from '../../cloud/functions/flush.ts';
import type { HubMessage } from '../../cloud/functions/hub-messages.ts';
import { OWNER_KEY_CALLER } from '../../cloud/functions/people/caller.ts';
import type { Services } from '../../cloud/functions/services.ts';
import { settingsFrom } from '../../cloud/functions/settings.ts';
import { keepStore, readStore } from '../../cloud/functions/stores.ts';
import { telemetry } from '../../cloud/functions/telemetry.ts';
import type { Store } from '../../cloud/store/port.ts';
import { NOON_MS } from './builders.ts';

/** A message as the hub hands it over. Unless told otherwise it is of `street-1` and came now. */
export type HubSays = {
  readonly body: unknown;
  readonly sensorId?: string;
  readonly enqueuedAtMs?: number;
  readonly messageId?: unknown;
  /** The hub's own number of it, for one that it hands over again; left out, it is the next. */
  readonly sequenceNumber?: number;
};

export type CloudOnStore = {
  readonly services: Services;
  /** A batch, through the telemetry function. */
  say(...messages: readonly HubSays[]): Promise<readonly HubMessage[]>;
  flush(): Promise<HubMessage[]>;
  /** `PUT /api/stores/{storeId}` */
  keep(storeId: string, description: StoreDescriptionInput): Promise<HttpResponseInit>;
  /** `POST /api/stores/{storeId}/corrections` */
  correct(storeId: string, correction: object): Promise<HttpResponseInit>;
  /** `POST /api/stores/{storeId}/alerts/acknowledge` */
  acknowledge(storeId: string, request: object): Promise<HttpResponseInit>;
  /** `GET /api/stores/{storeId}` */
  read(storeId: string): Promise<HttpResponseInit>;
  /** What a sign would be shown of the store. */
  shown(storeId: string): Promise<Snapshot>;
};

const readSchema = z.object({ snapshot: snapshotSchema });

/** The cloud's functions on a store, called as their host calls them. IoT Hub and SignalR Service say yes to everything. */
export function cloudOn(store: Store, difference: Partial<Services> = {}): CloudOnStore {
  const services: Services = {
    store,
    now: () => NOON_MS,
    settings: settingsFrom({
      VitrineDatabase: 'given',
      AzureSignalRConnectionString: 'not used',
      IotHubRegistry: 'not used',
      SessionSigningKey: Buffer.alloc(32, 'session').toString('base64'),
      MinimumPushIntervalMs: '0',
    }),
    registry: {
      createDevice: async () => ({ made: false }),
      renewKeys: async () => undefined,
      hasDevice: async () => true,
      listDevices: async () => [],
      deleteDevice: async () => true,
    },
    signalR: { placeUser: async () => undefined, closeConnections: async () => undefined },
    ...difference,
  };
  let sequenceNumber = 0;
  const read = (storeId: string) => readStore(services)(requestTo('GET', { storeId }));
  return {
    services,
    say(...messages) {
      const bodies = messages.map(({ body }) =>
        Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      );
      const triggerMetadata = {
        partitionContext: { partitionId: '0' },
        sequenceNumberArray: messages.map((message) => {
          sequenceNumber += 1;
          return message.sequenceNumber ?? sequenceNumber;
        }),
        systemPropertiesArray: messages.map((message) => stampsOf(message, services.now())),
      };
      return telemetry(services)(bodies, new InvocationContext({ triggerMetadata }));
    },
    flush: flush(services),
    keep: (storeId, description) =>
      keepStore(services)(
        requestTo('PUT', { storeId }, description),
        new InvocationContext(),
        OWNER_KEY_CALLER,
      ),
    correct: (storeId, correction) =>
      correct(services, () => undefined)(
        requestTo('POST', { storeId }, correction),
        new InvocationContext(),
        OWNER_KEY_CALLER,
      ),
    acknowledge: (storeId, request) =>
      acknowledge(services, () => undefined)(
        requestTo('POST', { storeId }, request),
        new InvocationContext(),
        OWNER_KEY_CALLER,
      ),
    read,
    shown: async (storeId) => readSchema.parse((await read(storeId)).jsonBody).snapshot,
  };
}

const stampsOf = (message: HubSays, nowMs: number) => ({
  'iothub-connection-device-id': message.sensorId ?? 'street-1',
  'iothub-enqueuedtime': new Date(message.enqueuedAtMs ?? nowMs).toISOString(),
  ...('messageId' in message ? { 'message-id': message.messageId } : {}),
});

/** A request as a function is given it: its route is already taken apart. */
export const requestTo = (method: string, params: Record<string, string>, body?: unknown): HttpRequest =>
  new HttpRequest({
    method,
    url: 'http://localhost/api',
    params,
    ...(body === undefined ? {} : { body: { string: JSON.stringify(body) } }),
  });
