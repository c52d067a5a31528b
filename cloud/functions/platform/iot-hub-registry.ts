import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { connectionStringFields, fieldOf, PlatformError } from './connection-string.ts';

const API_VERSION = '2021-04-12';
const TOKEN_LIFETIME_SECONDS = 300;
const REQUEST_TIMEOUT_MS = 10_000;
const KEY_BYTES = 32;
/** IoT Hub gives no more at once. */
export const MAX_LISTED_DEVICES = 1_000;

const deviceSchema = z.object({
  deviceId: z.string(),
  authentication: z.object({ symmetricKey: z.object({ primaryKey: z.string().min(1) }) }),
});

const keptSchema = z.object({
  status: z.enum(['enabled', 'disabled']),
  statusReason: z.string().nullish(),
  etag: z.string(),
});

const listSchema = z.array(z.object({ deviceId: z.string() }));

export type CreatedDevice =
  | { readonly made: true; readonly connectionString: string }
  | { readonly made: false };

/** The device registry of IoT Hub, by its REST API. */
export type IotHubRegistry = {
  /** `made: false`: the hub has this device already, and its key is not shown again. Throws PlatformError. */
  createDevice(deviceId: string): Promise<CreatedDevice>;
  /**
   * Gives it new keys: the old ones open nothing any more. One that was switched off in the portal stays so. Undefined: the hub has no
   * such device. Throws PlatformError.
   */
  renewKeys(deviceId: string): Promise<string | undefined>;
  /** Throws PlatformError. */
  hasDevice(deviceId: string): Promise<boolean>;
  /** In no promised order, at most MAX_LISTED_DEVICES. Throws PlatformError. */
  listDevices(): Promise<readonly string[]>;
  /** False: the hub has no such device. Throws PlatformError. */
  deleteDevice(deviceId: string): Promise<boolean>;
};

export function createIotHubRegistry(connectionString: string, now: () => number): IotHubRegistry {
  const fields = connectionStringFields(connectionString);
  const hostName = fieldOf(fields, 'HostName', 'IotHubRegistry');
  const policy = {
    name: fieldOf(fields, 'SharedAccessKeyName', 'IotHubRegistry'),
    key: fieldOf(fields, 'SharedAccessKey', 'IotHubRegistry'),
  };

  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const url = `https://${hostName}/devices${path}api-version=${API_VERSION}`;
    const authorization = sasToken(hostName, policy, now());
    try {
      return await fetch(url, {
        method,
        headers: { authorization, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
    } catch (cause) {
      throw new PlatformError('ERR_REGISTRY', `IoT Hub ${hostName} cannot be reached`, { cause });
    }
  };

  const connectionStringOf = (deviceId: string, key: string) =>
    `HostName=${hostName};DeviceId=${deviceId};SharedAccessKey=${key}`;

  return {
    async createDevice(deviceId) {
      const identity = { deviceId, status: 'enabled', authentication: { type: 'sas' } };
      const response = await call('PUT', pathOf(deviceId), identity);
      if (response.status === 409) return { made: false };
      if (!response.ok) throw await refused(response, deviceId);
      const device = deviceSchema.parse(await response.json());
      const key = device.authentication.symmetricKey.primaryKey;
      return { made: true, connectionString: connectionStringOf(deviceId, key) };
    },
    async renewKeys(deviceId) {
      const symmetricKey = { primaryKey: newKey(), secondaryKey: newKey() };
      const found = await call('GET', pathOf(deviceId));
      if (found.status === 404) return undefined;
      if (!found.ok) throw await refused(found, deviceId);
      const { etag, ...kept } = keptSchema.parse(await found.json());
      const identity = { deviceId, ...kept, authentication: { type: 'sas', symmetricKey } };
      // Of what was changed since it was read, nothing is undone.
      const response = await call('PUT', pathOf(deviceId), identity, { 'if-match': `"${etag}"` });
      if (response.status === 404) return undefined;
      if (!response.ok) throw await refused(response, deviceId);
      return connectionStringOf(deviceId, symmetricKey.primaryKey);
    },
    async hasDevice(deviceId) {
      const response = await call('GET', pathOf(deviceId));
      if (!response.ok && response.status !== 404) throw await refused(response, deviceId);
      return response.ok;
    },
    async listDevices() {
      const response = await call('GET', `?top=${MAX_LISTED_DEVICES}&`);
      if (!response.ok) throw await refused(response, 'list');
      return listSchema.parse(await response.json()).map(({ deviceId }) => deviceId);
    },
    async deleteDevice(deviceId) {
      const response = await call('DELETE', pathOf(deviceId), undefined, { 'if-match': '*' });
      if (!response.ok && response.status !== 404) throw await refused(response, deviceId);
      return response.ok;
    },
  };
}

const pathOf = (deviceId: string): string => `/${encodeURIComponent(deviceId)}?`;
const newKey = (): string => randomBytes(KEY_BYTES).toString('base64');

async function refused(response: Response, deviceId: string): Promise<PlatformError> {
  const text = (await response.text()).slice(0, 300);
  return new PlatformError(
    'ERR_REGISTRY',
    `IoT Hub answered ${response.status} for device ${deviceId}: ${text}`,
  );
}

/** A shared access signature of a hub policy: HMAC-SHA256 over the encoded resource and the expiry. */
function sasToken(hostName: string, policy: { name: string; key: string }, nowMs: number): string {
  const resource = encodeURIComponent(hostName);
  const expiry = Math.floor(nowMs / 1_000) + TOKEN_LIFETIME_SECONDS;
  const signature = createHmac('sha256', Buffer.from(policy.key, 'base64'))
    .update(`${resource}\n${expiry}`)
    .digest('base64');
  return `SharedAccessSignature sr=${resource}&sig=${encodeURIComponent(signature)}&se=${expiry}&skn=${policy.name}`;
}
