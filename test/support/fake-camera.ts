import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CAMERA_USER = 'counter';
export const CAMERA_PASSWORD = 'a pass word';

/** A camera that answers who logs in by HTTP Digest (RFC 7616, MD5, qop auth), and nobody else. */
export type FakeCamera = {
  readonly url: string;
  /** What it answers from now on. */
  says(body: string): void;
  /** How often it has answered. */
  answers(): number;
  [Symbol.asyncDispose](): Promise<void>;
};

const REALM = 'AXIS_00408CAC512B';
const NONCE = 'b7f1e2a94c0d';

export async function startFakeCamera(path: string, contentType: string): Promise<FakeCamera> {
  let body = '';
  let answers = 0;
  const server = createServer((request, response) => {
    if (!isLogin(request.headers.authorization, request.url ?? '')) {
      const challenge = `Digest realm="${REALM}", nonce="${NONCE}", algorithm=MD5, qop="auth"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
      return;
    }
    if (request.url !== path) {
      response.writeHead(404).end();
      return;
    }
    answers += 1;
    response.writeHead(200, { 'content-type': contentType }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    says: (text) => {
      body = text;
    },
    answers: () => answers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function isLogin(authorization = '', url: string): boolean {
  const field = (name: string) => new RegExp(`\\b${name}="?([^",]+)"?`).exec(authorization)?.[1] ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const secret = md5(`${CAMERA_USER}:${REALM}:${CAMERA_PASSWORD}`);
  const expected = md5([secret, NONCE, field('nc'), field('cnonce'), 'auth', md5(`GET:${url}`)].join(':'));
  return authorization.startsWith('Digest ') && field('uri') === url && field('response') === expected;
}
