import { once } from 'node:events';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { TlsCertificate } from '../../../../cloud/local/web/create-web-server.ts';
import { startWebFront } from '../../../../cloud/local/web/start-web-front.ts';
import { anAuthority } from '../../../support/own-certificates.ts';
import { aSignPage } from '../../../support/sign-page.ts';

/** A front for the network, here on the loopback address, with certificates for `localhost` and `shop.example`. */
async function aTlsFront(page: string) {
  const authority = await anAuthority();
  const shown: Record<string, TlsCertificate> = {
    localhost: await authority.issue(['localhost', '127.0.0.1']),
    'shop.example': await authority.issue(['shop.example']),
  };
  let renewed = () => {};
  const front = await startWebFront({
    hosts: ['127.0.0.1'],
    port: 0,
    names: () => ['shop.example'],
    certificates: {
      shownTo: (name = 'localhost') => shown[name] ?? shown.localhost ?? shownNothing(),
      onChange: (listener) => {
        renewed = listener;
      },
    },
    signPage: page,
    routePrefix: 'api',
    functions: async (request, response) => void response.end(`functions ${request.url}`),
    signalR: { handleRequest: () => false, handleUpgrade: () => false },
    log: pino({ level: 'silent' }),
  });
  return {
    port: front.port,
    authority,
    async renew() {
      const before = shown.localhost;
      shown.localhost = await authority.issue(['localhost', '127.0.0.1']);
      renewed();
      return { before, after: shown.localhost };
    },
    [Symbol.asyncDispose]: front.close,
  };
}

function shownNothing(): never {
  throw new Error('no certificate');
}

type Front = Awaited<ReturnType<typeof aTlsFront>>;

async function tlsTo(front: Front, servername: string): Promise<TLSSocket> {
  const socket = connectTls({ port: front.port, host: '127.0.0.1', servername, ca: front.authority.caPem });
  await once(socket, 'secureConnect');
  return socket;
}

async function get(front: Front, path: string, headers = {}) {
  const { port } = front;
  const ca = front.authority.caPem;
  const request = httpsRequest({
    host: 'localhost',
    servername: 'localhost',
    port,
    path,
    headers,
    ca,
    agent: false,
  });
  request.end();
  const [response] = await once(request, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

async function plain(port: number, words: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(words);
  return text(socket);
}

test('the page comes by TLS, may reach its own server by TLS only, and binds no name to TLS for ever', async () => {
  using page = aSignPage();
  await using front = await aTlsFront(page.folder);
  const { status, headers } = await get(front, '/', { host: `shop.example:${front.port}` });
  expect(status).toBe(200);
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain(` https://shop.example:${front.port} wss://shop.example:${front.port}`);
  expect(policy).toContain(` wss://localhost:${front.port}`);
  expect(policy).not.toMatch(/\b(http|ws):\/\//);
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  expect(headers).not.toHaveProperty('strict-transport-security');
});

test('a page whose site was pointed at us (DNS rebinding) is turned away', async () => {
  using page = aSignPage();
  await using front = await aTlsFront(page.folder);
  const asked = async (host: string) => (await get(front, '/api/x', { host })).status;
  expect(await asked(`evil.example:${front.port}`)).toBe(421);
  expect(await asked(`shop.example:${front.port}`)).toBe(200);
  expect(await asked('shop.example')).toBe(421);
});

test('a browser that forgot the s is sent on; what would be sent in the clear is not asked for again', async () => {
  using page = aSignPage();
  await using front = await aTlsFront(page.folder);
  const host = `Host: localhost:${front.port}`;
  const sent = await plain(front.port, `GET /sign?x=1 HTTP/1.1\r\n${host}\r\n\r\n`);
  expect(sent).toMatch(/^HTTP\/1\.1 308 /);
  expect(sent).toContain(`location: https://localhost:${front.port}/sign?x=1\r\n`);
  const posted = await plain(
    front.port,
    `POST /api/x?code=secret HTTP/1.1\r\n${host}\r\nContent-Length: 2\r\n\r\n{}`,
  );
  expect(posted).toMatch(/^HTTP\/1\.1 400 [\s\S]*speaks HTTPS only/);
  expect(posted).not.toContain('location:');
});

test('nobody is sent on to a name that is not ours, and garbage is told that it is', async () => {
  using page = aSignPage();
  await using front = await aTlsFront(page.folder);
  const foreign = await plain(front.port, 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n');
  expect(foreign).toMatch(/^HTTP\/1\.1 400 /);
  expect(foreign).not.toContain('evil.example');
  expect(await plain(front.port, `GET //evil.example HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  expect(await plain(front.port, '\x00\x01\x02\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
});

test('who names a server is shown its certificate, who names none the usual one', async () => {
  using page = aSignPage();
  await using front = await aTlsFront(page.folder);
  for (const name of ['localhost', 'shop.example']) {
    const socket = await tlsTo(front, name);
    expect([name, socket.authorized]).toEqual([name, true]);
    socket.destroy();
  }
});

test('names that nobody can have are shown the usual certificate', async () => {
  using page = aSignPage();
  await using front = await aTlsFront(page.folder);
  for (const name of ['no_such.example', `${'a'.repeat(63)}.example`, 'xn--', '-.-']) {
    const socket = await tlsTo(front, name).catch((error: NodeJS.ErrnoException) => error.code);
    expect([name, socket]).toEqual([name, 'ERR_TLS_CERT_ALTNAME_INVALID']);
  }
});

test('a renewed certificate is shown from then on, and who is connected stays', async () => {
  using page = aSignPage();
  await using front = await aTlsFront(page.folder);
  const early = await tlsTo(front, 'localhost');
  const first = early.getPeerX509Certificate()?.fingerprint256;
  await front.renew();
  const late = await tlsTo(front, 'localhost');
  expect(late.getPeerX509Certificate()?.fingerprint256).not.toBe(first);
  late.destroy();
  early.write(`GET /api/still HTTP/1.1\r\nHost: localhost:${front.port}\r\nConnection: close\r\n\r\n`);
  expect(await text(early)).toContain('functions /api/still');
});

test('hundreds that connect and say nothing, or stop in the middle of a handshake, keep nobody out', async () => {
  using page = aSignPage();
  await using front = await aTlsFront(page.folder);
  const halfOpen = Array.from({ length: 300 }, (_, index) => {
    const socket = connect(front.port, '127.0.0.1');
    socket.on('error', () => {});
    if (index % 2 === 0) socket.write(Buffer.from([0x16, 0x03, 0x01]));
    return socket;
  });
  await Promise.all(halfOpen.map((socket) => once(socket, 'connect')));
  expect((await get(front, '/api/x')).body).toBe('functions /api/x');
  for (const socket of halfOpen) socket.destroy();
});
