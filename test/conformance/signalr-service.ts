import { randomUUID } from 'node:crypto';
import { type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { type JWTPayload, SignJWT } from 'jose';
import { expect, onTestFinished } from 'vitest';
import { ACCESS_KEY, startSignalR } from '../support/signalr.ts';

export const API_VERSION = '2022-06-01';
const TOKEN_LIFETIME_SECONDS = 60;
/** The real service spreads what it is told over its servers. */
const FACT_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 20;

/** `Endpoint=https://<name>.service.signalr.net;AccessKey=...` of a service in serverless mode; without it, the embedded one is tried. */
const CONNECTION_STRING = process.env.VITRINE_CONFORMANCE_SIGNALR;
export const isReal = CONNECTION_STRING !== undefined;

type Call = {
  /** Repeated where the value is a list. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the right one; null for none. */
  readonly token?: string | null;
};

export type Client = {
  readonly connection: HubConnection;
  readonly id: string;
  /** What came under `news`, in order. */
  readonly heard: unknown[];
  /** Set once it is over: what the service said, or null if it gave no reason. */
  readonly ended: { reason?: string | null };
};

/** The service, known by nothing but a connection string, and a hub that nobody else is on. */
export async function aService() {
  const given = CONNECTION_STRING ?? `Endpoint=${(await startSignalR()).endpoint};AccessKey=${ACCESS_KEY};`;
  const endpoint = fieldIn(given, 'Endpoint').replace(/\/$/, '');
  const accessKey = fieldIn(given, 'AccessKey');
  const hub = `conformance_${randomUUID().replaceAll('-', '')}`;
  const base = `${endpoint}/api/hubs/${hub}`;
  const tokenFor = (audience: string, claims: JWTPayload = {}, key = accessKey) =>
    new SignJWT({ exp: Math.floor(Date.now() / 1_000) + TOKEN_LIFETIME_SECONDS, ...claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setAudience(audience)
      .sign(new TextEncoder().encode(key));

  /** `path` below the hub, or from the root if it starts with `/api/`. */
  const call = async (method: string, path: string, { query, body, headers, token }: Call = {}) => {
    const url = new URL(path.startsWith('/api/') ? endpoint + path : base + path);
    const audience = url.href;
    for (const [name, value] of Object.entries({ 'api-version': API_VERSION, ...query })) {
      for (const one of [value].flat()) url.searchParams.append(name, one);
    }
    const shown = token === undefined ? await tokenFor(audience) : token;
    return fetch(url, {
      method,
      headers: {
        ...(shown === null ? {} : { authorization: `Bearer ${shown}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  };
  const statusOf = async (...args: Parameters<typeof call>) => (await call(...args)).status;

  const connect = async (userId?: string, hubName = hub): Promise<Client> => {
    const url = `${endpoint}/client/?hub=${hubName}`;
    const claims = userId === undefined ? {} : { 'asrs.s.uid': userId };
    const connection = new HubConnectionBuilder()
      .withUrl(url, { accessTokenFactory: () => tokenFor(url, claims) })
      .configureLogging(LogLevel.None)
      .build();
    const heard: unknown[] = [];
    const ended: Client['ended'] = {};
    connection.on('news', (...values: unknown[]) => heard.push(values.length === 1 ? values[0] : values));
    connection.onclose((error) => {
      ended.reason = error?.message ?? null;
    });
    onTestFinished(() => connection.stop());
    await connection.start();
    return { connection, id: connection.connectionId ?? '', heard, ended };
  };

  const send = async (path: string, value: unknown, query: Call['query'] = {}) =>
    statusOf('POST', `${path}/:send`, { query, body: { target: 'news', arguments: [value] } });
  return { endpoint, base, hub, tokenFor, call, statusOf, connect, send };
}

function fieldIn(connectionString: string, name: string): string {
  const value = new RegExp(`(?:^|;)${name}=([^;]+)`).exec(connectionString)?.[1];
  if (value === undefined) throw new Error(`VITRINE_CONFORMANCE_SIGNALR: expected ${name}=...`);
  return value;
}

/** What an answer says beside its body. */
export const statusAndCode = ({ status, headers }: Response) => [status, headers.get('x-ms-error-code')];

export const eventually = <T>(fact: () => T) =>
  expect.poll(fact, { timeout: FACT_WITHIN_MS, interval: LOOK_EVERY_MS });
