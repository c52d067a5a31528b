import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { SignalRLimits } from '../signalr-limits.ts';
import { WebSocketTransport } from './web-socket-transport.ts';

/** Told at once of each handshake that is one; any other was answered, and is over. */
export type Accepted = (transport: WebSocketTransport) => void;

/** Makes WebSockets of HTTP requests, as RFC 6455 has it. */
export function createUpgrade(limits: SignalRLimits) {
  const settings = {
    noServer: true,
    clientTracking: false,
    // Our frames go past `ws` to the socket, which is right only without it; and it costs eight times the time.
    perMessageDeflate: false,
    maxPayload: limits.clientMessageBytes,
    // For who answers no closing frame. Not among the published types yet.
    closeTimeout: limits.closeWaitMs,
  };
  const server = new WebSocketServer(settings);
  return (request: IncomingMessage, stream: Duplex, head: Buffer, accepted: Accepted): void => {
    server.handleUpgrade(request, stream, head, (webSocket) => {
      accepted(new WebSocketTransport(webSocket, stream));
    });
  };
}

export function refuseUpgrade(
  stream: Duplex,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  const lines = Object.entries({ connection: 'close', 'content-length': '0', ...headers });
  stream.once('finish', () => stream.destroy());
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n` +
      `${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
}
