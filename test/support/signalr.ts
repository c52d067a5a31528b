import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { type JWTPayload, SignJWT } from 'jose';
import { pino } from 'pino';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import {
  createSignalRService,
  type SignalRServiceOptions,
} from '../../cloud/local/signalr/create-signalr-service.ts';
import type { SignalRConnectionEvent } from '../../cloud/local/signalr/signalr-message.ts';
import { openPlatformDatabase } from '../../cloud/local/state/open-platform-database.ts';
import { createUserGroups } from '../../cloud/local/state/user-groups.ts';

export const ACCESS_KEY = 'bm90LWEtc2VjcmV0LWp1c3QtYS10ZXN0LWtleQ==';
export const HUB = 'signs';
const API_VERSION = '2022-06-01';
const RECORD_END = '\x1e';

export type TestSignalR = Awaited<ReturnType<typeof startSignalR>>;

type Options = Partial<Pick<SignalRServiceOptions, 'limits' | 'now' | 'onConnectionEvent'>> & {
  /** What was kept by an earlier start. */
  readonly databaseFile?: string;
  /** For a restart in the same place. */
  readonly port?: number;
};

export function newDatabaseFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-signalr-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'platform.db');
}

/** The service on a real port, and a function app that has nothing but `negotiate`, by redirect as in Azure. */
export async function startSignalR(options: Options = {}) {
  const databaseFile = options.databaseFile ?? newDatabaseFile();
  const database = openPlatformDatabase(databaseFile);
  const events: SignalRConnectionEvent[] = [];
  const now = options.now ?? Date.now;
  let endpoint = '';
  const service = createSignalRService({
    accessKey: ACCESS_KEY,
    endpoint: () => endpoint,
    userGroups: createUserGroups(database),
    onConnectionEvent: async (event) => {
      events.push(event);
    },
    log: pino({ enabled: false }),
    now,
    ...options,
  });
  const server = createServer(async (request, response) => {
    if (service.handleRequest(request, response)) return;
    const asked = new URL(`http://app${request.url}`);
    const userId = asked.searchParams.get('user');
    if (asked.pathname !== '/app/negotiate') return void response.writeHead(404).end();
    const info = await service.connectionInfo(userId === null ? { hub: HUB } : { hub: HUB, userId });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(info));
  });
  const upgraded: IncomingMessage['socket'][] = [];
  server.on('upgrade', (request, socket, head) => {
    upgraded.push(request.socket);
    if (!service.handleUpgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  endpoint = `http://localhost:${port}`;

  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      await service.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      database.close();
    })();
    return stopped;
  };
  onTestFinished(stop);
  return { service, endpoint, port, databaseFile, events, upgraded, stop };
}

/** The unmodified client, sent on by the app's negotiate; not started. */
export function buildClient({ endpoint }: { endpoint: string }, userId?: string, reconnectMs?: number[]) {
  const query = userId === undefined ? '' : `?user=${encodeURIComponent(userId)}`;
  const builder = new HubConnectionBuilder()
    .withUrl(`${endpoint}/app${query}`)
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
