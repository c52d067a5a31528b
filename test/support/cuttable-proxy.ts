import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect, createServer as createWire, type Server, type Socket } from 'node:net';

/** A cable to one port: when it is cut nothing passes, and nobody is told. */
export type CuttableWire = AsyncDisposable & { readonly port: number; cut(): void; mend(): void };

/** An HTTP proxy (RFC 9110 section 7.3.2 and CONNECT) at the end of such a cable. */
export type CuttableProxy = AsyncDisposable & { readonly url: string; cut(): void; mend(): void };

export async function startCuttableWire(toPort: number): Promise<CuttableWire> {
  const sockets = heldSockets();
  let isCut = false;
  const server = createWire((near) => {
    const far = sockets.hold(connect(toPort, '127.0.0.1'));
    // What has passed one end waits at the other. Whose end came while it was cut, nobody is told of until it is mended.
    const pass = (from: Socket, to: Socket) =>
      from.on('data', (bytes) => to.write(bytes)).on('close', () => isCut || to.destroy());
    pass(sockets.hold(near), far);
    pass(far, near);
    if (isCut) for (const socket of [near, far]) socket.pause();
  });
  return {
    port: await listening(server),
    cut() {
      isCut = true;
      for (const socket of sockets.all) socket.pause();
    },
    mend() {
      isCut = false;
      for (const socket of sockets.all) socket.resume();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.all) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export async function startCuttableProxy(): Promise<CuttableProxy> {
  const sockets = heldSockets();
  const server = createServer((asked, answer) => {
    const { method, headers, url = '' } = asked;
    const onwards = request(url, { method, headers, agent: false }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onwards.on('socket', sockets.hold).on('error', () => answer.destroy());
    asked.pipe(onwards);
  });
  server.on('connection', sockets.hold);
  server.on('connect', ({ url = '' }, near: Socket) => {
    const { hostname, port } = new URL(`http://${url}`);
    const far = sockets.hold(connect(Number(port), hostname));
    far.once('connect', () => near.write('HTTP/1.1 200 OK\r\n\r\n'));
    near.on('data', (bytes) => far.write(bytes)).on('close', () => far.destroy());
    far.on('data', (bytes) => near.write(bytes)).on('close', () => near.destroy());
  });
  // A server of HTTP reads on from its own sockets whenever it likes: the cable is one of its own.
  const wire = await startCuttableWire(await listening(server));
  return {
    url: `http://127.0.0.1:${wire.port}`,
    cut: wire.cut,
    mend: wire.mend,
    async [Symbol.asyncDispose]() {
      await wire[Symbol.asyncDispose]();
      for (const socket of sockets.all) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function heldSockets(): { readonly all: ReadonlySet<Socket>; hold(this: void, socket: Socket): Socket } {
  const all = new Set<Socket>();
  return {
    all,
    hold(socket) {
      all.add(socket);
      return socket.on('error', () => socket.destroy()).on('close', () => all.delete(socket));
    },
  };
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
