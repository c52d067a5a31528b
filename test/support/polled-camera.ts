import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

async function listening(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const CAMERA_LOGIN = { user: 'counter', password: 'correct horse "battery"' };

type CameraBehaviour = {
  /** What it asks for. */
  asks?: 'nothing' | 'basic' | 'MD5' | 'SHA-256' | 'digest without qop' | 'Negotiate';
  /** How many requests a nonce is good for. */
  usesPerNonce?: number;
  /** Whether it says that a nonce ran out, or only that the login is wrong. */
  saysStale?: boolean;
  body?: () => string | Buffer;
  contentType?: string;
  instead?: (request: IncomingMessage, response: ServerResponse) => boolean;
};

export type PolledCamera = Awaited<ReturnType<typeof startCamera>>;

/** A camera that answers only whoever proves to know its login, as RFC 7616 says. */
export async function startCamera(behaviour: CameraBehaviour = {}) {
  const { asks = 'nothing', usesPerNonce = Number.POSITIVE_INFINITY, saysStale = true } = behaviour;
  let [nonce, used] = [randomUUID(), 0];
  const seen: { readonly authorization: string | undefined; readonly status: number }[] = [];

  const challenge = (stale: boolean) => {
    if (asks === 'basic') return 'Basic realm="camera"';
    if (asks === 'Negotiate') return 'Negotiate';
    const common = `realm="camera, hall", nonce="${nonce}", opaque="o"${stale && saysStale ? ', stale=TRUE' : ''}`;
    if (asks === 'digest without qop') return `Digest ${common}`;
    const md5 = `Digest ${common}, algorithm=MD5, qop="auth,auth-int"`;
    return asks === 'MD5'
      ? `Basic realm="camera", ${md5}`
      : `${md5}, Digest ${common}, algorithm=SHA-256, qop="auth"`;
  };

  const verdict = (request: IncomingMessage): 'yes' | 'no' | 'stale' => {
    const { authorization = '' } = request.headers;
    if (asks === 'nothing') return 'yes';
    if (asks === 'basic') {
      const expected = Buffer.from(`${CAMERA_LOGIN.user}:${CAMERA_LOGIN.password}`).toString('base64');
      return authorization === `Basic ${expected}` ? 'yes' : 'no';
    }
    const said = Object.fromEntries(
      [...authorization.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name, quoted, plain]) => [
        name,
        quoted ?? plain,
      ]),
    );
    const hash = (text: string) =>
      createHash(asks === 'SHA-256' ? 'sha256' : 'md5')
        .update(text)
        .digest('hex');
    const secret = hash(`${CAMERA_LOGIN.user}:camera, hall:${CAMERA_LOGIN.password}`);
    const wanted = hash(`GET:${request.url}`);
    const middle = asks === 'digest without qop' ? '' : `:${said.nc}:${said.cnonce}:${said.qop}`;
    const isRight =
      said.uri === request.url &&
      said.opaque === 'o' &&
      said.response === hash(`${secret}:${said.nonce}${middle}:${wanted}`);
    if (!isRight) return 'no';
    if (said.nonce !== nonce || used >= usesPerNonce) return 'stale';
    used += 1;
    const isCounted = asks === 'digest without qop' || Number.parseInt(said.nc ?? '', 16) === used;
    return isCounted ? 'yes' : 'no';
  };

  const server = await listening((request, response) => {
    if (behaviour.instead?.(request, response)) return;
    const known = verdict(request);
    const { authorization } = request.headers;
    seen.push({ authorization, status: known === 'yes' ? 200 : 401 });
    if (known === 'yes') {
      const { body = () => '{"in": 1, "out": 0}', contentType = 'application/json' } = behaviour;
      response.writeHead(200, { 'content-type': contentType }).end(body());
      return;
    }
    [nonce, used] = [randomUUID(), 0];
    response.writeHead(401, { 'www-authenticate': challenge(known === 'stale') }).end('no');
  });
  return { ...server, url: `${server.url}/local/people-counter/.api?live-sum.json`, seen };
}

export type Ingested = {
  readonly path: string;
  readonly key: string;
  readonly type: string;
  readonly ageMs: number;
  readonly body: Buffer;
};

/** The cloud's `ingest`. `status`: what it answers, in turn; the last stays. */
export async function startIngest(...status: readonly number[]) {
  const asked: Ingested[] = [];
  const server = await listening(async (request, response) => {
    const body = await buffer(request);
    const code = status[Math.min(asked.length, status.length - 1)] ?? 202;
    asked.push({
      path: `${request.method} ${request.url}`,
      key: String(request.headers['x-api-key']),
      type: String(request.headers['content-type']),
      ageMs: Number(request.headers['x-vitrine-age-ms']),
      body,
    });
    response.writeHead(code).end('{}');
  });
  return { ...server, asked };
}
