import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { pino } from 'pino';
import { vi } from 'vitest';
import type { HubEvent } from '../../cloud/local/iot-hub/hub-event.ts';
import { type IotHub, type IotHubOptions, startIotHub } from '../../cloud/local/iot-hub/start-iot-hub.ts';
import { type Device, type Devices, openDevices } from '../../cloud/local/state/devices.ts';
import { openPlatformDatabase } from '../../cloud/local/state/open-platform-database.ts';
import { openSequenceNumbers } from '../../cloud/local/state/sequence-numbers.ts';
import { serverCertificate } from '../../cloud/local/state/server-certificate.ts';

const API_VERSION = '2021-04-12';
const HOUR_MS = 3_600_000;
export const OWNER = { name: 'iothubowner', key: Buffer.alloc(32, 'owner').toString('base64') };

/** A shared access signature, made after the documentation and not with the hub's own code. `resource` is `host/devices/id`. */
export function sasToken(options: {
  readonly resource: string;
  readonly key: string;
  readonly expiresAtMs?: number;
  readonly policyName?: string;
}): string {
  const { resource, key, expiresAtMs = Date.now() + HOUR_MS, policyName } = options;
  const sr = encodeURIComponent(resource);
  const se = Math.floor(expiresAtMs / 1_000);
  const digest = createHmac('sha256', Buffer.from(key, 'base64')).update(`${sr}\n${se}`).digest('base64');
  const sig = encodeURIComponent(digest);
  return `SharedAccessSignature sr=${sr}&sig=${sig}&se=${se}${policyName ? `&skn=${policyName}` : ''}`;
}

/** What a device SDK is given. `hostName` is that of the hub, with its port. */
export function deviceConnectionString(
  hostName: string,
  { deviceId, primaryKey }: Pick<Device, 'deviceId' | 'primaryKey'>,
): string {
  return `HostName=${hostName};DeviceId=${deviceId};SharedAccessKey=${primaryKey}`;
}

export type TestHub = {
  readonly hub: IotHub;
  readonly caPem: string;
  readonly devices: Devices;
  readonly delivered: HubEvent[];
  /** The log, a JSON line an entry. */
  readonly log: string[];
  close(): Promise<void>;
};

/** A hub on a free port with a data folder of its own. Unless told otherwise it delivers at once, into `delivered`. */
export async function startTestHub(options: Partial<IotHubOptions> = {}): Promise<TestHub> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-hub-'));
  const database = openPlatformDatabase(join(folder, 'platform.db'));
  const certificate = await serverCertificate({
    database,
    caFile: join(folder, 'ca.pem'),
    names: [],
    now: Date.now(),
  });
  const devices = openDevices(database);
  const delivered: HubEvent[] = [];
  const log: string[] = [];
  const now = options.now ?? Date.now;
  const hub = await startIotHub({
    host: '127.0.0.1',
    port: 0,
    hostName: 'localhost',
    certificate,
    devices,
    registryPolicies: [OWNER],
    deliver: async (batch) => {
      delivered.push(...batch);
    },
    batches: { maxEvents: 256, minEvents: 1, maxWaitMs: 0 },
    nextSequenceNumber: openSequenceNumbers(database, now),
    now,
    log: pino({ level: 'debug' }, { write: (line: string) => log.push(line) }),
    ...options,
  });
  const close = async () => {
    await hub.close();
    database.close();
    rmSync(folder, { recursive: true });
  };
  return { hub, caPem: certificate.caPem, devices, delivered, log, close };
}

/** Makes a device, as the registry would. */
export function aDevice({ devices }: TestHub, deviceId = 'door-1'): Device {
  const device = devices.create(deviceId);
  if (device === undefined) throw new Error(`${deviceId} exists`);
  return device;
}

/** A plain MQTT client with a token made by hand; it does not reconnect. Resolves once it is connected, rejects if refused. */
export function connectPlain(
  { hub, caPem }: TestHub,
  device: Pick<Device, 'deviceId' | 'primaryKey'>,
  options: IClientOptions = {},
  url?: string,
): Promise<MqttClient> {
  const { deviceId, primaryKey } = device;
  return mqtt.connectAsync(url ?? `mqtts://localhost:${hub.port}`, {
    ca: caPem,
    protocolVersion: 4,
    clientId: deviceId,
    username: `${hub.hostName}/${deviceId}/?api-version=${API_VERSION}`,
    password: sasToken({ resource: `${hub.hostName}/devices/${deviceId}`, key: primaryKey }),
    reconnectPeriod: 0,
    ...options,
  });
}

/** The same over WebSocket. */
export const connectWebSocket = (
  hub: TestHub,
  device: Pick<Device, 'deviceId' | 'primaryKey'>,
  options: IClientOptions = {},
): Promise<MqttClient> =>
  connectPlain(
    hub,
    device,
    // The client's own option for a CA does not reach its WebSocket.
    { ...options, wsOptions: { ca: hub.caPem } },
    `wss://localhost:${hub.hub.port}/$iothub/websocket`,
  );

/** Resolves when the hub has ended the client's connection. */
export const closed = (client: MqttClient): Promise<void> =>
  new Promise((resolve) => client.once('close', () => resolve()));

export const eventsTopic = (deviceId: string, bag = ''): string =>
  `devices/${deviceId}/messages/events/${bag}`;

/** One HTTPS request to the hub. */
export function callHub(
  { hub, caPem }: TestHub,
  options: {
    readonly method: string;
    readonly path: string;
    readonly token: string;
    readonly query?: string;
    readonly headers?: Record<string, string>;
    readonly body?: unknown;
  },
): Promise<{ status: number; headers: Record<string, unknown>; body: unknown }> {
  const { method, token, body, query = `api-version=${API_VERSION}` } = options;
  const path = `${options.path}?${query}`;
  const headers = { authorization: token, ...options.headers };
  return new Promise((resolve, reject) => {
    const call = request(
      { host: 'localhost', port: hub.port, ca: caPem, method, path, headers, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          const answer = text === '' ? undefined : JSON.parse(text);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer });
        });
      },
    );
    call.on('error', reject);
    call.end(Buffer.isBuffer(body) || body === undefined ? body : JSON.stringify(body));
  });
}

export const ownerToken = ({ hub }: TestHub): string =>
  sasToken({ resource: hub.hostName, key: OWNER.key, policyName: OWNER.name });

/** Resolves once the hub has logged a line with this text. */
export const logged = ({ log }: TestHub, text: string): Promise<void> =>
  vi.waitFor(
    () => {
      if (!log.some((line) => line.includes(text))) throw new Error(`not logged: ${text}\n${log.join('')}`);
    },
    { timeout: 20_000 },
  );
