// Who means harm, to a server on this port of 127.0.0.1: thousands of sockets that never speak, requests that never end, and
// frames far over the limit. Arguments: port, request target of a WebSocket with {id} for nothing, how many of each.
//   attack -> attacking COUNT    all of them are there, and go on until stdin ends
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

const [port = '', target = '', count = '0'] = process.argv.slice(2);
const MOST = Number(count);
const AT_ONCE = 128;
const LORIS_EVERY_MS = 250;
const OVERSIZED_EVERY_MS = 20;
const FRAME_BYTES = 256 * 1024;
const UPGRADE = [
  `GET ${target} HTTP/1.1`,
  `Host: localhost:${port}`,
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '\r\n',
].join('\r\n');

/** Whatever the server does to it is right. */
async function opened(): Promise<Socket> {
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined).resume();
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  return socket;
}

async function many(make: (socket: Socket) => void): Promise<void> {
  let made = 0;
  const some = async () => {
    while (made < MOST) {
      made += 1;
      make(await opened());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}

/** One more header line now and then, for ever. */
function dawdle(socket: Socket): void {
  socket.write(`POST /api/signs HTTP/1.1\r\nHost: localhost:${port}\r\n`);
  const timer = setInterval(() => socket.write('x-more: of it\r\n'), LORIS_EVERY_MS);
  socket.once('close', () => clearInterval(timer));
}

/** A masked text frame that says it is longer than anything, and as much of it as goes down. */
async function shout(): Promise<void> {
  const socket = await opened();
  const head = Buffer.from([0x81, 0xff, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
  socket.write(UPGRADE);
  socket.once('data', () => socket.end(Buffer.concat([head, Buffer.alloc(FRAME_BYTES, 'x')])));
}

process.stdout.write('ready\n');
createInterface({ input: process.stdin })
  .on('close', () => process.exit(0))
  .on('line', async () => {
    await many(() => undefined);
    await many(dawdle);
    setInterval(() => void shout(), OVERSIZED_EVERY_MS);
    process.stdout.write(`attacking ${2 * MOST}\n`);
  });
