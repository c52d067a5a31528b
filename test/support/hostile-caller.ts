import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { generate } from 'mqtt-packet';
import { createCloudApi } from '../../cloud/client/cloud-api.ts';
import { identityOf, makeKeyPair } from '../../cloud/client/sign-identity.ts';
import { createSignIn } from '../../cloud/client/sign-in.ts';
import { type Device, sasTokenOf } from './device-credentials.ts';

const CALL_TIMEOUT_MS = 30_000;
/** More than this of an answer is of no interest. */
const KEPT_CHARACTERS = 4_096;
const WEB_SOCKET_KEY = 'AAAAAAAAAAAAAAAAAAAAAA==';

/** One connection by hand. */
export type Caller = {
  readonly socket: Socket;
  /** What came back, as far as it is of interest, one character a byte. */
  heard(): string;
  /** Whether the other side has closed it. */
  isOver(): boolean;
};

type Where = { readonly port: number; readonly caFile?: string };

/** With the file of an authority it speaks TLS. What is said to a closed connection is lost, and nobody minds. */
export async function call({ port, caFile }: Where, first: string | Buffer = ''): Promise<Caller> {
  const socket: Socket =
    caFile === undefined
      ? connect({ host: '127.0.0.1', port })
      : connectTls({ host: 'localhost', port, ca: readFileSync(caFile) });
  let heard = '';
  let isOver = false;
  socket.on('data', (bytes) => {
    if (heard.length < KEPT_CHARACTERS) heard += bytes.toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.once('close', () => {
    isOver = true;
  });
  await once(socket, caFile === undefined ? 'connect' : 'secureConnect');
  socket.write(first);
  return { socket, heard: () => heard, isOver: () => isOver };
}

type Headers = Readonly<Record<string, string>>;

/** An HTTP request as it stands on the wire: `POST /api/signs` and its headers. */
export const requestLines = (start: string, headers: Headers): string =>
  `${start} HTTP/1.1\r\n${headerLines(headers)}\r\n`;

export const headerLines = (headers: Headers): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

export const upgradeLines = (path: string, headers: Headers): string =>
  requestLines(`GET ${path}`, {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': WEB_SOCKET_KEY,
    ...headers,
  });

/** The CONNECT of a device that is let in. */
export const connectBytes = (device: Device): Buffer =>
  generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    keepalive: 0,
    clientId: device.id,
    username: `${device.hostName}/${device.id}/?api-version=2021-04-12`,
    password: Buffer.from(sasTokenOf(device)),
  });

/** What a sign is told of where to connect, and so may anybody who was let in once. */
export async function signedIn(httpUrl: string): Promise<{ readonly path: string; readonly token: string }> {
  const { signal } = new AbortController();
  const cloud = createCloudApi(httpUrl, { fetch: globalThis.fetch, timeoutMs: CALL_TIMEOUT_MS, signal });
  const { negotiated } = await createSignIn(cloud, await identityOf(await makeKeyPair()))();
  const { pathname, search } = new URL(negotiated.url);
  return { path: `${pathname}${search}`, token: negotiated.accessToken };
}
