import { expect, test } from 'vitest';
import { Outgoing } from '../../../../cloud/local/signalr/outgoing.ts';
import type { ConnectionTerms } from '../../../../cloud/local/signalr/service-tokens.ts';
import { SignalRConnection } from '../../../../cloud/local/signalr/signalr-connection.ts';
import { SIGNALR_LIMITS } from '../../../../cloud/local/signalr/signalr-limits.ts';

const PING = '{"type":6}\x1e';

/** A connection past its handshake whose time is only what the test lets pass. */
function anOpenConnection({
  needsPings = true,
  ...client
}: {
  readonly needsPings?: boolean;
  readonly terms?: ConnectionTerms;
} = {}) {
  const line = { sent: '', isAwaited: false, isEnded: false, waitingBytes: 0, fails: false };
  const failures: unknown[] = [];
  const ends: unknown[] = [];
  const connection = new SignalRConnection({
    connectionId: 'c1',
    connectionToken: undefined,
    client: { hub: 'signs', userId: 'ana', claims: {}, ...client },
    query: {},
    transport: {
      needsPings,
      get isAwaited() {
        return line.isAwaited;
      },
      get waitingBytes() {
        return line.waitingBytes;
      },
      start: () => undefined,
      send: ({ records }) => {
        if (line.fails) throw new Error('broken');
        line.sent += records;
      },
      dropWaiting: () => false,
      probe: () => undefined,
      answersProbe: false,
      end: () => {
        line.isEnded = true;
      },
      cut: () => {
        if (line.fails) throw new Error('cannot even be cut');
        line.isEnded = true;
      },
      beat: () => {
        if (line.fails) throw new Error('broken');
      },
    },
    owner: {
      opened: () => undefined,
      ended: (_connection, _wasOpen, error) => ends.push(error),
      failed: (_connection, cause) => failures.push(cause),
    },
    limits: SIGNALR_LIMITS,
  });
  const hear = (text: string) => connection.heard(text);
  const written = (): string => {
    const { sent } = line;
    line.sent = '';
    return sent;
  };
  let nowMs = 0;
  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      nowMs += 1_000;
      connection.beat(nowMs);
    }
  };
  hear('{"protocol":"json","version":1}\x1e');
  written();
  return { connection, line, hear, written, pass, failures, ends };
}

test('a connection is pinged in the fifteenth second after the last that was sent', () => {
  const { connection, hear, written, pass } = anOpenConnection();
  pass(14);
  connection.send(new Outgoing('news'));
  written();
  pass(14);
  hear(PING);
  expect(written()).toBe('');
  pass(1);
  expect(written()).toBe(PING);
  pass(14);
  expect(written()).toBe('');
  pass(1);
  expect(written()).toBe(PING);
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

test('a client that is waiting for an answer is there, and needs no pings', () => {
  const { line, written, pass } = anOpenConnection({ needsPings: false });
  line.isAwaited = true;
  pass(90);
  expect(written()).toBe('');
  line.isAwaited = false;
  pass(30);
  expect(written()).toBe('');
  pass(1);
  expect(written()).toContain('Nothing was heard for 30000 ms.');
});

test('a connection whose token says so is told to come back in the second in which the token is over', () => {
  const { written, pass, line } = anOpenConnection({ terms: { closesAtMs: 12_000 } });
  pass(11);
  expect(written()).toBe('');
  pass(1);
  expect(written()).toBe('{"type":7,"error":"The access token is over its time.","allowReconnect":true}\x1e');
  expect(line.isEnded).toBe(true);
});

test('nothing is sent after the end was said, by us or by the client', () => {
  const ours = anOpenConnection();
  ours.connection.end({ error: 'replaced' });
  ours.written();
  ours.connection.send(new Outgoing('news'));
  expect(ours.written()).toBe('');

  const theirs = anOpenConnection();
  theirs.connection.ending(undefined);
  theirs.connection.send(new Outgoing('news'));
  theirs.connection.end({});
  expect(theirs.written()).toBe('');
});

test.for(['send', 'beat', 'end', 'heard'] as const)(
  'a connection on which a step fails (%s) is over, said once, and nobody else has to catch it',
  (step) => {
    const { connection, line, failures, ends } = anOpenConnection();
    line.fails = true;
    if (step === 'send') connection.send(new Outgoing('news'));
    else if (step === 'beat') connection.beat(1_000);
    else if (step === 'end') connection.end({});
    else connection.heard('{"type":4,"invocationId":"1"}\x1e');
    expect(failures).toEqual([new Error('broken')]);
    expect(ends).toEqual(['The connection failed.']);
  },
);
