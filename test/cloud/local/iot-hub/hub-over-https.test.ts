import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  aDevice,
  callHub,
  closed,
  connectPlain,
  OWNER,
  ownerToken,
  sasToken,
  startTestHub,
  type TestHub,
} from '../../../support/iot-hub.ts';

let hub: TestHub;
const commits: PromiseWithResolvers<void>[] = [];
let holds = false;

beforeEach(async () => {
  holds = false;
  commits.length = 0;
  hub = await startTestHub({
    commitWithinMs: 1_000,
    deliver: async (batch) => {
      const commit = Promise.withResolvers<void>();
      commits.push(commit);
      if (holds) await commit.promise;
      hub.delivered.push(...batch);
    },
  });
});
afterEach(() => hub.close());

const identity = (deviceId: string, more: object = {}) => ({
  deviceId,
  status: 'enabled',
  authentication: { type: 'sas' },
  ...more,
});
const KEYS = {
  primaryKey: Buffer.alloc(32, 'one').toString('base64'),
  secondaryKey: Buffer.alloc(32, 'two').toString('base64'),
};

describe('the registry', () => {
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    callHub(hub, { method, path, token: ownerToken(hub), body, headers });

  test('makes a device with keys of its own; the device can connect, and is shown connected', async () => {
    const made = await call('PUT', '/devices/door-1', identity('door-1'));
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      deviceId: 'door-1',
      generationId: expect.stringMatching(/./),
      etag: expect.stringMatching(/./),
      status: 'enabled',
      connectionState: 'Disconnected',
      authentication: {
        type: 'sas',
        symmetricKey: { primaryKey: expect.stringMatching(/^.{44}$/), secondaryKey: expect.any(String) },
      },
    });
    const { authentication } = made.body as { authentication: { symmetricKey: { primaryKey: string } } };
    const { primaryKey } = authentication.symmetricKey;
    const client = await connectPlain(hub, { deviceId: 'door-1', primaryKey });
    const read = await call('GET', '/devices/door-1');
    expect(read.body).toEqual({
      ...(made.body as object),
      connectionState: 'Connected',
      connectionStateUpdatedTime: expect.stringMatching(/^20/),
    });
    await client.endAsync();
  });

  test('keeps given keys, and refuses a second device of the same id', async () => {
    const body = identity('door-1', { authentication: { type: 'sas', symmetricKey: KEYS } });
    await call('PUT', '/devices/door-1', body);
    expect(hub.devices.read('door-1')).toMatchObject(KEYS);
    const second = await call('PUT', '/devices/door-1', identity('door-1'));
    expect(second.status).toBe(409);
    expect(second.body).toEqual({
      Message: expect.stringMatching(/^ErrorCode:DeviceAlreadyExists;/),
      ExceptionMessage: expect.stringMatching(/^Tracking ID:/),
    });
    expect(second.headers['iothub-errorcode']).toBe('DeviceAlreadyExists');
    expect(hub.devices.read('door-1')).toMatchObject(KEYS);
  });

  test('changes a device only where If-Match fits, and disabling it ends its connection', async () => {
    const device = aDevice(hub);
    const client = await connectPlain(hub, device);
    const ended = closed(client);
    const disabled = identity('door-1', { status: 'disabled' });
    const stale = await call('PUT', '/devices/door-1', disabled, { 'if-match': '"stale"' });
    expect(stale.status).toBe(412);
    const changed = await call('PUT', '/devices/door-1', disabled, { 'if-match': `"${device.etag}"` });
    expect(changed).toMatchObject({ status: 200, body: { status: 'disabled' } });
    await ended;
    expect(hub.devices.read('door-1')).toMatchObject({
      primaryKey: device.primaryKey,
      generationId: device.generationId,
    });
    const missing = await call('PUT', '/devices/door-2', identity('door-2'), { 'if-match': '*' });
    expect(missing.status).toBe(404);
  });

  test('tells when a device came, went and spoke, since the hub started', async () => {
    const client = await connectPlain(hub, aDevice(hub));
    const began = Date.now() - 1;
    await client.publishAsync(`devices/door-1/messages/events/`, 'x', { qos: 1 });
    await client.endAsync();
    await expect
      .poll(async () => (await call('GET', '/devices/door-1')).body)
      .toMatchObject({ connectionState: 'Disconnected' });
    const { connectionStateUpdatedTime, lastActivityTime } = (await call('GET', '/devices/door-1'))
      .body as Record<string, string>;
    for (const time of [connectionStateUpdatedTime, lastActivityTime]) {
      expect(Date.parse(time ?? '')).toBeGreaterThan(began);
    }
  });

  test('lists devices and deletes them', async () => {
    for (const deviceId of ['c', 'a', 'b']) aDevice(hub, deviceId);
    const listed = await callHub(hub, {
      method: 'GET',
      path: '/devices',
      query: 'top=2&api-version=2021-04-12',
      token: ownerToken(hub),
    });
    expect(listed.body).toMatchObject([{ deviceId: 'a' }, { deviceId: 'b' }]);
    const client = await connectPlain(hub, hub.devices.read('a') ?? { deviceId: '', primaryKey: '' });
    const ended = closed(client);
    expect((await call('DELETE', '/devices/a', undefined, { 'if-match': '*' })).status).toBe(204);
    await ended;
    const gone = await call('GET', '/devices/a');
    expect(gone).toMatchObject({
      status: 404,
      body: { Message: expect.stringMatching(/^ErrorCode:DeviceNotFound;/) },
    });
    expect((await call('DELETE', '/devices/a')).status).toBe(404);
  });

  test.each([
    ['no JSON', Buffer.from('{')],
    ['another id than the path', identity('door-2')],
    [
      'a key too short',
      identity('door-1', { authentication: { symmetricKey: { ...KEYS, primaryKey: 'AAAA' } } }),
    ],
    [
      'a way to authenticate that is not built',
      identity('door-1', { authentication: { type: 'selfSigned' } }),
    ],
  ])('refuses %s', async (_, body) => {
    expect(await call('PUT', '/devices/door-1', body)).toMatchObject({
      status: 400,
      body: { Message: expect.stringMatching(/^ErrorCode:ArgumentInvalid;/) },
    });
  });

  test('refuses a wrong policy key, an unknown policy, a token over its time, and a device’s own key', async () => {
    const device = aDevice(hub);
    const resource = hub.hub.hostName;
    const tokens = [
      '',
      sasToken({ resource, key: KEYS.primaryKey, policyName: OWNER.name }),
      sasToken({ resource, key: OWNER.key, policyName: 'nobody' }),
      sasToken({ resource, key: OWNER.key, policyName: OWNER.name, expiresAtMs: Date.now() - 1_000 }),
      sasToken({ resource: 'elsewhere', key: OWNER.key, policyName: OWNER.name }),
      sasToken({ resource: `${resource}/devices/door-1`, key: device.primaryKey }),
    ];
    for (const token of tokens) {
      const answer = await callHub(hub, { method: 'DELETE', path: '/devices/door-1', token });
      expect(answer).toMatchObject({
        status: 401,
        body: { Message: 'ErrorCode:IotHubUnauthorizedAccess;Unauthorized' },
      });
    }
    expect(hub.devices.read('door-1')).toEqual(device);
  });
});

describe('a policy with one right', () => {
  const READ = {
    name: 'registryRead',
    key: Buffer.alloc(32, 'read').toString('base64'),
    rights: ['read'],
  } as const;

  test('that only reads cannot make, change or delete a device', async () => {
    await hub.close();
    hub = await startTestHub({ registryPolicies: [OWNER, READ] });
    const device = aDevice(hub);
    const token = sasToken({ resource: hub.hub.hostName, key: READ.key, policyName: READ.name });
    const call = (method: string, path: string, body?: unknown) =>
      callHub(hub, { method, path, token, body, headers: { 'if-match': '*' } });
    expect((await call('GET', '/devices/door-1')).status).toBe(200);
    expect((await call('GET', '/devices')).status).toBe(200);
    expect((await call('PUT', '/devices/door-2', identity('door-2'))).status).toBe(401);
    expect((await call('PUT', '/devices/door-1', identity('door-1'))).status).toBe(401);
    expect((await call('DELETE', '/devices/door-1')).status).toBe(401);
    expect(hub.devices.list(10)).toEqual([device]);
  });
});

describe('a device that speaks HTTPS', () => {
  const post = (deviceId: string, token: string, body: Buffer, headers: Record<string, string> = {}) =>
    callHub(hub, { method: 'POST', path: `/devices/${deviceId}/messages/events`, token, body, headers });
  const tokenOf = (device: { deviceId: string; primaryKey: string }) =>
    sasToken({ resource: `${hub.hub.hostName}/devices/${device.deviceId}`, key: device.primaryKey });

  test('gets 204 for a message only after it is committed', async () => {
    holds = true;
    const device = aDevice(hub);
    let answered = false;
    const headers = {
      'iothub-messageid': 'm-1',
      'iothub-contenttype': 'application/json',
      'iothub-app-doorName': 'north',
    };
    const posted = post('door-1', tokenOf(device), Buffer.from('{"in":1}'), headers).finally(() => {
      answered = true;
    });
    await vi.waitFor(() => expect(commits).toHaveLength(1));
    expect(await callHub(hub, { method: 'GET', path: '/devices', token: ownerToken(hub) })).toMatchObject({
      status: 200,
    });
    expect(answered).toBe(false);
    commits[0]?.resolve();
    expect(await posted).toMatchObject({ status: 204, body: undefined });
    const [event] = hub.delivered;
    expect(event?.body.toString()).toBe('{"in":1}');
    expect(event?.properties).toEqual({ doorName: 'north' });
    expect(event?.systemProperties).toMatchObject({
      'message-id': 'm-1',
      'content-type': 'application/json',
      'iothub-connection-device-id': 'door-1',
    });
  });

  test('gets 503 if its message cannot be committed in time', async () => {
    holds = true;
    expect(await post('door-1', tokenOf(aDevice(hub)), Buffer.from('x'))).toMatchObject({ status: 503 });
    commits[0]?.resolve();
  });

  test('is refused with a foreign token, and with a message that is too large', async () => {
    const device = aDevice(hub);
    const other = aDevice(hub, 'door-2');
    expect(await post('door-1', tokenOf(other), Buffer.from('x'))).toMatchObject({ status: 401 });
    expect(await post('door-1', tokenOf(device), Buffer.alloc(256 * 1024 + 1))).toMatchObject({
      status: 413,
    });
    expect(hub.delivered).toEqual([]);
  });
});

test('anything else is not found, and a request without api-version is refused', async () => {
  const token = ownerToken(hub);
  expect(await callHub(hub, { method: 'GET', path: '/twins/door-1', token })).toMatchObject({ status: 404 });
  expect(await callHub(hub, { method: 'GET', path: '/devices/a/b', token })).toMatchObject({ status: 404 });
  expect(await callHub(hub, { method: 'GET', path: '/devices', query: '', token })).toMatchObject({
    status: 400,
    body: { Message: expect.stringMatching(/^ErrorCode:InvalidProtocolVersion;/) },
  });
});
