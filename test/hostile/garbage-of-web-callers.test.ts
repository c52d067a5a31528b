import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterAll, describe, expect } from 'vitest';
import { answerClient } from '../../cloud/local/signalr/answer-client.ts';
import { LiveConnections } from '../../cloud/local/signalr/live-connections.ts';
import { NegotiatedIds } from '../../cloud/local/signalr/negotiated-ids.ts';
import { SIGNALR_LIMITS } from '../../cloud/local/signalr/signalr-limits.ts';
import { createAppQueries } from '../../cloud/local/signalr/visitors.ts';
import { fileInside } from '../../cloud/local/web/file-inside.ts';
import { createKnownHost } from '../../cloud/local/web/known-host.ts';
import { answerPlainHttp } from '../../cloud/local/web/plain-http.ts';
import { survivesGarbage } from '../support/garbage.ts';
import { heldRequest } from '../support/hostile-requests.ts';
import { HeldSocket } from '../support/hostile-socket.ts';
import { HUB } from '../support/open-signalr.ts';

const PORT = 7071;
const NAMES = ['vitrine.example', 'fd00::2'];
const KNOWN = ['localhost', '127.0.0.1', '[::1]', 'vitrine.example', '[fd00::2]'];

describe('who calls by HTTP', () => {
  const isKnownHost = createKnownHost({ names: () => NAMES, port: PORT, usualPort: 80 });
  survivesGarbage(
    'is known by the Host header alone',
    (bytes) => {
      const host = bytes.toString('latin1').toLowerCase();
      const { request } = heldRequest({ headers: { host } });
      if (isKnownHost(request) && !isOurs(host)) expect(host).toBe('refused');
    },
    ['localhost:7071', 'vitrine.example.:7071', '[::1]:7071', '[fd00:0:0::2]:7071', '127.0.0.1:07071'],
  );

  const folder = mkdtempSync(join(tmpdir(), 'vitrine-page-'));
  const page = join(folder, 'page');
  afterAll(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(page, 'assets'), { recursive: true });
  for (const file of ['secret.txt', 'page/index.html', 'page/.hidden', 'page/assets/sign-1.js']) {
    writeFileSync(join(folder, file), file);
  }
  symlinkSync('../../secret.txt', join(page, 'assets/link.txt'));
  survivesGarbage(
    'gets no file but those of the page',
    async (bytes) => {
      const found = await fileInside(page, bytes.toString());
      if (found.kind === 'no-folder') expect(found).toBe('there');
      if (found.kind === 'file' && !found.file.startsWith(page + sep)) expect(found.file).toBe('of the page');
      if (found.kind === 'file' && found.file.includes('hidden')) expect(found.file).toBe('to be seen');
    },
    [
      ...['/', '/index.html', '/assets/sign-1.js', '/.hidden', '/assets/link.txt'],
      ...['/../secret.txt', '/assets/%2e%2e/%2E%2E/secret.txt'],
    ],
  );

  // Without a certificate: what would go on to TLS is only noted.
  const server = createServer();
  server.removeAllListeners('connection');
  let onToTls: Duplex | undefined;
  server.on('connection', (socket: Duplex) => {
    onToTls = socket;
    socket.destroy();
  });
  answerPlainHttp(server, isKnownHost);
  survivesGarbage(
    'without TLS is told so, or not heard',
    async (bytes) => {
      if (bytes.length === 0) return;
      onToTls = undefined;
      const socket = new HeldSocket();
      server.emit('connection', socket);
      const answer = (await socket.saysLast(bytes)).toString('latin1');
      if ((onToTls === socket) !== (bytes[0] === TLS_HANDSHAKE)) expect(bytes[0]).toBe(TLS_HANDSHAKE);
      if (!/^(HTTP\/1\.1 (308|400|431|408) |$)/.test(answer)) expect(answer).toBe('a refusal');
      const location = /^location: https:\/\/([^/]*)/im.exec(answer)?.[1];
      if (location !== undefined && !isOurs(location.toLowerCase())) expect(location).toBe('this server');
    },
    [
      'GET /signs HTTP/1.1\r\nHost: localhost:7071\r\n\r\n',
      'POST /api HTTP/1.1\r\nHost: elsewhere\r\nContent-Length: 2\r\n\r\n{}',
    ],
  );
});

describe('who negotiates', () => {
  const limits = SIGNALR_LIMITS;
  survivesGarbage(
    'by its address',
    async (bytes) => {
      const ids = new NegotiatedIds(limits);
      const owner = { opened: () => undefined, ended: () => undefined, failed: () => undefined };
      const door = {
        tokens: {
          issue: () => Promise.reject(new Error('nobody is given a token here')),
          clientOf: async (_shown: unknown, hub: string) => ({ hub, userId: undefined, claims: {} }),
          allowsCall: async () => false,
        },
        ids,
        connections: new LiveConnections({ ids, limits, owner, now: Date.now }),
        limits,
        appQuery: createAppQueries(),
      };
      const url = `/client${printable(bytes)}`;
      const { request, response } = heldRequest({ method: 'POST', url });
      await answerClient(request, response, door);
      const { statusCode } = response;
      if (![200, 400, 404, 405].includes(statusCode)) expect(statusCode).toBe('an answer');
      const { connectionToken, message } = JSON.parse(response.said);
      const isGiven = statusCode === 200 && ids.unused === 1;
      if (isGiven ? message !== undefined : connectionToken !== undefined) expect(response.said).toBe('one');
    },
    [
      `/negotiate?hub=${HUB}&negotiateVersion=1`,
      `/negotiate?negotiateVersion=0&hub=${HUB}&asrs.op=%2Fsigns`,
      `/?hub=${HUB}&id=AAAA`,
    ],
  );
});

const TLS_HANDSHAKE = 0x16;

/** By the parts of it that a URL has. */
function isOurs(host: string): boolean {
  const url = /^[^/?#@\\]*$/.test(host) ? URL.parse(`http://${host}`) : null;
  const port = Number(url?.port || '80');
  return url !== null && port === PORT && KNOWN.includes(url.hostname.replace(/\.$/, ''));
}

/** Node takes no other bytes into an address. */
const printable = (bytes: Buffer) => bytes.toString('latin1').replaceAll(/[^!-~]/g, '!');
