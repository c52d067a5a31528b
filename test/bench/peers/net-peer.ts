// The least that a server on Node's own sockets can spend: one Buffer, framed beforehand, written to each socket and no more.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { textFrame } from '../../../cloud/local/signalr/text-frame.ts';
import { FILL, servePeer } from './serve-peer.ts';

const BACKLOG = 4096;
const text = `${JSON.stringify({ type: 1, target: 'snapshot', arguments: [{ content: FILL }] })}\x1e`;

const sockets: Duplex[] = [];
const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false });
const server = createServer();
server.on('upgrade', (request, socket, head) => {
  upgrades.handleUpgrade(request, socket, head, () => {
    sockets.push(socket);
    socket.on('close', () => sockets.splice(sockets.indexOf(socket), 1));
  });
});
server.listen(0, '127.0.0.1', BACKLOG, () => {
  const frame = textFrame(text);
  servePeer({
    port: (server.address() as AddressInfo).port,
    messageBytes: Buffer.byteLength(text),
    publish() {
      for (const socket of sockets) socket.write(frame);
    },
  });
});
