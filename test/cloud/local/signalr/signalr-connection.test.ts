import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SignalRConnection } from '../../../../cloud/local/signalr/signalr-connection.ts';
import { SIGNALR_LIMITS } from '../../../../cloud/local/signalr/signalr-limits.ts';
import { textFrame } from '../../../../cloud/local/signalr/text-frame.ts';

const PING = '{"type":6}\x1e';

/** A connection past its handshake whose time is only what the test lets pass. */
function anOpenConnection() {
  const webSocket = new EventEmitter() as WebSocket;
  Object.assign(webSocket, { readyState: WebSocket.OPEN, OPEN: WebSocket.OPEN, close: () => undefined });
  const stream = new PassThrough();
  const connection = new SignalRConnection({
    connectionId: 'c1',
    client: { hub: 'signs', userId: 'ana', claims: {} },
    query: {},
    webSocket,
    stream,
    owner: { opened: () => undefined, ended: () => undefined },
    limits: SIGNALR_LIMITS,
  });
  const hear = (text: string) => webSocket.emit('message', Buffer.from(text), false);
  const written = (): string => String(stream.read() ?? '');
  hear('{"protocol":"json","version":1}\x1e');
  written();
  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) connection.beat();
  };
  return { connection, webSocket, hear, written, pass };
}

test('a connection is pinged in the fifteenth second after the last that was sent', () => {
  const { connection, hear, written, pass } = anOpenConnection();
  pass(14);
  connection.send(textFrame('news'));
  written();
  pass(14);
  hear(PING);
  expect(written()).toBe('');
  pass(1);
  expect(written()).toContain(PING);
  pass(14);
  expect(written()).toBe('');
  pass(1);
  expect(written()).toContain(PING);
});

test('a connection is told to come back once nothing was heard for thirty seconds', () => {
  const { hear, written, pass } = anOpenConnection();
  pass(30);
  hear(PING);
  pass(30);
  expect(written()).not.toContain('"type":7');
  pass(1);
  expect(written()).toContain('{"type":7,"error":"Nothing was heard for 30000 ms.","allowReconnect":true}');
});

test('nothing is sent after the end was said, by us or by the client', () => {
  const ours = anOpenConnection();
  ours.connection.end({ error: 'replaced' });
  ours.written();
  ours.connection.send(textFrame('news'));
  expect(ours.written()).toBe('');

  const theirs = anOpenConnection();
  Object.assign(theirs.webSocket, { readyState: WebSocket.CLOSING });
  theirs.connection.send(textFrame('news'));
  theirs.connection.end({});
  expect(theirs.written()).toBe('');
});
