import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import {
  createHttpUpstream,
  isUpstreamTemplate,
} from '../../../../cloud/local/signalr/create-http-upstream.ts';
import type { SignalRConnectionEvent } from '../../../../cloud/local/signalr/signalr-message.ts';
import { connectClient, eventually, HUB, startSignalR } from '../../../support/signalr.ts';
import { startUpstreamApp } from '../../../support/upstream-app.ts';

const PLACES = '/up/{hub}/{category}/{event}?code=secret';

const anEvent = (difference: Partial<SignalRConnectionEvent> = {}): SignalRConnectionEvent => ({
  hub: 'signs',
  event: 'connected',
  connectionId: 'c1',
  userId: 'ana',
  claims: { role: 'sign' },
  query: { hub: 'signs' },
  headers: {},
  error: undefined,
  ...difference,
});

function upstreamTo(url: string, options: Partial<Parameters<typeof createHttpUpstream>[0]> = {}) {
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => logged.push(line) });
  return { tell: createHttpUpstream({ template: url, accessKeys: ['one', 'two'], log, ...options }), logged };
}

describe('an app that is told by HTTP', () => {
  test('hears of a connection as the service would say it', async () => {
    const app = await startUpstreamApp();
    const { tell, logged } = upstreamTo(app.url + PLACES);
    await tell(anEvent({ userId: 'Zoë' }));
    await tell(anEvent({ event: 'disconnected', error: 'lost' }));
    await tell(anEvent({ event: 'disconnected', hub: 'a`b', userId: undefined, claims: {} }));
    expect(app.requests).toMatchObject([
      { method: 'POST', url: '/up/signs/connections/connected?code=secret', body: '{"type":10}' },
      { url: '/up/signs/connections/disconnected?code=secret', body: '{"type":11,"error":"lost"}' },
      { url: '/up/a%60b/connections/disconnected?code=secret', body: '{"type":11}' },
    ]);
    const { headers } = app.requests[0] ?? {};
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-asrs-connection-id': 'c1',
      'x-asrs-event': 'connected',
      'x-asrs-user-claims': 'role: sign',
      'x-asrs-client-query': '?hub=signs',
      'x-asrs-signature': expect.stringMatching(/^sha256=[0-9a-f]{64},sha256=[0-9a-f]{64}$/),
    });
    expect(Buffer.from(String(headers?.['x-asrs-user-id']), 'latin1').toString()).toBe('Zoë');
    expect(app.requests[2]?.headers).not.toHaveProperty('x-asrs-user-id');
    expect(logged).toEqual([]);
  });

  test('may fail, be slow, send elsewhere or be away: it is logged, without its address, and that is all', async () => {
    const statuses = [500, 302, 404];
    const app = await startUpstreamApp(() => statuses.shift() ?? new Promise<number>(() => undefined));
    const { tell, logged } = upstreamTo(app.url + PLACES, { answerWithinMs: 50 });
    for (let call = 0; call < 4; call += 1) await tell(anEvent());
    const away = upstreamTo('http://127.0.0.1:1/?code=secret');
    await away.tell(anEvent());
    const nonsense = upstreamTo('no address?code=secret');
    await nonsense.tell(anEvent());
    const all = [...logged, ...away.logged, ...nonsense.logged].map((line) => JSON.parse(line));
    const failed = { level: 40, event: 'connected', connectionId: 'c1', msg: 'an upstream call failed' };
    expect(all).toEqual(Array.from({ length: 6 }, () => expect.objectContaining(failed)));
    expect(all.slice(0, 3).map(({ err }) => err.message)).toEqual(
      [500, 302, 404].map((status) => `the app answered ${status}`),
    );
    expect(JSON.stringify(all)).not.toContain('secret');
  });

  test('is asked by so many at a time and no more, and hears of each connection in order', async () => {
    const waiting: (() => void)[] = [];
    const app = await startUpstreamApp(async () => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return 204;
    });
    const { tell } = upstreamTo(app.url, { callsAtATime: 3 });
    const told = Array.from({ length: 10 }, (_, index) => tell(anEvent({ connectionId: `c${index}` })));
    await eventually(() => waiting.length).toBe(3);
    for (let answered = 0; answered < 10; answered += 1) {
      await eventually(() => waiting.length).toBeGreaterThan(0);
      waiting.shift()?.();
    }
    await Promise.all(told);
    expect(app.requests.map(({ headers }) => headers['x-asrs-connection-id']).sort()).toEqual(
      Array.from({ length: 10 }, (_, index) => `c${index}`),
    );
    expect(app.mostAtATime()).toBe(3);
  });

  test('that does not answer is left in peace for a while, so that nothing old waits before what is new', async () => {
    let isHanging = true;
    const app = await startUpstreamApp(() => (isHanging ? new Promise<number>(() => undefined) : 204));
    const clock = { ms: 0 };
    const rest = { answerWithinMs: 20, callsAtATime: 1, restMs: 1_000, uptimeMs: () => clock.ms };
    const { tell, logged } = upstreamTo(app.url, rest);
    await Promise.all(Array.from({ length: 1_000 }, () => tell(anEvent())));
    expect(app.requests.length).toBe(5);
    expect(logged.map((line) => JSON.parse(line).msg)).toEqual([
      ...Array(5).fill('an upstream call failed'),
      'the upstream does not answer: it is not told of all connections',
    ]);
    isHanging = false;
    clock.ms = 999;
    await tell(anEvent());
    expect(app.requests.length).toBe(5);
    clock.ms = 1_000;
    await tell(anEvent());
    expect(app.requests.length).toBe(6);
  });

  test('is not waited for by any number: how many were not said is told once a minute', async () => {
    const answers: (() => void)[] = [];
    const app = await startUpstreamApp(async () => {
      await new Promise<void>((resolve) => answers.push(resolve));
      return 204;
    });
    const clock = { ms: 0 };
    const few = { callsAtATime: 1, waitingAtMost: 2, uptimeMs: () => clock.ms };
    const { tell, logged } = upstreamTo(app.url, few);
    const told = Array.from({ length: 3 }, (_, index) => tell(anEvent({ connectionId: `c${index}` })));
    for (let event = 0; event < 4; event += 1) await tell(anEvent({ connectionId: 'dropped' }));
    clock.ms = 60_000;
    await tell(anEvent({ connectionId: 'dropped' }));
    expect(logged.map((line) => JSON.parse(line).events)).toEqual([1, 4]);
    for (let answered = 0; answered < 3; answered += 1) {
      await eventually(() => answers.length).toBeGreaterThan(0);
      answers.shift()?.();
    }
    await Promise.all(told);
    expect(app.requests.map(({ headers }) => headers['x-asrs-connection-id'])).toEqual(['c0', 'c1', 'c2']);
  });

  test('is no longer waited for once the service is told to stop', async () => {
    const stopping = new AbortController();
    const app = await startUpstreamApp(() => new Promise<number>(() => undefined));
    const { tell, logged } = upstreamTo(app.url, { signal: stopping.signal });
    const told = tell(anEvent());
    await eventually(() => app.requests.length).toBe(1);
    stopping.abort();
    await told;
    expect(logged).toHaveLength(1);
  });

  test('follows real clients from their coming to their going', async () => {
    const app = await startUpstreamApp();
    const signalR = await startSignalR({ onConnectionEvent: upstreamTo(app.url + PLACES).tell });
    const { client } = await connectClient(signalR, 'ana');
    const { connectionId } = client;
    await client.stop();
    await eventually(() =>
      app.requests.map(({ url, headers }) => [
        url,
        headers['x-asrs-connection-id'],
        headers['x-asrs-user-id'],
      ]),
    ).toEqual([
      [`/up/${HUB}/connections/connected?code=secret`, connectionId, 'ana'],
      [`/up/${HUB}/connections/disconnected?code=secret`, connectionId, 'ana'],
    ]);
  });
});

test.for([
  ['https://app.example/api/upstream/{hub}/{category}/{event}?code=k', true],
  ['http://localhost:7071/runtime/webhooks/signalr?code=k', true],
  ['/api/upstream', false],
  ['file:///etc/passwd', false],
  ['', false],
] as const)('whether %s can be an upstream: %s', ([template, can]) => {
  expect(isUpstreamTemplate(template)).toBe(can);
});
