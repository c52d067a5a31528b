import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { HostError } from '../host-error.ts';
import { consoleFile, isConsole } from './console-path.ts';
import { createHttpServer, createHttpsServer, type TlsCertificates } from './create-web-server.ts';
import { createKnownHost } from './known-host.ts';
import { listen } from './listen.ts';
import { pageHeaders } from './page-headers.ts';
import { answerPlainHttp } from './plain-http.ts';
import { type Page, servePage } from './serve-page.ts';
import { writePlain } from './write-plain.ts';

/** Answers and connections still there this long after close began are cut. */
const CLOSE_WITHIN_MS = 15_000;
/** A port that is free on one address may be taken on another. */
const PORT_TRIES = 5;
const FULL_TOLD_EVERY_MS = 60_000;

const HTTP_PORT = 80;
const HTTPS_PORT = 443;
const MISDIRECTED = 421;

/** Takes what is addressed to it and says so; what it leaves goes on to the next. */
export type WebSocketService = {
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
};

export type WebFrontOptions = {
  /** The addresses to listen on, all on one port. */
  readonly hosts: readonly string[];
  /** 0 takes any free port. */
  readonly port: number;
  /** Names and addresses, besides the local ones, by which this server is called. Asked anew for each request. */
  readonly names: () => readonly string[];
  /** With them it speaks TLS only. */
  readonly certificates?: TlsCertificates | undefined;
  /** The built sign page. It may be missing, or appear later. */
  readonly signPage: string;
  /** The built console, served below `/console`. */
  readonly consolePage?: string | undefined;
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
  const { names, certificates, log } = options;
  const usualPort = certificates === undefined ? HTTP_PORT : HTTPS_PORT;
  const { servers, port } = await listenOnAll(options);

  // The rules need the port. Nobody is heard before the next turn of the event loop.
  const isKnownHost = createKnownHost({ names, port, usualPort });
  const answer = createAnswer(options, port);
  const sockets = new Set<Socket>();
  /** Nothing was asked over them so far; Node does not count them as idle. */
  const silent = new Set<Socket>();
  let fullToldAt = Number.NEGATIVE_INFINITY;
  for (const server of servers) {
    if (isHttps(server)) answerPlainHttp(server, isKnownHost);
    server.prependListener('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    server.on(isHttps(server) ? 'secureConnection' : 'connection', (socket: Socket) => {
      silent.add(socket);
      socket.once('close', () => silent.delete(socket));
    });
    server.on('drop', () => {
      if (performance.now() - fullToldAt < FULL_TOLD_EVERY_MS) return;
      fullToldAt = performance.now();
      log.warn({ connections: sockets.size }, 'too many connections: new ones are refused');
    });
    server.on('request', (request, response) => {
      silent.delete(request.socket);
      response.once('close', () => {
        if (!server.listening) server.closeIdleConnections();
      });
      if (isKnownHost(request)) answer(request, response);
      else writePlain(response, MISDIRECTED, 'This server does not go by that name');
    });
    server.on('upgrade', (request, socket, head) => {
      silent.delete(request.socket);
      socket.on('error', () => socket.destroy());
      if (!isKnownHost(request)) refuseUpgrade(socket, '421 Misdirected Request');
      else if (!options.signalR.handleUpgrade(request, socket, head)) refuseUpgrade(socket, '404 Not Found');
    });
  }

  const close = async () => {
    const listening = servers.filter((server) => server.listening);
    const closed = listening.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const socket of silent) socket.destroy();
    const cut = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, CLOSE_WITHIN_MS);
    await Promise.all(closed);
    clearTimeout(cut);
  };
  return { port, close };
}

type WebServer = Server | HttpsServer;
const isHttps = (server: WebServer): server is HttpsServer => 'setSecureContext' in server;

async function listenOnAll(
  options: WebFrontOptions,
  triesLeft = PORT_TRIES,
): Promise<{ readonly servers: readonly WebServer[]; readonly port: number }> {
  const { hosts, certificates } = options;
  const servers: WebServer[] = [];
  let { port } = options;
  try {
    for (const host of hosts) {
      const server = certificates === undefined ? createHttpServer() : createHttpsServer(certificates);
      port = await listen(server, { host, port, option: '--http-port' });
      servers.push(server);
    }
    return { servers, port };
  } catch (error) {
    for (const server of servers) server.close();
    const isTaken = error instanceof HostError && error.code === 'ERR_PORT_TAKEN';
    if (options.port !== 0 || !isTaken || triesLeft <= 1) throw error;
    return listenOnAll(options, triesLeft - 1);
  }
}

function createAnswer(
  { functions, signalR, signPage, consolePage, routePrefix, certificates, log }: WebFrontOptions,
  port: number,
): RequestListener {
  const isSecure = certificates !== undefined;
  const isForFunctions = belowPrefix(routePrefix);
  const pageAt = (url: string): Page =>
    consolePage !== undefined && isConsole(url)
      ? { folder: consolePage, fileOf: consoleFile }
      : { folder: signPage, fileOf: (path) => path };
  const headersFor = ({ headers }: IncomingMessage) =>
    pageHeaders({ isSecure, host: headers.host ?? '' }, port);
  return (request, response) => {
    if (!request.url?.startsWith('/')) return writePlain(response, 400, 'Bad request');
    if (signalR.handleRequest(request, response)) return;
    const answered = isForFunctions(request.url)
      ? functions(request, response)
      : servePage(request, response, pageAt(request.url), headersFor(request));
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

/** Who is refused and does not hang up is not waited for. */
function refuseUpgrade(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
