import { pino } from 'pino';
import { expect, test } from 'vitest';
import { pollCamera } from '../../../../cloud/local/poller/poll-camera.ts';
import { CAMERA_LOGIN, startCamera, startIngest } from '../../../support/polled-camera.ts';

const QUICK = {
  askTimeoutMs: 500,
  tellTimeoutMs: 2_000,
  retryBaseMs: 5,
  retryCapMs: 20,
  refusedPauseMs: 60_000,
};

/** A camera that counts its answers, and says how many they were. */
function counting(text: (total: number) => string = String) {
  let total = 0;
  return () => {
    total += 1;
    return text(total);
  };
}

function polling(cloudUrl: string, ...cameras: { sensorId?: string; url: string; password?: string }[]) {
  const ending = new AbortController();
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const ended = Promise.all(
    cameras.map(({ sensorId = 'hall-1', url, password }) => {
      const login = password === undefined ? null : { user: CAMERA_LOGIN.user, password };
      const camera = { sensorId, url, login, everyMs: 10, ingestKey: `key-of-${sensorId}` };
      return pollCamera(camera, { cloudUrl, log, signal: ending.signal, timings: QUICK });
    }),
  );
  return {
    log: () => lines.join(''),
    async [Symbol.asyncDispose]() {
      ending.abort();
      await ended;
    },
  };
}

test('what the camera answers is handed on as it is, to its sensor, with its key', async () => {
  const body = counting((total) => `{"in": ${total}, "out": 0}\r\n`);
  await using camera = await startCamera({ body, contentType: 'application/json; charset=utf-8' });
  await using cloud = await startIngest(204);
  await using _polling = polling(cloud.url, { url: camera.url });
  await expect.poll(() => cloud.asked.length).toBeGreaterThan(2);
  const [first, second] = cloud.asked;
  expect(first).toMatchObject({
    path: 'POST /api/ingest/hall-1',
    key: 'key-of-hall-1',
    type: 'application/json; charset=utf-8',
  });
  expect(String(first?.body)).toBe('{"in": 1, "out": 0}\r\n');
  expect(Number(/\d+/.exec(String(second?.body))?.[0])).toBeGreaterThan(1);
});

test('what the cloud did not commit is sent again, but never an answer older than the newest sent', async () => {
  await using camera = await startCamera({ body: counting() });
  await using cloud = await startIngest(503, 500, 401, 429, 302, 202);
  await using _polling = polling(cloud.url, { url: camera.url });
  await expect.poll(() => cloud.asked.length).toBeGreaterThan(8);
  const totals = cloud.asked.map(({ body }) => Number(body));
  expect(totals).toEqual(totals.toSorted((one, other) => one - other));
  expect(new Set(totals.slice(5)).size).toBe(totals.length - 5);
});

test('the last answer of a camera that is gone is still handed on once the cloud is back', async () => {
  let answers = 0;
  await using camera = await startCamera({
    body: () => 'the last',
    instead: (request) => {
      answers += 1;
      if (answers > 1) request.socket.destroy();
      return answers > 1;
    },
  });
  await using cloud = await startIngest(503, 503, 503, 204);
  await using _polling = polling(cloud.url, { url: camera.url });
  await expect.poll(() => cloud.asked.length).toBe(4);
  await expect.poll(() => answers).toBeGreaterThan(5);
  expect(cloud.asked.map(({ body }) => String(body))).toEqual(Array(4).fill('the last'));
  // It is older each time, and says so: the cloud must not take it for news of a camera that is gone.
  const agesMs = cloud.asked.map(({ ageMs }) => ageMs);
  expect(agesMs).toEqual(agesMs.toSorted((a, b) => a - b));
  expect(agesMs.at(-1)).toBeGreaterThan(agesMs[0] ?? Number.NaN);
});

test('a camera that hangs, is gone or knows another password disturbs no other', async () => {
  await using hanging = await startCamera({ instead: () => true });
  await using strict = await startCamera({ asks: 'SHA-256' });
  await using good = await startCamera({ asks: 'SHA-256' });
  const gone = await startCamera();
  await gone[Symbol.asyncDispose]();
  await using cloud = await startIngest(204);
  await using poll = polling(
    cloud.url,
    { sensorId: 'hanging', url: hanging.url },
    { sensorId: 'gone', url: gone.url },
    { sensorId: 'strict', url: strict.url, password: 'a guess' },
    { sensorId: 'good', url: good.url, password: CAMERA_LOGIN.password },
  );
  await expect.poll(() => cloud.asked.length).toBeGreaterThan(10);
  expect(new Set(cloud.asked.map(({ path }) => path))).toEqual(new Set(['POST /api/ingest/good']));
  await expect.poll(poll.log).toContain('it does not answer in time');
  for (const why of ['it cannot be reached', 'user or password are wrong']) expect(poll.log()).toContain(why);
  expect(strict.seen).toHaveLength(2);
});

test('the log tells a trouble once, and that it is over, and holds no secret', async () => {
  await using camera = await startCamera({ asks: 'basic' });
  await using cloud = await startIngest(...Array(20).fill(503), 204);
  await using poll = polling(cloud.url, { url: camera.url, password: CAMERA_LOGIN.password });
  await expect.poll(() => cloud.asked.length).toBeGreaterThan(22);
  const told = poll
    .log()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(told.map(({ sensorId, msg, why }) => [sensorId, msg, why])).toEqual([
    ['hall-1', 'the camera answers', undefined],
    ['hall-1', 'the cloud does not take part', 'it answers with HTTP 503'],
    ['hall-1', 'the cloud answers', undefined],
  ]);
  expect(poll.log()).not.toMatch(/key-of|horse|Basic/);
});
