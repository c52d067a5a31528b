import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HubEvent } from '../../../../cloud/local/iot-hub/hub-event.ts';
import type { Device } from '../../../../cloud/local/state/devices.ts';
import { aDevice, callHub, sasToken, startTestHub, type TestHub } from '../../../support/iot-hub.ts';

let hub: TestHub;
let device: Device;
let commits: PromiseWithResolvers<void>[];
const committed: HubEvent[] = [];

beforeEach(async () => {
  commits = [];
  committed.length = 0;
  hub = await startTestHub({
    batches: { maxEvents: 2, minEvents: 1, maxWaitMs: 0 },
    deliver: async (batch) => {
      const commit = Promise.withResolvers<void>();
      commits.push(commit);
      await commit.promise;
      committed.push(...batch);
    },
  });
  device = aDevice(hub);
});
afterEach(() => hub.close());

const base64 = (text: string) => Buffer.from(text).toString('base64');
const post = (body: unknown) =>
  callHub(hub, {
    method: 'POST',
    path: '/devices/door-1/messages/events',
    token: sasToken({ resource: `${hub.hub.hostName}/devices/door-1`, key: device.primaryKey }),
    headers: { 'content-type': 'application/vnd.microsoft.iothub.json' },
    body,
  });

test('a batch is answered once, after the last of its messages is committed, and keeps their order', async () => {
  let answered = false;
  const posted = post([
    { body: base64('one'), properties: { 'iothub-app-Door': 'north', 'iothub-messageid': 'm-1' } },
    { body: 'two: plain', base64Encoded: false },
    { body: base64('three'), base64Encoded: true },
  ]).finally(() => {
    answered = true;
  });
  await vi.waitFor(() => expect(commits).toHaveLength(1));
  commits[0]?.resolve();
  await vi.waitFor(() => expect(commits).toHaveLength(2));
  expect(answered).toBe(false);
  commits[1]?.resolve();
  expect((await posted).status).toBe(204);
  expect(committed.map(({ body }) => body.toString())).toEqual(['one', 'two: plain', 'three']);
  expect(committed[0]?.properties).toEqual({ Door: 'north' });
  expect(committed[0]?.systemProperties).toMatchObject({
    'message-id': 'm-1',
    'iothub-connection-device-id': 'door-1',
  });
});

test.each([
  ['no JSON', Buffer.from('['), 'body: '],
  ['no list', { body: base64('x') }, 'body: '],
  ['an empty list', [], 'body: '],
  ['more than 500 messages', Array.from({ length: 501 }, () => ({ body: 'eA==' })), '<=500'],
  ['a message without a body', [{ body: 'eA==' }, {}], '[1].body: '],
  ['a body that is not base64', [{ body: '!' }], '[0].body: expected base64'],
  [
    'a property that is not text',
    [{ body: 'eA==', properties: { 'iothub-app-x': 1 } }],
    '[0].properties["iothub-app-x"]: ',
  ],
])('a batch with %s is refused, and the answer says where', async (_, body, where) => {
  expect(await post(body)).toMatchObject({
    status: 400,
    body: { Message: expect.stringContaining(where) },
  });
  expect(commits).toEqual([]);
});

test('a batch of more than 256 KB is refused', async () => {
  expect(await post([{ body: base64('x'.repeat(200 * 1024)) }])).toMatchObject({
    status: 413,
    body: { Message: expect.stringMatching(/^ErrorCode:MessageTooLarge;/) },
  });
});
