import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { createKnownHost } from './known-host.ts';
import { listen } from './listen.ts';
import { pageHeaders } from './page-headers.ts';
import { servePage } from './serve-page.ts';
import { writePlain } from './write-plain.ts';

const MAX_HEADER_BYTES = 16 * 1024;
const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;
/** Answers and connections still there this long after close began are cut. */
const CLOSE_WITHIN_MS = 15_000;

const MISDIRECTED = 421;

/** Takes what is addressed to it and says so; what it leaves goes on to the next. */
export type WebSocketService = {
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
};

export type WebFrontOptions = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Names and addresses, besides the local ones, by which this server is called. */
  readonly names: readonly string[];
  /** The built sign page. It may be missing, or appear later. */
  readonly signPage: string;
  /** Without slashes; what is below it goes to the functions. */
  readonly routePrefix: string;
  readonly functions: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly signalR: WebSocketService;
  readonly log: Logger;
};

export type WebFront = {
  readonly port: number;
  /** Stops listening at once; resolves when the last connection has ended, WebSockets included. */
  readonly close: () => Promise<void>;
};

/**
 * The one HTTP server of the embedded cloud: SignalR, functions, and the sign's page. Rejects with a HostError,
 * ERR_PORT_TAKEN or ERR_ADDRESS.
 */
export async function startWebFront(options: WebFrontOptions): Promise<WebFront> {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: HEADERS_WITHIN_MS,
    requestTimeout: REQUEST_WITHIN_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  const port = await listen(server, { host: options.host, port: options.port, option: '--http-port' });

  // The rules need the port. Nobody is heard before the next turn of the event loop.
  const isKnownHost = createKnownHost(options.names, port);
  const answer = createAnswer(options, pageHeaders(port));
  const upgraded = new Set<Duplex>();
  server.on('request', (request, response) => {
    response.once('close', () => {
      if (!server.listening) server.closeIdleConnections();
    });
    if (isKnownHost(request)) answer(request, response);
    else writePlain(response, MISDIRECTED, 'This server does not go by that name');
  });
  server.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    socket.on('error', () => socket.destroy());
    if (!isKnownHost(request)) refuseUpgrade(socket, '421 Misdirected Request');
    else if (!options.signalR.handleUpgrade(request, socket, head)) refuseUpgrade(socket, '404 Not Found');
  });

  const close = async () => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const cut = setTimeout(() => {
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
    }, CLOSE_WITHIN_MS);
    await closed;
    clearTimeout(cut);
  };
  return { port, close };
}

function createAnswer(
  { functions, signalR, signPage, routePrefix, log }: WebFrontOptions,
  headers: Readonly<Record<string, string>>,
): RequestListener {
  const isForFunctions = belowPrefix(routePrefix);
  return (request, response) => {
    if (!request.url?.startsWith('/')) return writePlain(response, 400, 'Bad request');
    if (signalR.handleRequest(request, response)) return;
    const answered = isForFunctions(request.url)
      ? functions(request, response)
      : servePage(request, response, signPage, headers);
    answered.catch((error) => {
      log.debug({ err: error }, 'an answer could not be given to its end');
      response.destroy();
    });
  };
}

/** Routes have no case on Azure. */
function belowPrefix(routePrefix: string): (url: string) => boolean {
  const prefix = routePrefix === '' ? '/' : `/${routePrefix}/`.toLowerCase();
  return (url) => url.slice(0, prefix.length).toLowerCase() === prefix;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
