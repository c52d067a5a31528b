import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import {
  createSignalRService,
  type SignalRServiceOptions,
} from '../../cloud/local/signalr/create-signalr-service.ts';
import type { SignalRConnectionEvent } from '../../cloud/local/signalr/signalr-message.ts';
import { openPlatformDatabase } from '../../cloud/local/state/open-platform-database.ts';
import { createUserGroups } from '../../cloud/local/state/user-groups.ts';

export const ACCESS_KEY = 'bm90LWEtc2VjcmV0LWp1c3QtYS10ZXN0LWtleQ==';
export const HUB = 'signs';

export type OpenSignalROptions = Partial<
  Pick<SignalRServiceOptions, 'limits' | 'now' | 'onConnectionEvent'>
> & {
  readonly databaseFile: string;
  /** For a restart in the same place. */
  readonly port?: number;
  /** Of what a proxy between client and service does not let through. */
  readonly withheld?: readonly ('WebSockets' | 'ServerSentEvents')[];
  /** For the tokens that the app gives out. */
  readonly negotiate?: (service: ReturnType<typeof createSignalRService>, userId?: string) => Promise<object>;
};

/** How a client of the service came in, or asked. */
export type Use = 'WebSockets' | 'ServerSentEvents' | 'LongPolling';

/** The service on a real port, and a function app that has nothing but `negotiate`, by redirect as in Azure. Any page may ask it. */
export async function openSignalR(options: OpenSignalROptions) {
  const { databaseFile, withheld = [] } = options;
  const database = openPlatformDatabase(databaseFile);
  const events: SignalRConnectionEvent[] = [];
  const uses: Use[] = [];
  let endpoint = '';
  const service = createSignalRService({
    accessKey: ACCESS_KEY,
    endpoint: () => endpoint,
    userGroups: createUserGroups(database),
    onConnectionEvent: async (event) => {
      events.push(event);
    },
    log: pino({ enabled: false }),
    now: Date.now,
    ...options,
  });
  const negotiate =
    options.negotiate ??
    ((_service, userId) => service.connectionInfo({ hub: HUB, ...(userId === undefined ? {} : { userId }) }));
  const server = createServer(async (request, response) => {
    const isEvents = request.headers.accept === 'text/event-stream';
    if (isEvents && withheld.includes('ServerSentEvents')) return void response.writeHead(502).end();
    if (request.method === 'GET') uses.push(isEvents ? 'ServerSentEvents' : 'LongPolling');
    if (service.handleRequest(request, response)) return;
    const asked = new URL(`http://app${request.url}`);
    if (asked.pathname !== '/app/negotiate') return void response.writeHead(404).end();
    const headers = {
      'content-type': 'application/json',
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-credentials': 'true',
      // A client that comes back still shows the token it had.
      'access-control-allow-headers': 'authorization, content-type, x-requested-with, x-signalr-user-agent',
    };
    if (request.method === 'OPTIONS') return void response.writeHead(204, headers).end();
    const info = await negotiate(service, asked.searchParams.get('user') ?? undefined);
    response.writeHead(200, headers).end(JSON.stringify(info));
  });
  const upgraded: IncomingMessage['socket'][] = [];
  server.on('upgrade', (request, socket, head) => {
    upgraded.push(request.socket);
    if (withheld.includes('WebSockets')) return void socket.destroy();
    uses.push('WebSockets');
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
  return { service, endpoint, port, databaseFile, events, uses, upgraded, stop };
}
