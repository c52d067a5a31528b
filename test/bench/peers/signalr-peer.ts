// The product's own service in a process of its own, told by `send` as the functions' output binding tells it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { HUB_NAME, HUB_TARGETS, signalRGroupOf } from '../../../cloud/contracts/hub-targets.ts';
import { createSignalRService } from '../../../cloud/local/signalr/create-signalr-service.ts';
import { FILL, servePeer } from './serve-peer.ts';

const BACKLOG = 4096;
const groupName = signalRGroupOf('everywhere');
const message = { target: HUB_TARGETS.snapshot, arguments: [{ content: FILL }], groupName };
const record = JSON.stringify({ type: 1, target: message.target, arguments: message.arguments });

let port = 0;
const service = createSignalRService({
  accessKey: process.argv[2] ?? '',
  endpoint: () => `http://localhost:${port}`,
  // Every sign is a user of its own, in one group, as in the product.
  userGroups: {
    add: async () => undefined,
    remove: async () => undefined,
    removeAll: async () => undefined,
    // A text of its own for each, as a database gives it.
    groupsOf: () => [Buffer.from(groupName).toString()],
    takeExpired: () => [],
  },
  onConnectionEvent: async () => undefined,
  log: pino({ level: 'error' }, pino.destination(2)),
  now: Date.now,
});
const server = createServer((request, response) => {
  if (!service.handleRequest(request, response)) response.writeHead(404).end();
});
server.on('upgrade', (request, socket, head) => service.handleUpgrade(request, socket, head));
server.listen(0, '127.0.0.1', BACKLOG, () => {
  port = (server.address() as AddressInfo).port;
  const messageBytes = Buffer.byteLength(record) + 1;
  servePeer({ port, messageBytes, publish: () => service.send(HUB_NAME, message) });
});
