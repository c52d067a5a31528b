import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** An HTTP proxy (RFC 9110 section 7.3.2 and CONNECT) whose cable can be pulled: nothing passes, and nobody is told. */
export type CuttableProxy = AsyncDisposable & { readonly url: string; cut(): void; mend(): void };

export async function startCuttableProxy(): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    if (isCut) socket.pause();
    return socket;
  };
  const server = createServer((asked, answer) => {
    const { method, headers, url = '' } = asked;
    const onwards = request(url, { method, headers, agent: false }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onwards.on('socket', hold).on('error', () => answer.destroy());
    asked.pipe(onwards);
  });
  server.on('connection', hold);
  server.on('connect', ({ url = '' }, near: Socket) => {
    const { hostname, port } = new URL(`http://${url}`);
    const far = hold(connect(Number(port), hostname));
    far.once('connect', () => near.write('HTTP/1.1 200 OK\r\n\r\n'));
    // What has passed one cable waits at the other.
    const pass = (from: Socket, to: Socket) =>
      from.on('data', (bytes) => to.write(bytes)).on('close', () => isCut || to.destroy());
    pass(near, far);
    pass(far, near);
    if (isCut) near.pause();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend() {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
