// Plain `ws` at its best: one Buffer for all, no compression.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { FILL, servePeer } from './serve-peer.ts';

const BACKLOG = 4096;
const text = `${JSON.stringify({ type: 1, target: 'snapshot', arguments: [{ content: FILL }] })}\x1e`;

const clients: WebSocket[] = [];
const server = createServer();
new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false }).on(
  'connection',
  (webSocket) => {
    clients.push(webSocket);
    webSocket.on('close', () => clients.splice(clients.indexOf(webSocket), 1));
  },
);
server.listen(0, '127.0.0.1', BACKLOG, () => {
  const message = Buffer.from(text);
  servePeer({
    port: (server.address() as AddressInfo).port,
    messageBytes: message.length,
    publish() {
      for (const webSocket of clients) webSocket.send(message, { binary: false });
    },
  });
});
