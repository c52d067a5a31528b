// aedes as it comes, over TLS: acknowledges first, keeps nothing. Given the files of a certificate and its key.
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { Aedes } from 'aedes';

const BACKLOG = 1024;

const [certFile = '', keyFile = ''] = process.argv.slice(2);
const broker = await Aedes.createBroker();
const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (socket) => {
  socket.setNoDelay(true);
  broker.handle(socket);
});
server.listen(0, '127.0.0.1', BACKLOG, () => {
  process.stdout.write(`listening ${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
