import { SignJWT } from 'jose';
import { connectionStringFields, fieldOf, PlatformError } from './connection-string.ts';

const API_VERSION = '2022-06-01';
const TOKEN_LIFETIME_SECONDS = 300;
const REQUEST_TIMEOUT_MS = 10_000;

/** The calls of SignalR Service's data plane that no binding offers with an answer. All throw PlatformError. */
export type SignalRDataPlane = {
  /** Puts a user into exactly one group, or into none: a client never names its own. */
  placeUser(userId: string, groupName: string | null): Promise<void>;
};

export function createSignalRDataPlane(connectionString: string, hub: string): SignalRDataPlane {
  const fields = connectionStringFields(connectionString);
  const endpoint = endpointOf(fields);
  const key = new TextEncoder().encode(fieldOf(fields, 'AccessKey', 'AzureSignalRConnectionString'));

  const call = async (method: string, path: string) => {
    const audience = `${endpoint}/api/hubs/${hub.toLowerCase()}${path}`;
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_LIFETIME_SECONDS}s`)
      .sign(key);
    const response = await send(`${audience}?api-version=${API_VERSION}`, method, token);
    if (!response.ok) {
      throw new PlatformError(
        'ERR_SIGNALR',
        `SignalR Service answered ${response.status} to ${method} ${path}`,
      );
    }
  };

  return {
    async placeUser(userId, groupName) {
      const user = `/users/${encodeURIComponent(userId)}`;
      await call('DELETE', `${user}/groups`);
      if (groupName !== null) await call('PUT', `${user}/groups/${encodeURIComponent(groupName)}`);
    },
  };
}

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
