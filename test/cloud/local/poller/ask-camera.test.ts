import { expect, test } from 'vitest';
import { askCamera, MAX_ANSWER_BYTES } from '../../../../cloud/local/poller/ask-camera.ts';
import { createLogin } from '../../../../cloud/local/poller/create-login.ts';
import { CAMERA_LOGIN, type PolledCamera, startCamera } from '../../../support/polled-camera.ts';

function asking(camera: Pick<PolledCamera, 'url'>, login: typeof CAMERA_LOGIN | null = CAMERA_LOGIN) {
  const known = login === null ? null : createLogin(login);
  const signal = new AbortController().signal;
  return (timeoutMs = 10_000) => askCamera({ url: camera.url, login: known, timeoutMs, signal });
}
const statuses = ({ seen }: PolledCamera) => seen.map(({ status }) => status);

test('the answer comes as the camera sent it, to the byte', async () => {
  const body = Buffer.from([0xff, 0x00, 0x0a, 0xe9]);
  await using camera = await startCamera({ body: () => body, contentType: 'text/plain; charset=latin1' });
  const asked = await asking(camera, null)();
  expect(asked).toMatchObject({ kind: 'answer', answer: { contentType: 'text/plain; charset=latin1' } });
  expect(asked.kind === 'answer' && Buffer.from(asked.answer.body)).toEqual(body);
});

test.each(['basic', 'MD5', 'SHA-256', 'digest without qop'] as const)(
  'a camera that asks for %s is told the login, from the second time on without being asked',
  async (asks) => {
    await using camera = await startCamera({ asks });
    const ask = asking(camera);
    for (let times = 0; times < 3; times += 1) expect((await ask()).kind).toBe('answer');
    expect(statuses(camera)).toEqual([401, 200, 200, 200]);
    const isBasic = camera.seen.some(({ authorization }) => authorization?.startsWith('Basic'));
    expect(isBasic).toBe(asks === 'basic');
  },
);

test.each([true, false])(
  'a nonce that ran out is replaced, said to be stale or not: %s',
  async (saysStale) => {
    await using camera = await startCamera({ asks: 'SHA-256', usesPerNonce: 2, saysStale });
    const ask = asking(camera);
    for (let times = 0; times < 4; times += 1) expect((await ask()).kind).toBe('answer');
    expect(statuses(camera)).toEqual([401, 200, 200, 401, 200, 200]);
  },
);

test.each(['basic', 'MD5', 'SHA-256'] as const)(
  'a wrong password is tried once, and told: %s',
  async (asks) => {
    await using camera = await startCamera({ asks });
    const asked = await asking(camera, { ...CAMERA_LOGIN, password: 'guess' })();
    expect(asked).toEqual({ kind: 'refused', why: 'user or password are wrong' });
    expect(statuses(camera)).toEqual([401, 401]);
  },
);

test('a camera that wants a login that there is none of says what it wants', async () => {
  await using digest = await startCamera({ asks: 'MD5' });
  expect(await asking(digest, null)()).toMatchObject({ why: 'it asks for a user and a password' });
  await using windows = await startCamera({ asks: 'Negotiate' });
  expect(await asking(windows)()).toMatchObject({ why: 'it asks for neither HTTP Digest nor Basic' });
});

test('an answer without end is given up at its limit', async () => {
  let written = 0;
  await using camera = await startCamera({
    instead: (_request, response) => {
      const more = () => {
        written += 8_192;
        if (!response.destroyed) response.write(Buffer.alloc(8_192), more);
      };
      more();
      return true;
    },
  });
  expect(await asking(camera)()).toEqual({
    kind: 'failed',
    why: `its answer is longer than ${MAX_ANSWER_BYTES} bytes`,
  });
  expect(written).toBeLessThan(100 * MAX_ANSWER_BYTES);
});

test('an answer of exactly the limit is taken, an empty one is not', async () => {
  await using full = await startCamera({ body: () => Buffer.alloc(MAX_ANSWER_BYTES, 'x') });
  expect((await asking(full)()).kind).toBe('answer');
  await using empty = await startCamera({ body: () => '' });
  expect(await asking(empty)()).toEqual({ kind: 'failed', why: 'its answer is empty' });
});

test('a camera that hangs, sends elsewhere, fails or is gone is told apart', async () => {
  await using hanging = await startCamera({ instead: () => true });
  expect(await asking(hanging)(50)).toEqual({ kind: 'failed', why: 'it does not answer in time' });
  await using elsewhere = await startCamera({
    instead: (_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end() === response,
  });
  expect(await asking(elsewhere)()).toEqual({ kind: 'failed', why: 'it answers with HTTP 302' });
  const gone = await startCamera();
  await gone[Symbol.asyncDispose]();
  expect(await asking(gone)()).toEqual({ kind: 'failed', why: 'it cannot be reached: ECONNREFUSED' });
});
