import { describe, expect, onTestFinished, test } from 'vitest';
import {
  eventually,
  HANDSHAKE,
  HUB,
  startSignalR,
  type TestSignalR,
  tokenFor,
} from '../../../../support/signalr.ts';

const SHAKE = `${JSON.stringify(HANDSHAKE)}\x1e`;
const PING = '{"type":6}\x1e';
const EVENTS = { accept: 'text/event-stream' };
const NEVER_MS = 3_600_000;
const patient = {
  keepAliveMs: NEVER_MS,
  clientTimeoutMs: NEVER_MS,
  handshakeMs: NEVER_MS,
  closeWaitMs: 50,
};
const news = (value: unknown) => ({ target: 'news', arguments: [value] });
const told = (value: unknown) => `${JSON.stringify({ type: 1, ...news(value) })}\x1e`;

/** One user's requests with an id that was negotiated for him; `ask` gives status and text. */
async function negotiated(signalR: TestSignalR, claims: Record<string, unknown> = {}) {
  const client = `${signalR.endpoint}/client/?hub=${HUB}`;
  const token = await tokenFor(client, { 'asrs.s.uid': 'ana', ...claims });
  const hurry = new AbortController();
  onTestFinished(() => hurry.abort());
  const fetched = (method: string, url: string, init: RequestInit = {}) =>
    fetch(url, {
      method,
      signal: hurry.signal,
      ...init,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    });
  const response = await fetched(
    'POST',
    `${signalR.endpoint}/client/negotiate?hub=${HUB}&negotiateVersion=1`,
  );
  const { connectionToken } = await response.json();
  const url = `${client}&id=${connectionToken}`;
  const ask = async (method: string, body?: string, headers: Record<string, string> = {}) => {
    const answered = await fetched(method, url, { headers, ...(body === undefined ? {} : { body }) });
    return [answered.status, await answered.text()];
  };
  return { url, client, fetched, ask };
}

/** A client of long polling, past its handshake. */
async function polling(signalR: TestSignalR, claims: Record<string, unknown> = {}) {
  const asks = await negotiated(signalR, claims);
  expect(await asks.ask('GET')).toEqual([200, '']);
  expect(await asks.ask('POST', SHAKE)).toEqual([200, '']);
  expect(await asks.ask('GET')).toEqual([200, '{}\x1e']);
  return asks;
}

/** A poll that has nothing to take yet; a whole request later it is sure to hang. */
async function hangingPoll({ ask }: Pick<Awaited<ReturnType<typeof negotiated>>, 'ask'>) {
  const answer = ask('GET');
  expect(await ask('POST', PING)).toEqual([200, '']);
  return { answer };
}

/** A client of Server-Sent Events; `text` is what the stream said so far. */
async function streaming(signalR: TestSignalR) {
  const asks = await negotiated(signalR);
  const response = await asks.fetched('GET', asks.url, { headers: EVENTS });
  const stream = { text: '', isOver: false };
  void (async () => {
    for await (const chunk of response.body ?? []) stream.text += Buffer.from(chunk).toString();
  })()
    .catch(() => undefined)
    .finally(() => {
      stream.isOver = true;
    });
  return { ...asks, response, stream };
}

describe('Server-Sent Events', () => {
  test('are one event a frame, and the client speaks by POST', async () => {
    const signalR = await startSignalR({ limits: patient });
    const { response, stream, ask } = await streaming(signalR);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(stream.text).toBe('');
    expect(await ask('POST', SHAKE)).toEqual([200, '']);
    await eventually(() => stream.text).toBe('data: {}\x1e\r\n\r\n');
    signalR.service.send(HUB, news(1));
    signalR.service.send(HUB, news('two\nlines'));
    await eventually(() => stream.text).toBe(
      `data: {}\x1e\r\n\r\ndata: ${told(1)}${told('two\nlines')}\r\n\r\n`,
    );
    expect(await ask('GET', undefined, EVENTS)).toEqual([409, expect.any(String)]);
    expect(await ask('GET')).toEqual([400, expect.any(String)]);
    expect(await ask('DELETE')).toEqual([400, expect.any(String)]);
  });

  test('end with the reason as their last event', async () => {
    const signalR = await startSignalR({ limits: patient });
    const { stream, ask } = await streaming(signalR);
    await ask('POST', `${SHAKE}[]\x1e`);
    await eventually(() => stream.isOver).toBe(true);
    expect(stream.text).toContain('data: {"type":7,"error":"Message is not of the JSON hub protocol."}');
    expect(await ask('POST', PING)).toEqual([404, expect.any(String)]);
  });

  test('are cut for a client that does not read them, and the others miss nothing', async () => {
    const signalR = await startSignalR({ limits: { ...patient, backlogBytes: 256 * 1024 } });
    const slow = await negotiated(signalR);
    const unread = await slow.fetched('GET', slow.url, { headers: EVENTS });
    await slow.ask('POST', SHAKE);
    const quick = await streaming(signalR);
    await quick.ask('POST', SHAKE);
    let sent = 0;
    const left = () => signalR.events.filter(({ event }) => event === 'disconnected');
    while (left().length === 0) {
      sent += 1;
      signalR.service.send(HUB, news([sent, 'x'.repeat(100_000)]));
      await eventually(() => quick.stream.text).toContain(`[[${sent},`);
    }
    expect(left()).toMatchObject([{ error: 'More than 262144 bytes waited to be sent.' }]);
    await expect(unread.text()).rejects.toThrow();
  });
});

describe('long polling', () => {
  test('answers the first poll at once, the others with all there is, or when there is something', async () => {
    const signalR = await startSignalR({ limits: patient });
    const asks = await polling(signalR);
    for (const value of [1, 2]) signalR.service.send(HUB, news(value));
    signalR.service.send(HUB, { ...news(3), userId: 'ana' });
    const together = `${told(1)}${told(2)}${told(3)}`;
    expect(await asks.ask('GET')).toEqual([200, together]);

    const hanging = await hangingPoll(asks);
    for (const value of [1, 2]) signalR.service.send(HUB, news(value));
    signalR.service.send(HUB, { ...news(3), userId: 'ana' });
    expect(await hanging.answer).toEqual([200, together]);
  });

  test('asks an idle client to poll again, as early as its token wishes', async () => {
    const signalR = await startSignalR({ limits: { ...patient, beatMs: 10, longestPollMs: NEVER_MS } });
    const { ask } = await polling(signalR, { 'asrs.s.ttl': '0.05' });
    expect(await ask('GET')).toEqual([200, '']);
  });

  test('lets a newer poll take the place of an older', async () => {
    const signalR = await startSignalR({ limits: patient });
    const asks = await polling(signalR);
    const older = await hangingPoll(asks);
    const newer = asks.ask('GET');
    expect(await older.answer).toEqual([204, '']);
    signalR.service.send(HUB, news(1));
    expect(await newer).toEqual([200, told(1)]);
  });

  test('keeps what was said to a client whose poll was lost', async () => {
    const signalR = await startSignalR({ limits: patient });
    const { ask, fetched, url } = await polling(signalR);
    const gone = new AbortController();
    const lost = fetched('GET', url, { signal: gone.signal }).catch(() => 'lost');
    await eventually(() => signalR.uses.length).toBe(3);
    gone.abort();
    expect(await lost).toBe('lost');
    await eventually(() => ask('POST', PING)).toEqual([200, '']);
    signalR.service.send(HUB, news(1));
    await eventually(async () => (await ask('GET'))[1]).toBe(told(1));
  });

  test('tells why it ends in one poll, and in the next that it is over', async () => {
    const signalR = await startSignalR({ limits: patient });
    const { ask } = await polling(signalR);
    await ask('POST', '[]\x1e');
    expect(await ask('GET')).toEqual([
      200,
      '{"type":7,"error":"Message is not of the JSON hub protocol."}\x1e',
    ]);
    expect(await ask('GET')).toEqual([204, '']);
    expect(await ask('GET')).toEqual([404, expect.any(String)]);
    expect(signalR.events.map(({ event }) => event)).toEqual(['connected', 'disconnected']);
  });

  test('is over with a DELETE, also for the poll that hangs', async () => {
    const signalR = await startSignalR({ limits: patient });
    const asks = await polling(signalR);
    const hanging = await hangingPoll(asks);
    expect(await asks.ask('DELETE')).toEqual([202, '']);
    expect(await hanging.answer).toEqual([204, '']);
    expect(await asks.ask('DELETE')).toEqual([404, expect.any(String)]);
    expect(signalR.events.at(-1)).toMatchObject({ event: 'disconnected', error: undefined });
  });

  test('forgets a client that does not poll any more', async () => {
    const signalR = await startSignalR({ limits: { ...patient, beatMs: 10, clientTimeoutMs: 50 } });
    const { ask } = await polling(signalR);
    await eventually(() => signalR.events.at(-1)).toMatchObject({
      event: 'disconnected',
      error: 'Nothing was heard for 50 ms.',
    });
    expect(await ask('GET')).toEqual([404, expect.any(String)]);
  });

  test('does not keep everything for a client that does not poll', async () => {
    const signalR = await startSignalR({ limits: { ...patient, backlogBytes: 1_000 } });
    const { ask } = await polling(signalR);
    for (const _ of Array(3)) {
      signalR.service.send(HUB, news('x'.repeat(1_000)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await ask('GET')).toEqual([
      200,
      '{"type":7,"error":"More than 1000 bytes waited to be sent.","allowReconnect":true}\x1e',
    ]);
    expect(await ask('GET')).toEqual([204, '']);
  });
});

describe('a request for a connection', () => {
  test.for(['polling', 'streaming'] as const)(
    'shows its token anew, and of the same user (%s)',
    async (kind) => {
      const signalR = await startSignalR({ limits: patient });
      const { url, client, fetched } = await (kind === 'polling' ? polling(signalR) : streaming(signalR));
      const over = Math.floor(Date.now() / 1_000) - 301;
      const tokens = {
        none: '',
        'over its time': await tokenFor(client, { 'asrs.s.uid': 'ana', exp: over }),
        "another user's": await tokenFor(client, { 'asrs.s.uid': 'bo' }),
        "nobody's": await tokenFor(client),
      };
      const statuses: Record<string, number[]> = {};
      for (const [name, token] of Object.entries(tokens)) {
        statuses[name] = [];
        for (const method of ['GET', 'POST', 'DELETE']) {
          const headers = { authorization: `Bearer ${token}` };
          statuses[name].push((await fetched(method, url, { headers })).status);
        }
      }
      expect(statuses).toEqual({
        none: [401, 401, 401],
        'over its time': [401, 401, 401],
        "another user's": [404, 404, 404],
        "nobody's": [404, 404, 404],
      });
    },
  );

  test('is refused without an id, with one that nobody knows or opened, and with a method of no meaning', async () => {
    const signalR = await startSignalR({ limits: { ...patient, clientMessageBytes: 100 } });
    const { client, fetched, ask } = await negotiated(signalR);
    const statuses = async (url: string, methods: string[]) =>
      Promise.all(methods.map(async (method) => (await fetched(method, url)).status));
    expect(await statuses(client, ['GET', 'POST', 'DELETE', 'PUT'])).toEqual([400, 400, 400, 405]);
    expect(await statuses(`${client}&id=none`, ['GET', 'POST', 'DELETE'])).toEqual([404, 404, 404]);
    expect((await fetched('GET', client, { headers: EVENTS })).status).toBe(400);
    expect(await ask('POST', PING)).toEqual([404, expect.any(String)]);
    expect(await ask('DELETE')).toEqual([404, expect.any(String)]);
    await ask('GET');
    expect(await ask('POST', 'x'.repeat(101))).toEqual([413, expect.any(String)]);
  });

  test('may come from a page of any origin', async () => {
    const signalR = await startSignalR({ limits: patient });
    const { url, fetched } = await negotiated(signalR);
    const origin = 'http://127.0.0.1:5173';
    const headers = { origin, 'access-control-request-method': 'DELETE' };
    const preflight = await fetched('OPTIONS', url, { headers });
    expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE');
    for (const method of ['OPTIONS', 'GET', 'POST', 'DELETE', 'GET']) {
      const response = await fetched(method, url, { headers });
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-allow-credentials')).toBe('true');
    }
  });
});

test('a stopping service lets nobody new in, and its clients have their last word', async () => {
  const signalR = await startSignalR({ limits: { ...patient, closeWaitMs: NEVER_MS } });
  const early = await negotiated(signalR);
  const poller = await polling(signalR);
  const stream = await streaming(signalR);
  await stream.ask('POST', SHAKE);
  await eventually(() => signalR.events.length).toBe(2);
  const closed = signalR.service.close();
  expect(await poller.ask('GET')).toEqual([200, '{"type":7,"allowReconnect":true}\x1e']);
  const refused = await early.fetched('GET', early.url);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await poller.ask('GET')).toEqual([204, '']);
  await eventually(() => stream.stream.isOver).toBe(true);
  expect(stream.stream.text).toContain('data: {"type":7,"allowReconnect":true}');
  await closed;
  expect(signalR.events.map(({ event, error }) => [event, error]).slice(2)).toEqual([
    ['disconnected', undefined],
    ['disconnected', undefined],
  ]);
});
