import { SignJWT } from 'jose';
import { fewAtOnce } from '../few-at-once.ts';
import { connectionStringFields, fieldOf, PlatformError } from './connection-string.ts';

const API_VERSION = '2022-06-01';
const TOKEN_LIFETIME_SECONDS = 300;
const REQUEST_TIMEOUT_MS = 10_000;
const CALLS_AT_ONCE = 16;

/** The calls of SignalR Service's data plane that no binding offers with an answer. All throw PlatformError. */
export type SignalRDataPlane = {
  /** Puts a user into exactly these groups: a client never names its own. */
  placeUser(userId: string, groupNames: readonly string[]): Promise<void>;
  /** Ends all connections of a user; clients are told the reason. */
  closeConnections(userId: string, reason: string): Promise<void>;
};

export function createSignalRDataPlane(connectionString: string, hub: string): SignalRDataPlane {
  const fields = connectionStringFields(connectionString);
  const endpoint = endpointOf(fields);
  const key = new TextEncoder().encode(fieldOf(fields, 'AccessKey', 'AzureSignalRConnectionString'));

  const call = async (method: string, path: string, query: Readonly<Record<string, string>> = {}) => {
    const audience = `${endpoint}/api/hubs/${hub.toLowerCase()}${path}`;
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_LIFETIME_SECONDS}s`)
      .sign(key);
    const parameters = new URLSearchParams({ 'api-version': API_VERSION, ...query });
    const response = await send(`${audience}?${parameters}`, method, token);
    if (!response.ok) {
      throw new PlatformError(
        'ERR_SIGNALR',
        `SignalR Service answered ${response.status} to ${method} ${path}`,
      );
    }
  };

  return {
    async placeUser(userId, groupNames) {
      const groups = `${pathOf(userId)}/groups`;
      await call('DELETE', groups);
      await fewAtOnce(groupNames, CALLS_AT_ONCE, (name) =>
        call('PUT', `${groups}/${encodeURIComponent(name)}`),
      );
    },
    closeConnections: (userId, reason) => call('POST', `${pathOf(userId)}/:closeConnections`, { reason }),
  };
}

const pathOf = (userId: string): string => `/users/${encodeURIComponent(userId)}`;

async function send(url: string, method: string, token: string): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
  } catch (cause) {
    throw new PlatformError('ERR_SIGNALR', 'SignalR Service cannot be reached', { cause });
  }
}

function endpointOf(fields: ReadonlyMap<string, string>): string {
  const endpoint = fieldOf(fields, 'Endpoint', 'AzureSignalRConnectionString').replace(/\/+$/, '');
  const port = fields.get('Port');
  return port === undefined ? endpoint : `${endpoint}:${port}`;
}
