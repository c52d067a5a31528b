import type { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { startClientCloud } from '../../support/client-cloud.ts';
import { aSnapshot } from '../../support/client-snapshots.ts';
import { follow } from '../../support/followed-states.ts';

const oneStore = (revision = 1) => ({ storeGroupId: 'spain', groups: { spain: [aSnapshot({ revision })] } });

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  await using cloud = await startClientCloud(oneStore());
  return cloud.port;
}

test('after the cloud was killed and started again, signs follow by themselves with the newer figure', async () => {
  await using first = await startClientCloud(oneStore(1));
  const { port, url } = first;
  using sign = await follow(url);
  await sign.shows('north 1');

  await first.kill();
  await sign.shows('north 1', 'down');
  await using second = await startClientCloud(oneStore(2), { port });
  await sign.shows('north 2');

  await second.kill();
  await sign.shows('north 2', 'down');
  await using _third = await startClientCloud(oneStore(3), { port });
  await sign.shows('north 3');
});

test('a sign that starts long before its cloud says what is wrong and comes up with it', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let attempts = 0;
  const fetch: typeof globalThis.fetch = (...request) => {
    attempts += 1;
    return globalThis.fetch(...request);
  };
  using sign = await follow(url, { fetch });
  await expect.poll(() => attempts).toBeGreaterThan(12);
  const problem = `The cloud at ${url} does not answer.`;
  expect(sign.states).toEqual([{ kind: 'starting', problem, trouble: 'unreachable' }]);
  await using _cloud = await startClientCloud(oneStore(), { port });
  await sign.shows('north 1');
});

test('the login page of a network is no cloud, and does not outlast the login', async () => {
  await using cloud = await startClientCloud(oneStore());
  cloud.instead.request = (_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<html><body>Welcome, please log in</body></html>');
    return true;
  };
  using sign = await follow(cloud.url);
  await expect.poll(() => cloud.calls).toBeGreaterThan(3);
  expect(sign.states).toEqual([
    {
      kind: 'starting',
      problem: expect.stringContaining('The network may want a login first.'),
      trouble: 'not-the-cloud',
    },
  ]);
  cloud.instead.request = () => false;
  await sign.shows('north 1');
});

test('a cloud that is busy is asked again when it said, but not after days', async () => {
  await using cloud = await startClientCloud(oneStore());
  const askedAtMs: number[] = [];
  cloud.instead.request = (_request, response) => {
    askedAtMs.push(performance.now());
    const seconds = askedAtMs.length === 1 ? '1' : '864000';
    response.writeHead(503, { 'retry-after': seconds }).end('<html>Bad gateway</html>');
    return askedAtMs.length <= 2;
  };
  using sign = await follow(cloud.url, { timings: { retryAfterAtMostMs: 1_500 } });
  await expect.poll(sign.last).toMatchObject({ problem: `The cloud at ${cloud.url} is not ready yet.` });
  await expect.poll(() => askedAtMs.length, { timeout: 5_000 }).toBe(2);
  expect((askedAtMs[1] ?? 0) - (askedAtMs[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  cloud.instead.request = () => false;
  await sign.shows('north 1');
});

test('a sign that its cloud no longer knows enrols again', async () => {
  await using cloud = await startClientCloud(oneStore());
  using sign = await follow(cloud.url);
  await sign.shows('north 1');
  cloud.forgetSigns();
  cloud.truth.groups.spain = [aSnapshot({ revision: 2 })];
  // Not readable: makes the sign pull, which it is then refused.
  cloud.send('snapshot', null);
  await sign.shows('north 2');
  expect(cloud.callsTo('/api/signs')).toBe(2);
});

test('a connection on which pushes stay away is built anew, though it answers every ping', async () => {
  await using cloud = await startClientCloud(oneStore());
  using sign = await follow(cloud.url, { timings: { silenceMs: 100 } });
  await sign.shows('north 1');
  await expect.poll(() => cloud.callsTo('upgrade')).toBeGreaterThan(2);
  await sign.shows('north 1');
});

test('a sign without stores is not disturbed for hearing nothing', async () => {
  await using cloud = await startClientCloud({ storeGroupId: null, groups: {} });
  using sign = await follow(cloud.url, { timings: { silenceMs: 20, pollMinMs: 30, pollMaxMs: 50 } });
  await expect.poll(() => cloud.callsTo('/api/snapshots')).toBeGreaterThan(8);
  expect(sign.last()).toMatchObject({ kind: 'unassigned', link: 'up' });
  expect(cloud.callsTo('upgrade')).toBe(1);
});

test('where a network swallows WebSockets the counts still come, and no socket is left behind', async () => {
  await using cloud = await startClientCloud(oneStore());
  const swallowed: Duplex[] = [];
  cloud.instead.upgrade = (socket) => swallowed.push(socket.on('error', () => undefined).resume()) > 0;
  using sign = await follow(cloud.url, { timings: { connectTimeoutMs: 100 } });
  await sign.shows('north 1', 'down');
  cloud.truth.groups.spain = [aSnapshot({ revision: 2 })];
  await sign.shows('north 2', 'down');
  await expect.poll(() => swallowed.length).toBeGreaterThan(2);
  await expect
    .poll(() => swallowed.filter((socket) => !socket.readableEnded && !socket.destroyed).length)
    .toBeLessThanOrEqual(1);
  cloud.instead.upgrade = () => false;
  await sign.shows('north 2');
});

test('a push service that answers nonsense is named as what is wrong', async () => {
  await using cloud = await startClientCloud(oneStore());
  cloud.instead.request = (request, response) => {
    if (!request.url?.startsWith('/client')) return request.url === '/api/snapshots';
    response.writeHead(404).end();
    return true;
  };
  using sign = await follow(cloud.url, { timings: { callTimeoutMs: 100 } });
  const problem = `The cloud at ${cloud.url} answers, but its push service does not.`;
  await expect.poll(sign.last).toEqual({ kind: 'starting', problem, trouble: 'push-unreachable' });
});
