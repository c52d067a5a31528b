import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { DeviceStream } from './device-stream.ts';
import { WebSocketStream } from './web-socket-stream.ts';

/** Where IoT Hub takes MQTT over WebSocket. */
const PATH = '/$iothub/websocket';
/** MQTT-6.0.0-3. */
const SUBPROTOCOL = 'mqtt';
/** One message of the largest size, and its topic; a frame may hold several packets, or a part of one. */
const MAX_FRAME_BYTES = 272 * 1024;
/** A frame is held whole before it is read, so fewer strangers at a time than over TLS. */
const MAX_UNPROVEN = 1_000;

/** Hands over the stream; the function it gets is to be called once the device is known. */
export type ToMqtt = (stream: DeviceStream, proven: () => void) => void;

/** Takes an HTTP request that asks to become a WebSocket, and says whether it did. Who is refused and does not hang up is not waited for. */
export function createWebSocketDoor(toMqtt: ToMqtt, maxUnproven = MAX_UNPROVEN) {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  const unproven = new Set<Duplex>();

  return (request: IncomingMessage, socket: Duplex, head: Buffer, proven: () => void): boolean => {
    const refusal = refusalOf(request, unproven.size < maxUnproven);
    if (refusal !== undefined) {
      socket.once('finish', () => socket.destroy());
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return false;
    }
    let upgraded = false;
    unproven.add(socket);
    socket.on('close', () => unproven.delete(socket));
    server.handleUpgrade(request, socket, head, (webSocket) => {
      upgraded = true;
      toMqtt(new WebSocketStream(webSocket), () => {
        unproven.delete(socket);
        proven();
      });
    });
    return upgraded;
  };
}

function refusalOf({ url, headers }: IncomingMessage, hasRoom: boolean): string | undefined {
  if (URL.parse(url ?? '', 'https://hub')?.pathname !== PATH) return '404 Not Found';
  const offered = headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
  if (!offered.includes(SUBPROTOCOL)) return '400 Bad Request';
  return hasRoom ? undefined : '503 Service Unavailable';
}
