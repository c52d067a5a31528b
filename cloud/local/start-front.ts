import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { FunctionsHost } from './functions-host/start-functions-host.ts';
import { localAuthority } from './listen-address.ts';
import type { PlatformDatabase } from './open-data-folder.ts';
import { createSignalRService, type SignalRService } from './signalr/create-signalr-service.ts';
import { createUserGroups } from './state/user-groups.ts';
import type { Started } from './stop-local-cloud.ts';
import { startWebFront } from './web/start-web-front.ts';
import { writePlain } from './web/write-plain.ts';

/** Page and functions speak plain HTTP, which never leaves this machine. */
const HTTP_HOST = '127.0.0.1';

export type FrontOptions = {
  readonly database: PlatformDatabase;
  readonly accessKey: string;
  readonly httpPort: number;
  readonly signPage: string;
  readonly routePrefix: string;
  /** The app is loaded after its servers; calls of its functions are told to come again until then. */
  readonly app: Promise<FunctionsHost>;
  readonly log: Logger;
  readonly now: () => number;
};

/** Starts the SignalR service and the HTTP server it shares with functions and page. Rejects with a HostError. */
export async function startFront(
  options: FrontOptions,
  started: Started,
): Promise<{ readonly httpUrl: string; readonly signalR: SignalRService }> {
  const { app, log } = options;
  let httpUrl = '';
  const signalR = createSignalRService({
    ...options,
    endpoint: () => httpUrl,
    userGroups: createUserGroups(options.database),
    onConnectionEvent: async (event) => (await app).onConnectionEvent(event),
  });
  started.signalR = signalR;

  const web = await startWebFront({
    host: HTTP_HOST,
    port: options.httpPort,
    names: [],
    signPage: resolve(options.signPage),
    routePrefix: options.routePrefix,
    functions: async (request, response) => {
      if (started.functions) await started.functions.handleHttp(request, response);
      else writePlain(response, 503, 'Starting', { 'retry-after': '1' });
    },
    signalR,
    log,
  });
  started.web = web;
  httpUrl = `http://${localAuthority(HTTP_HOST, web.port)}`;
  return { httpUrl, signalR };
}
