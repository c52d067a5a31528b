import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { bodyWithin } from '../request-body.ts';
import type { Devices } from '../state/devices.ts';
import type { ConnectedDevices } from './connected-devices.ts';
import { errorAnswer, type HttpAnswer, send } from './http-answer.ts';
import type { HubAccess } from './hub-access.ts';
import { MAX_MESSAGE_BYTES } from './mqtt-session.ts';
import { BATCH_CONTENT_TYPE } from './posted-batch.ts';
import { type PostServices, takePost } from './posted-message.ts';
import { createRegistry } from './registry.ts';
import { createWebSocketDoor, type ToMqtt } from './web-socket-door.ts';

const MAX_HEADER_BYTES = 16 * 1024;
const MAX_IDENTITY_BYTES = 16 * 1024;
/** From the first byte to the token that says who asks. */
const KNOWN_WITHIN_MS = 10_000;
/** From then to the answer; longer than a commit may take. */
const ANSWERED_WITHIN_MS = 60_000;
/** The service's API has been the same for us in all of them. */
const API_VERSION = /^20\d\d-\d\d-\d\d(-preview)?$/;

export type HttpLimits = {
  readonly knownWithinMs?: number;
  readonly maxUnprovenWebSockets?: number;
};

export type HttpServices = PostServices & {
  readonly access: HubAccess;
  readonly devices: Devices;
  readonly connected: ConnectedDevices;
  readonly now: () => number;
  readonly toMqtt: ToMqtt;
  readonly limits?: HttpLimits | undefined;
  readonly log: Logger;
};

/** One HTTP connection: its limit of time, and whom to tell that it is no stranger. */
type Caller = { deadline: NodeJS.Timeout; readonly proven: () => void };

/** The hub's HTTP: the registry for services, messages from devices, and WebSockets. Gives what takes over a socket. */
export function createHttpService(services: HttpServices): (socket: Socket, proven: () => void) => void {
  const callers = new WeakMap<Socket, Caller>();
  const known = (socket: Socket) => {
    const caller = callers.get(socket);
    if (caller === undefined) return;
    clearTimeout(caller.deadline);
    caller.deadline = setTimeout(() => socket.destroy(), ANSWERED_WITHIN_MS);
    caller.proven();
  };
  const answerTo = createRouter(services, known);
  const { knownWithinMs = KNOWN_WITHIN_MS, maxUnprovenWebSockets } = services.limits ?? {};
  const upgrade = createWebSocketDoor(services.toMqtt, maxUnprovenWebSockets);
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    respond(request, response, answerTo, services.log);
  });
  server.on('upgrade', (request, socket, head) => {
    const caller = callers.get(request.socket);
    const upgraded = upgrade(request, socket, head, caller?.proven ?? (() => {}));
    // From here on the limits of MQTT hold.
    if (upgraded) clearTimeout(caller?.deadline);
  });
  return (socket, proven) => {
    const caller = { deadline: setTimeout(() => socket.destroy(), knownWithinMs), proven };
    callers.set(socket, caller);
    socket.on('close', () => clearTimeout(caller.deadline));
    server.emit('connection', socket);
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answerTo: (request: IncomingMessage) => Promise<HttpAnswer>,
  log: Logger,
): Promise<void> {
  try {
    send(response, await answerTo(request));
  } catch (err) {
    // A request that broke off has nobody to answer.
    if (request.destroyed && !request.complete) return;
    log.error({ err }, 'request to the hub failed');
    send(response, errorAnswer('ServerError', 'unexpected failure'));
  }
}

function createRouter(services: HttpServices, known: (socket: Socket) => void) {
  const { access, connected, now, log } = services;
  const registry = createRegistry(services);
  const unauthorized = (why: string, path: readonly string[]) => {
    log.info({ why, path: path.join('/').slice(0, 256) }, 'request to the hub refused');
    return errorAnswer('IotHubUnauthorizedAccess', 'Unauthorized');
  };

  return async (request: IncomingMessage): Promise<HttpAnswer> => {
    const url = URL.parse(request.url ?? '', 'https://hub');
    const path = pathOf(url);
    if (url === null || path?.[0] !== 'devices') return errorAnswer('ResourceNotFound', 'no such resource');
    const [, deviceId, ...rest] = path;
    if (!API_VERSION.test(url.searchParams.get('api-version') ?? '')) {
      return errorAnswer('InvalidProtocolVersion', 'expected api-version=2021-04-12, or another date');
    }
    const { method = '', headers, rawHeaders } = request;
    const token = headers.authorization ?? '';

    if (deviceId !== undefined && rest.join('/') === 'messages/events' && method === 'POST') {
      const allowed = access.device(deviceId, token);
      if (!allowed.ok) return unauthorized(allowed.why, path);
      known(request.socket);
      const body = await bodyWithin(request, MAX_MESSAGE_BYTES);
      if (body === undefined) return errorAnswer('MessageTooLarge', `at most ${MAX_MESSAGE_BYTES} bytes`);
      const isBatch = headers['content-type']?.split(';')[0]?.trim().toLowerCase() === BATCH_CONTENT_TYPE;
      connected.active(deviceId, now());
      return takePost({ device: allowed.device, rawHeaders, isBatch, body }, services);
    }

    if (rest.length > 0) return errorAnswer('ResourceNotFound', 'no such resource');
    const allowed = access.registry(path, token, method === 'GET' ? 'read' : 'write');
    if (!allowed.ok) return unauthorized(allowed.why, path);
    known(request.socket);
    const body = await bodyWithin(request, MAX_IDENTITY_BYTES);
    if (body === undefined) return errorAnswer('ArgumentInvalid', `at most ${MAX_IDENTITY_BYTES} bytes`);
    return registry({
      method,
      deviceId,
      top: url.searchParams.get('top'),
      ifMatch: headers['if-match'],
      body,
    });
  };
}

/** The parts of the path, unescaped; undefined if that cannot be done. */
function pathOf(url: URL | null): readonly string[] | undefined {
  try {
    return url?.pathname.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
