import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type HttpTransportType,
  type HubConnection,
  HubConnectionBuilder,
  LogLevel,
} from '@microsoft/signalr';
import { type JWTPayload, SignJWT } from 'jose';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { ACCESS_KEY, HUB, type OpenSignalROptions, openSignalR } from './open-signalr.ts';

export { ACCESS_KEY, HUB };

const API_VERSION = '2022-06-01';
const RECORD_END = '\x1e';

export type TestSignalR = Awaited<ReturnType<typeof startSignalR>>;

/** `databaseFile`: what was kept by an earlier start. */
type Options = Partial<OpenSignalROptions>;

export function newDatabaseFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-signalr-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'platform.db');
}

/** The service, for the time of a test. */
export async function startSignalR(options: Options = {}) {
  const signalR = await openSignalR({ ...options, databaseFile: options.databaseFile ?? newDatabaseFile() });
  onTestFinished(signalR.stop);
  return signalR;
}

/** The unmodified client, sent on by the app's negotiate; not started. */
export function buildClient(
  { endpoint }: { endpoint: string },
  userId?: string,
  reconnectMs?: number[],
  transport?: HttpTransportType,
) {
  const query = userId === undefined ? '' : `?user=${encodeURIComponent(userId)}`;
  const builder = new HubConnectionBuilder()
    .withUrl(`${endpoint}/app${query}`, transport === undefined ? {} : { transport })
    .configureLogging(LogLevel.None);
  const client = (reconnectMs === undefined ? builder : builder.withAutomaticReconnect(reconnectMs)).build();
  onTestFinished(() => client.stop());
  return client;
}

/** A started client of a user and what it hears under `news`. */
export async function connectClient(signalR: { endpoint: string }, userId?: string) {
  const client = buildClient(signalR, userId);
  const heard = heardBy(client);
  await client.start();
  return { client, heard };
}

export function heardBy(client: HubConnection): unknown[] {
  const heard: unknown[] = [];
  client.on('news', (value: unknown) => heard.push(value));
  return heard;
}

/** A token as somebody else would make it. */
export function tokenFor(
  audience: string,
  claims: Record<string, unknown> = {},
  key = ACCESS_KEY,
): Promise<string> {
  return new SignJWT({ exp: Math.floor(Date.now() / 1_000) + 60, ...claims } as JWTPayload)
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(audience)
    .sign(new TextEncoder().encode(key));
}

/** Calls the data plane as an SDK does. */
export async function callDataPlane(
  { endpoint }: { endpoint: string },
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  const [pathname = '', query] = path.split('?');
  const audience = `${endpoint}/api/hubs/${HUB}${pathname}`;
  const token = await tokenFor(audience);
  return fetch(`${audience}?api-version=${API_VERSION}${query === undefined ? '' : `&${query}`}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

/** A client by hand, past negotiate: says nothing by itself, keeps every frame it gets. */
export async function connectByHand({ service }: Pick<TestSignalR, 'service'>, userId?: string) {
  const { url, accessToken } = await service.connectionInfo({
    hub: HUB,
    ...(userId === undefined ? {} : { userId }),
  });
  const webSocket = new WebSocket(url.replace('http', 'ws'), {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const frames: string[] = [];
  webSocket.on('message', (data) => frames.push(data.toString()));
  const closed = new Promise<number>((resolve) => webSocket.once('close', resolve));
  onTestFinished(() => webSocket.terminate());
  await new Promise((resolve, reject) => webSocket.once('open', resolve).once('error', reject));
  return {
    webSocket,
    frames,
    closed,
    say: (...messages: object[]) =>
      webSocket.send(messages.map((message) => JSON.stringify(message) + RECORD_END).join('')),
    /** All records so far, whatever frames they came in. */
    records: (): unknown[] =>
      frames.flatMap((frame) =>
        frame
          .split(RECORD_END)
          .filter(Boolean)
          .map((record) => JSON.parse(record)),
      ),
  };
}

export const HANDSHAKE = { protocol: 'json', version: 1 };

/** A fact to wait for: soon true here, and given time where the machine is busy. */
export const eventually = <T>(fact: () => T) => expect.poll(fact, { timeout: 10_000, interval: 5 });
