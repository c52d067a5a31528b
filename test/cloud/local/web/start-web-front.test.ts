import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { startWebFront, type WebFrontOptions } from '../../../../cloud/local/web/start-web-front.ts';
import { aSignPage, SECRET } from '../../../support/sign-page.ts';

const say = (response: ServerResponse, words: string) => void response.end(words);
const isSignalR = ({ url }: IncomingMessage) => /^\/(client|api\/hubs)\//.test(url ?? '');

/** A web front before services that only say who was asked. */
async function aFront(page: string, options: Partial<WebFrontOptions> = {}) {
  const front = await startWebFront({
    hosts: ['127.0.0.1'],
    port: 0,
    names: () => [],
    signPage: page,
    routePrefix: 'api',
    functions: async (request, response) => say(response, `functions ${request.url}`),
    signalR: {
      handleRequest(request, response) {
        if (isSignalR(request)) say(response, `signalR ${request.url}`);
        return isSignalR(request);
      },
      handleUpgrade(request: IncomingMessage, socket: Duplex) {
        if (isSignalR(request)) socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
        return isSignalR(request);
      },
    },
    log: pino({ level: 'silent' }),
    ...options,
  });
  return { ...front, url: `http://127.0.0.1:${front.port}`, [Symbol.asyncDispose]: front.close };
}

/** The answer to a request exactly as written, unlike `fetch`, which tidies paths. */
async function raw(port: number, head: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${head}\r\nConnection: close\r\n\r\n`);
  return text(socket);
}

async function statusFor(port: number, host: string): Promise<number> {
  const answer = await raw(port, `GET /api/x HTTP/1.1\r\nHost: ${host}`);
  return Number(answer.split(' ', 2)[1]);
}

describe('a path leads', () => {
  test.each([
    ['/client/?hub=vitrine', 'signalR'],
    ['/client/negotiate?hub=vitrine', 'signalR'],
    ['/api/hubs/vitrine/:send', 'signalR'],
    ['/api/health', 'functions'],
    ['/API/health', 'functions'],
  ])('from %s to the %s', async (path, who) => {
    using page = aSignPage();
    await using front = await aFront(page.folder);
    expect(await (await fetch(front.url + path)).text()).toBe(`${who} ${path}`);
  });

  test('from / to the sign, which may only run and reach its own', async () => {
    using page = aSignPage();
    await using front = await aFront(page.folder);
    const response = await fetch(front.url);
    expect(await response.text()).toContain('<title>Sign</title>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const origins = ['localhost', '127.0.0.1'].map(
      (name) => `http://${name}:${front.port} ws://${name}:${front.port}`,
    );
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        `connect-src 'self' ${origins.join(' ')}; manifest-src 'self'; worker-src 'self'; ` +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  test('to hashed files that are kept for ever, and to bytes where the type is not known', async () => {
    using page = aSignPage();
    await using front = await aFront(page.folder);
    const script = await fetch(`${front.url}/assets/sign-a1b2.js?x=1`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toContain('immutable');
    const strange = await fetch(`${front.url}/assets/strange.exe`);
    expect(strange.headers.get('content-type')).toBe('application/octet-stream');
  });
});

describe('the page', () => {
  test('answers HEAD without a body and refuses to be written', async () => {
    using page = aSignPage();
    await using front = await aFront(page.folder);
    const head = await fetch(front.url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '34', '']);
    expect((await fetch(front.url, { method: 'PUT', body: 'x' })).status).toBe(405);
  });

  test('that is not built says what to do, and the rest of the cloud works', async () => {
    await using front = await aFront('/nowhere/dist/sign');
    const response = await fetch(front.url);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
    expect((await fetch(`${front.url}/api/health`)).status).toBe(200);
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/up/secret.txt',
    '/link.txt',
    '/%00',
    '//etc/passwd',
  ])('has nothing at %s', async (path) => {
    using page = aSignPage();
    await using front = await aFront(page.folder);
    const answer = await raw(front.port, `GET ${path} HTTP/1.1\r\nHost: localhost:${front.port}`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).not.toContain(SECRET);
  });
});

describe('a caller', () => {
  test('who names another server is turned away before anyone is asked', async () => {
    using page = aSignPage();
    await using front = await aFront(page.folder, { names: () => ['shop-pc.local', 'fd00::2'] });
    const { port } = front;
    const good = [
      `localhost:${port}`,
      `LOCALHOST:${port}`,
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
      `shop-pc.local:${port}`,
      `shop-pc.local.:${port}`,
      `[fd00:0:0::2]:${port}`,
    ];
    const bad = [
      'evil.example',
      `evil.example:${port}`,
      'localhost',
      `localhost:${port + 1}`,
      `localhost.evil.example:${port}`,
      `localhost:${port}.evil.example`,
      `evil.example@localhost:${port}`,
      `localhost:${port}/evil.example`,
      `localhost..:${port}`,
      `[::2]:${port}`,
      `192.168.7.7:${port}`,
      '',
    ];
    for (const host of good) expect([host, await statusFor(port, host)]).toEqual([host, 200]);
    for (const host of bad) expect([host, await statusFor(port, host)]).toEqual([host, 421]);
  });

  test('may not open a WebSocket under another name, or where there is none', async () => {
    using page = aSignPage();
    await using front = await aFront(page.folder);
    const upgrade = (host: string, path: string) =>
      raw(front.port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: upgrade`);
    const here = `localhost:${front.port}`;
    expect(await upgrade(here, '/client/?hub=vitrine')).toMatch(/^HTTP\/1\.1 101 /);
    expect(await upgrade('evil.example', '/client/?hub=vitrine')).toMatch(/^HTTP\/1\.1 421 /);
    expect(await upgrade(here, '/api/health')).toMatch(/^HTTP\/1\.1 404 /);
  });

  test('who asks for an address instead of a path is refused', async () => {
    using page = aSignPage();
    await using front = await aFront(page.folder);
    const answer = await raw(
      front.port,
      `GET http://evil.example/api/x HTTP/1.1\r\nHost: localhost:${front.port}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});

test('a port that is taken is named, with the option that changes it', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await expect(aFront('/nowhere', { port })).rejects.toMatchObject({
    code: 'ERR_PORT_TAKEN',
    message: expect.stringMatching(new RegExp(`${port}.*--http-port`)),
  });
  other.close();
});

// Far less than what it would take until the connection is cut.
const CLOSES_WITHIN_MS = 8_000;

test(
  'closing lets an answer under way be finished, then ends its connection',
  async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const front = await aFront('/nowhere', {
      functions: async (_request, response) => asked.resolve(response),
    });
    const answer = fetch(`${front.url}/api/slow`);
    const response = await asked.promise;
    const closed = front.close();
    response.end('in the end');
    expect(await (await answer).text()).toBe('in the end');
    await closed;
    await expect(fetch(`${front.url}/api/slow`)).rejects.toThrow();
  },
  CLOSES_WITHIN_MS,
);

test(
  'closing does not wait for a connection over which nothing was ever asked',
  async () => {
    const front = await aFront('/nowhere');
    const silent = connect(front.port, '127.0.0.1');
    await once(silent, 'connect');
    const ended = once(silent, 'close');
    // Connections are accepted in their order: the silent one is there once this is answered.
    await (await fetch(`${front.url}/api/x`)).text();
    await front.close();
    await ended;
  },
  CLOSES_WITHIN_MS,
);
