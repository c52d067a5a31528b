// socket.io as its documentation has it: a room, WebSockets without compression.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { FILL, servePeer } from './serve-peer.ts';

const BACKLOG = 4096;
const ROOM = 'everywhere';
/** As it stands in its frame: an Engine.IO message (4), a Socket.IO event (2). */
const framed = `42${JSON.stringify(['snapshot', { content: FILL }])}`;

const server = createServer();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false });
io.on('connection', (socket) => void socket.join(ROOM));
server.listen(0, '127.0.0.1', BACKLOG, () => {
  servePeer({
    port: (server.address() as AddressInfo).port,
    messageBytes: Buffer.byteLength(framed),
    publish: () => io.to(ROOM).emit('snapshot', { content: FILL }),
  });
});
