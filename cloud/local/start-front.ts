import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { namesForOthers, shownCertificate } from './certificates/shown-certificate.ts';
import type { Certificates } from './certificates/start-certificates.ts';
import type { FunctionsHost } from './functions-host/start-functions-host.ts';
import { authorityOf, hostsOf, isLoopback, localName } from './listen-address.ts';
import type { PlatformDatabase } from './open-data-folder.ts';
import { createHttpUpstream } from './signalr/create-http-upstream.ts';
import { createSignalRService, type SignalRService } from './signalr/create-signalr-service.ts';
import type { SignalRConnectionEvent } from './signalr/signalr-message.ts';
import { createUserGroups } from './state/user-groups.ts';
import type { Started } from './stop-local-cloud.ts';
import { startWebFront } from './web/start-web-front.ts';
import { writePlain } from './web/write-plain.ts';

export type FrontOptions = {
  readonly database: PlatformDatabase;
  readonly accessKey: string;
  /** Plain HTTP on a loopback address, which never leaves this machine; TLS on any other. */
  readonly host: string;
  readonly certificates: Certificates;
  readonly httpPort: number;
  readonly signPage: string;
  readonly consolePage?: string | undefined;
  readonly routePrefix: string;
  /** Where connections are told of by HTTP, as the service does on Azure; else to the app, in this process. */
  readonly signalRUpstream?: string | undefined;
  /** The app is loaded after its servers; calls of its functions are told to come again until then. */
  readonly app: Promise<FunctionsHost>;
  readonly log: Logger;
  readonly now: () => number;
};

export type StartedFront = {
  /** How this machine calls it. */
  readonly httpUrl: string;
  /** How others call it, best first; none where it is for this machine alone. */
  readonly networkUrls: readonly string[];
  readonly signalR: SignalRService;
};

/**
 * Starts the SignalR service and the HTTP server it shares with functions and page. Rejects with a HostError. Signs
 * are told to connect where they negotiated, which is where they can.
 */
export async function startFront(options: FrontOptions, started: Started): Promise<StartedFront> {
  const { host, certificates, log } = options;
  const isLocal = isLoopback(host);
  const scheme = isLocal ? 'http' : 'https';
  const asked = new AsyncLocalStorage<string>();
  /** The web front has checked the Host header. */
  const within = <T>({ headers }: IncomingMessage, work: () => T): T =>
    headers.host === undefined ? work() : asked.run(`${scheme}://${headers.host}`, work);
  let httpUrl = '';
  const signalR = createSignalRService({
    ...options,
    endpoint: () => asked.getStore() ?? httpUrl,
    userGroups: createUserGroups(options.database),
    onConnectionEvent: connectionEvents(options, started),
  });
  started.signalR = signalR;

  const web = await startWebFront({
    hosts: hostsOf(host),
    port: options.httpPort,
    names: isLocal ? () => [] : certificates.names,
    certificates: isLocal
      ? undefined
      : { shownTo: (name) => shownCertificate(certificates, name), onChange: certificates.onChange },
    signPage: resolve(options.signPage),
    consolePage: options.consolePage === undefined ? undefined : resolve(options.consolePage),
    routePrefix: options.routePrefix,
    functions: (request, response) =>
      within(request, async () => {
        if (started.functions) await started.functions.handleHttp(request, response);
        else writePlain(response, 503, 'Starting', { 'retry-after': '1' });
      }),
    signalR: {
      handleRequest: (request, response) => within(request, () => signalR.handleRequest(request, response)),
      handleUpgrade: (request, socket, head) =>
        within(request, () => signalR.handleUpgrade(request, socket, head)),
    },
    log,
  });
  started.web = web;
  httpUrl = `${scheme}://${authorityOf(localName(host), web.port)}`;
  const networkUrls = isLocal
    ? []
    : namesForOthers(certificates).map((name) => `${scheme}://${authorityOf(name, web.port)}`);
  return { httpUrl, networkUrls, signalR };
}

function connectionEvents(
  { app, signalRUpstream: template, accessKey, log }: FrontOptions,
  started: Started,
): (event: SignalRConnectionEvent) => Promise<void> {
  if (template === undefined) return async (event) => (await app).onConnectionEvent(event);
  const ending = new AbortController();
  started.undo.push(() => ending.abort());
  return createHttpUpstream({ template, accessKeys: [accessKey], log, signal: ending.signal });
}
