// What native/sign-clients.c does, for machines without a C compiler: the same lines, a few times dearer.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

const CONNECTING_AT_ONCE = 256;
const HANDSHAKE = '{"protocol":"json","version":1}\x1e';
const PING = '{"type":6}\x1e';

let [kind, messageBytes, deliveries, step, told] = ['ws', 0, 0, 0, 0];
let clients: { readonly webSocket: WebSocket; heard: number }[] = [];
let closing = false;

const say = (line: string) => process.stdout.write(`${line}\n`);
const fail = (why: string) => {
  process.stderr.write(`${why}\n`);
  process.exit(1);
};

function connect(url: string): Promise<void> {
  return new Promise((resolve) => {
    const webSocket = new WebSocket(url, { perMessageDeflate: false });
    const client = { webSocket, heard: 0 };
    clients.push(client);
    webSocket.on('error', ({ message }) => fail(message));
    webSocket.on('close', (code) => {
      if (!closing) fail(`a client lost its connection: ${code}`);
    });
    webSocket.on('open', () => {
      if (kind === 'ws') resolve();
      if (kind === 'signalr') webSocket.send(HANDSHAKE);
    });
    webSocket.on('message', (data: Buffer) => {
      if (data.length >= messageBytes) return count(client, data.length);
      const text = data.toString();
      if (kind === 'socket.io' && text.startsWith('0')) webSocket.send('40');
      if (kind === 'socket.io' && text === '2') webSocket.send('3');
      if (text.startsWith('{}') || text.startsWith('40')) resolve();
    });
  });
}

function count(client: { heard: number }, bytes: number): void {
  if (bytes % messageBytes !== 0) fail(`a frame of ${bytes} bytes is no row of messages`);
  client.heard += bytes / messageBytes;
  deliveries += bytes / messageBytes;
  while (step > 0 && deliveries - told >= step) {
    told += step;
    say(`got ${told}`);
  }
}

async function connectAll(port: string, targets: readonly string[]): Promise<void> {
  [clients, deliveries, told] = [[], 0, 0];
  closing = false;
  let next = 0;
  const some = async () => {
    while (next < targets.length) await connect(`ws://localhost:${port}${targets[next++]}`);
  };
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, some));
  say(`connected ${clients.length}`);
}

createInterface({ input: process.stdin })
  .on('close', () => process.exit(0))
  .on('line', (line) => {
    const [verb, ...words] = line.split(' ');
    if (verb === 'connect') {
      const [port = '', bytes = '', file = ''] = words.slice(1);
      [kind, messageBytes] = [words[0] ?? '', Number(bytes)];
      void connectAll(port, readFileSync(file, 'utf8').trim().split('\n'));
    } else if (verb === 'step') {
      [step, told] = [Number(words[0]), deliveries];
    } else if (verb === 'keepalive') {
      if (kind === 'signalr') for (const { webSocket } of clients) webSocket.send(PING);
      say('kept');
    } else if (verb === 'spread') {
      const heard = clients.map((client) => client.heard);
      say(`spread ${heard.reduce((a, b) => Math.min(a, b))} ${heard.reduce((a, b) => Math.max(a, b))}`);
    } else if (verb === 'close') {
      closing = true;
      for (const { webSocket } of clients) webSocket.terminate();
      say('closed');
    }
  });
