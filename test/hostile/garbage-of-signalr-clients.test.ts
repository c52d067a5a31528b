import { describe, expect } from 'vitest';
import { routesAt } from '../../cloud/local/signalr/data-plane-routes.ts';
import { hubName, hubOfApplication, isGroupName } from '../../cloud/local/signalr/names.ts';
import { payloadIn } from '../../cloud/local/signalr/payload-message.ts';
import { createServiceTokens } from '../../cloud/local/signalr/service-tokens.ts';
import { SignalRConnection } from '../../cloud/local/signalr/signalr-connection.ts';
import { SIGNALR_LIMITS } from '../../cloud/local/signalr/signalr-limits.ts';
import { survivesGarbage } from '../support/garbage.ts';
import { ACCESS_KEY, HUB } from '../support/open-signalr.ts';

const RECORD_END = '\x1e';
const HANDSHAKE = `{"protocol":"json","version":1}${RECORD_END}`;
const ENDPOINT = 'http://localhost:7071';
const NOW_MS = Date.UTC(2026, 10, 21, 12);
const json = (value: unknown) => JSON.stringify(value);

const tokens = createServiceTokens({
  accessKey: ACCESS_KEY,
  endpoint: () => ENDPOINT,
  now: () => NOW_MS,
});
const issued = await tokens.issue({ hub: HUB, userId: 'ana' });

describe('what a client of SignalR says', () => {
  survivesGarbage(
    'in its records',
    (bytes) => {
      const line = { sent: '', isOpen: false, isEnded: false };
      const connection = aConnection(line);
      const text = bytes.toString();
      connection.heard(text);
      for (const record of line.sent.split(RECORD_END).slice(0, -1)) JSON.parse(record);
      if (!line.sent.endsWith(RECORD_END) && line.sent !== '') expect(line.sent).toBe('whole records');
      if (line.isOpen !== opensWith(text)) expect(text).toBe('a handshake');
      // Who is neither let in nor sent away has said nothing.
      if (!line.isOpen && !line.isEnded) expect(text).toBe('answered');
    },
    [
      HANDSHAKE,
      `${HANDSHAKE}{"type":1,"invocationId":"7","target":"say","arguments":[1]}${RECORD_END}{"type":6}${RECORD_END}`,
      `${HANDSHAKE}{"type":7}${RECORD_END}`,
    ],
  );

  survivesGarbage(
    'as its token',
    async (bytes) => {
      const token = bytes.toString('latin1');
      const client = await tokens.clientOf({ token, host: 'localhost:7071' }, HUB);
      if (client !== undefined && !isSameToken(token, issued.accessToken)) expect(token).toBe('refused');
    },
    [issued.accessToken],
  );
});

describe('what an app says to SignalR', () => {
  survivesGarbage(
    'by its path',
    (bytes) => {
      const segments = decodedPath(bytes.toString());
      const [name = '', ...below] = segments;
      const found = routesAt(below);
      const methods = found.map(({ route }) => route.method);
      if (new Set(methods).size !== methods.length) expect(methods).toBe('one call a method');
      for (const { parameters } of found) {
        // Only what stands in the path comes out of it.
        const values = Object.values(parameters);
        if (!values.every((value) => value === '' || below.includes(value)))
          expect(parameters).toBe('of the path');
        isGroupName(parameters.group);
      }
      const hub = hubOfApplication(below[0] ?? null, name) ?? hubName(name);
      if (hub !== undefined && hub !== hub.toLowerCase()) expect(hub).toBe('without case');
    },
    [
      'signs/users/ana/groups/group:a',
      'signs/groups/group%3Aa/:send',
      'signs/connections/c1/groups/b',
      'signs/:closeConnections',
    ],
  );

  survivesGarbage(
    'in its body',
    (bytes) => {
      const payload = payloadIn(bytes);
      // It is to be written again, and has no depth in which that could fail.
      if (payload.ok && JSON.stringify(payload.message).includes('['.repeat(70)))
        expect(payload).toBe('flat');
      if (!payload.ok && payload.why === '') expect(payload).toBe('a reason');
    },
    [
      json({ target: 'snapshot', arguments: [{ content: { revision: 1 }, doors: [[[[{}]]]] }] }),
      json({ target: 'x', arguments: null }),
      `{"target":"x","arguments":[${'['.repeat(80)}${']'.repeat(80)}]}`,
    ],
  );
});

type Line = { sent: string; isOpen: boolean; isEnded: boolean };

function aConnection(line: Line): SignalRConnection {
  return new SignalRConnection({
    connectionId: 'c1',
    connectionToken: undefined,
    client: { hub: HUB, userId: 'ana', claims: {} },
    query: {},
    transport: {
      needsPings: true,
      isAwaited: false,
      waitingBytes: 0,
      start: () => undefined,
      send: ({ records }) => {
        line.sent += records;
      },
      dropWaiting: () => false,
      probe: () => undefined,
      answersProbe: false,
      end: () => {
        line.isEnded = true;
      },
      cut: () => undefined,
      beat: () => undefined,
    },
    owner: {
      opened: () => {
        line.isOpen = true;
      },
      ended: () => undefined,
      failed: (_connection, cause) => expect(cause).toBe('nothing that throws'),
    },
    limits: SIGNALR_LIMITS,
  });
}

/** By the words of the protocol: the first record is the handshake. */
function opensWith(text: string): boolean {
  if (!text.endsWith(RECORD_END)) return false;
  try {
    const { protocol, version } = JSON.parse(text.slice(0, text.indexOf(RECORD_END)));
    return protocol === 'json' && version === 1;
  } catch {
    return false;
  }
}

/** Base64url has several spellings for the same bytes. */
const isSameToken = (one: string, other: string) => bytesOf(one) === bytesOf(other);
const bytesOf = (token: string) =>
  token
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('hex'))
    .join();

function decodedPath(path: string): readonly string[] {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return path.split('/');
  }
}
