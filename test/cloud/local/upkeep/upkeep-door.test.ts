import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askRunningCloud } from '../../../../cloud/local/upkeep/ask-running-cloud.ts';
import { aDataFolder } from '../../../support/data-folder.ts';

const HEARD_WITHIN_MS = 200;

/** Another program on the port of a cloud that was killed. */
async function foreigner(onSocket: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.dispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const web = createHttpServer((_, response) =>
  response.writeHead(404, { 'content-type': 'application/json' }).end('{"code":"NotFound","message":"no"}'),
);

test.each<[string, (socket: Socket) => void]>([
  ['says nothing', () => {}],
  ['speaks first', (socket) => socket.write('SSH-2.0-x\r\n')],
  ['hangs up', (socket) => socket.destroy()],
  ['serves the web', (socket) => web.emit('connection', socket)],
  ['answers without an end', (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n{')],
])(
  'a cloud that was killed is not taken for one that runs where a program that %s has its port',
  async (_, does) => {
    using data = aDataFolder();
    using other = await foreigner(does);
    writeFileSync(join(data.folder, 'upkeep.json'), JSON.stringify({ port: other.port, key: 'k' }));
    expect(await askRunningCloud(data.folder, HEARD_WITHIN_MS)).toBeUndefined();
  },
);

test('a back-up may take longer than it takes to be heard', async () => {
  using data = aDataFolder();
  await using upkeep = await data.start();
  const made = Promise.all([1, 2, 3].map(() => upkeep.backUp('asked')));
  expect(await askRunningCloud(data.folder, HEARD_WITHIN_MS)).toMatchObject({ manifest: { why: 'asked' } });
  expect(await made).toHaveLength(3);
});

test('a cloud that cannot hear its owner counts all the same, says so, and hears as soon as it can', async () => {
  using data = aDataFolder();
  // In the way, as a full disk would be.
  const inTheWay = join(data.folder, 'upkeep.json.unfinished');
  mkdirSync(inTheWay);
  await using upkeep = await data.start();
  expect(data.logged.join('')).toMatch(/no back-up can be asked for/);
  expect(await askRunningCloud(data.folder)).toBeUndefined();
  rmSync(inTheWay, { recursive: true });
  await upkeep.look();
  expect(await askRunningCloud(data.folder)).toMatchObject({ manifest: { why: 'asked' } });
});
