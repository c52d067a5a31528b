import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import {
  connectByHand,
  eventually,
  HANDSHAKE,
  HUB,
  startSignalR,
  type TestSignalR,
} from '../../../../support/signalr.ts';

const NEVER_MS = 3_600_000;
const patient = { keepAliveMs: NEVER_MS, clientTimeoutMs: NEVER_MS, handshakeMs: NEVER_MS };
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const TEXT = 0x81;
const CLOSE = 0x88;
const PING = 0x89;

/** A frame whose mask changes nothing. */
const frame = (first: number, payload: string | Buffer = '') =>
  Buffer.concat([Buffer.from([first, 0x80 | payload.length, 0, 0, 0, 0]), Buffer.from(payload)]);
/** What comes before a long text. */
const frameHead = (bytes: number) => Buffer.from([TEXT, 0xfe, bytes >> 8, bytes & 0xff]);
const MESSAGE_BYTES = 1_000;
const SHAKE = frame(TEXT, `${JSON.stringify(HANDSHAKE)}\x1e`);

/** A client down to its socket: asks for the upgrade, with `more` in the same breath. */
async function connectRaw(
  { service, port }: TestSignalR,
  {
    method = 'GET',
    version = '13',
    key = KEY,
    upgrade = 'websocket',
    more = Buffer.alloc(0),
    staysOpen = false,
  } = {},
) {
  const { accessToken } = await service.connectionInfo({ hub: HUB });
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: staysOpen });
  onTestFinished(() => void socket.destroy());
  const heard = { bytes: Buffer.alloc(0), isOver: false };
  socket.on('data', (bytes) => {
    heard.bytes = Buffer.concat([heard.bytes, bytes]);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    heard.isOver = true;
  });
  const lines = [
    `${method} /client/?hub=${HUB} HTTP/1.1`,
    `host: localhost:${port}`,
    'connection: upgrade',
    `upgrade: ${upgrade}`,
    `sec-websocket-version: ${version}`,
    `sec-websocket-key: ${key}`,
    `authorization: Bearer ${accessToken}`,
  ];
  socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), more]));
  const text = () => heard.bytes.toString('latin1');
  return { socket, heard, text, after: () => heard.bytes.subarray(text().indexOf('\r\n\r\n') + 4) };
}

test.for([
  [{ method: 'POST' }, 405],
  [{ version: '12' }, 400],
  [{ key: 'short' }, 400],
  [{ upgrade: 'h2c' }, 400],
] as const)('a request with %j is no WebSocket and answered %i', async ([wrong, status]) => {
  const { text, heard } = await connectRaw(await startSignalR(), wrong);
  await eventually(() => heard.isOver).toBe(true);
  expect(text()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

test('a client that does not wait for the answer is understood all the same', async () => {
  const { text, after } = await connectRaw(await startSignalR(), { more: SHAKE });
  await eventually(() => after().toString('latin1')).toBe('\x81\x03{}\x1e');
  const accepted = createHash('sha1').update(`${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  expect(text()).toContain(`HTTP/1.1 101 Switching Protocols\r\n`);
  expect(text()).toContain(`Sec-WebSocket-Accept: ${accepted}\r\n`);
});

test('a ping is answered with what it carried', async () => {
  const byHand = await connectByHand(await startSignalR());
  const pongs: string[] = [];
  byHand.webSocket.on('pong', (data) => pongs.push(data.toString()));
  byHand.webSocket.ping('are you there');
  await eventually(() => pongs).toEqual(['are you there']);
});

test.for([
  ['has no mask', Buffer.from([TEXT, 0]), 1002, 'Invalid WebSocket frame: MASK must be set'],
  ['is longer than a message may be', frameHead(MESSAGE_BYTES + 1), 1009, 'Max payload size exceeded'],
  ['is no text', frame(TEXT, Buffer.from([0xff])), 1007, 'Invalid WebSocket frame: invalid UTF-8 sequence'],
] as const)('a frame that %s ends the connection, and the app is told why', async ([, sent, code, error]) => {
  const limits = { ...patient, beatMs: 10, closeWaitMs: 50, clientMessageBytes: MESSAGE_BYTES };
  const signalR = await startSignalR({ limits });
  const { socket, after, heard } = await connectRaw(signalR, { more: SHAKE });
  await eventually(() => after().length).toBe(5);
  socket.write(sent);
  await eventually(() => heard.isOver).toBe(true);
  expect(after().subarray(5)).toEqual(Buffer.from([CLOSE, 2, code >> 8, code & 0xff]));
  await eventually(() => signalR.events.at(-1)).toMatchObject({ event: 'disconnected', error });
});

test.for(['closes', 'hangs up', 'sends no more'])('a client that %s is gone', async (how) => {
  const signalR = await startSignalR({ limits: patient });
  const { socket, after, heard } = await connectRaw(signalR, { more: SHAKE });
  await eventually(() => after().length).toBe(5);
  if (how === 'closes') socket.write(frame(CLOSE, ''));
  if (how === 'hangs up') socket.destroy();
  if (how === 'sends no more') socket.end();
  await eventually(() => heard.isOver).toBe(true);
  await eventually(() => signalR.events.at(-1)).toMatchObject({
    event: 'disconnected',
    error: how === 'closes' ? undefined : 'The connection was lost.',
  });
});

test('a client that closes and stays is not waited for for long', async () => {
  const signalR = await startSignalR({ limits: { ...patient, closeWaitMs: 50 } });
  const { socket, after } = await connectRaw(signalR, { more: SHAKE, staysOpen: true });
  await eventually(() => after().length).toBe(5);
  socket.write(frame(CLOSE));
  await eventually(() => signalR.events.at(-1)).toMatchObject({ event: 'disconnected', error: undefined });
  expect(signalR.upgraded[0]?.destroyed).toBe(true);
});

test('a client that pings and never reads is cut', async () => {
  const signalR = await startSignalR({ limits: patient });
  const { socket, after } = await connectRaw(signalR, { more: SHAKE });
  await eventually(() => after().length).toBe(5);
  socket.pause();
  const pings = Buffer.concat(Array(1_000).fill(frame(PING, 'x'.repeat(125))));
  await eventually(() => {
    if (!socket.destroyed && socket.writableLength < 10_000_000) socket.write(pings);
    return signalR.events.at(-1)?.event;
  }).toBe('disconnected');
  expect(signalR.upgraded[0]?.destroyed).toBe(true);
});
