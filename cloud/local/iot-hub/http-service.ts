import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Devices } from '../state/devices.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { ConnectedDevices } from './connected-devices.ts';
import { errorAnswer, type HttpAnswer, readBody, send } from './http-answer.ts';
import type { HubAccess } from './hub-access.ts';
import { MAX_MESSAGE_BYTES } from './mqtt-session.ts';
import { takePostedMessage } from './posted-message.ts';
import { createRegistry } from './registry.ts';
import type { StampEvent } from './stamp-event.ts';

const MAX_HEADER_BYTES = 16 * 1024;
const MAX_IDENTITY_BYTES = 16 * 1024;
/** Handshake done to answer sent; longer than a commit may take. */
const CONNECTION_WITHIN_MS = 60_000;

export type HttpServices = {
  readonly access: HubAccess;
  readonly devices: Devices;
  readonly connected: ConnectedDevices;
  readonly queue: CommitQueue;
  readonly stamp: StampEvent;
  readonly log: Logger;
};

/** The hub's HTTP: the registry for services, and single messages from devices. Gives what takes over a socket. */
export function createHttpService(services: HttpServices): (socket: Socket) => void {
  const answerTo = createRouter(services);
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    respond(request, response, answerTo, services.log);
  });
  return (socket) => {
    const deadline = setTimeout(() => socket.destroy(), CONNECTION_WITHIN_MS);
    socket.on('close', () => clearTimeout(deadline));
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

function createRouter({ access, devices, connected, queue, stamp, log }: HttpServices) {
  const registry = createRegistry(devices, connected);
  const unauthorized = (why: string, path: readonly string[]) => {
    log.info({ why, path: path.join('/') }, 'request to the hub refused');
    return errorAnswer('IotHubUnauthorizedAccess', 'Unauthorized');
  };

  return async (request: IncomingMessage): Promise<HttpAnswer> => {
    const url = URL.parse(request.url ?? '', 'https://hub');
    const path = url?.pathname.split('/').slice(1) ?? [];
    const [root, deviceId, ...rest] = path;
    if (url === null || root !== 'devices') return errorAnswer('ResourceNotFound', 'no such resource');
    if (!url.searchParams.has('api-version')) return errorAnswer('InvalidProtocolVersion', 'api-version?');
    const method = request.method ?? '';
    const token = request.headers.authorization ?? '';

    if (deviceId !== undefined && rest.join('/') === 'messages/events' && method === 'POST') {
      const allowed = access.device(deviceId, token);
      if (!allowed.ok) return unauthorized(allowed.why, path);
      const body = await readBody(request, MAX_MESSAGE_BYTES);
      if (body === undefined) return errorAnswer('MessageTooLarge', `at most ${MAX_MESSAGE_BYTES} bytes`);
      const { device } = allowed;
      return takePostedMessage({ device, rawHeaders: request.rawHeaders, body }, { queue, stamp });
    }

    if (rest.length > 0) return errorAnswer('ResourceNotFound', 'no such resource');
    const allowed = access.registry(path, token);
    if (!allowed.ok) return unauthorized(allowed.why, path);
    const body = await readBody(request, MAX_IDENTITY_BYTES);
    if (body === undefined) return errorAnswer('ArgumentInvalid', `at most ${MAX_IDENTITY_BYTES} bytes`);
    const ifMatch = request.headers['if-match'];
    return registry({ method, deviceId, top: url.searchParams.get('top'), ifMatch, body });
  };
}
