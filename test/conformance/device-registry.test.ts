import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { OWNER, sasToken, startTestHub, type TestHub } from '../support/iot-hub.ts';
import {
  callRegistry,
  type RegistryCall,
  type ServiceConnection,
  serviceConnectionOf,
} from '../support/registry-service.ts';

/**
 * IoT Hub's device registry, operation by operation and status by status, against nothing but a connection string.
 * VITRINE_CONFORMANCE_IOTHUB points it at a real hub (policy registryReadWrite or iothubowner; it makes and deletes
 * devices of its own, `conformance-...`); without it, the embedded hub is started.
 */
const realHub = process.env.VITRINE_CONFORMANCE_IOTHUB;
let embedded: TestHub | undefined;
let service: ServiceConnection;
const made = new Set<string>();

beforeAll(async () => {
  if (realHub !== undefined) {
    service = serviceConnectionOf(realHub);
    return;
  }
  embedded = await startTestHub();
  const { hub, caPem } = embedded;
  const text = `HostName=${hub.hostName};SharedAccessKeyName=${OWNER.name};SharedAccessKey=${OWNER.key}`;
  service = { ...serviceConnectionOf(text), ca: caPem };
});
afterEach(async () => {
  for (const deviceId of made) await call('DELETE', deviceId, { ifMatch: '*' });
  made.clear();
});
afterAll(() => embedded?.close());

const call = (method: string, deviceId: string, more: Partial<RegistryCall> = {}) =>
  callRegistry(service, { method, path: `/devices/${deviceId}`, ...more });

const newId = () => {
  const deviceId = `conformance-${randomUUID()}`;
  made.add(deviceId);
  return deviceId;
};
const identity = (deviceId: string, more: object = {}) => ({
  deviceId,
  status: 'enabled',
  authentication: { type: 'sas' },
  ...more,
});
const create = (deviceId: string, more: object = {}) =>
  call('PUT', deviceId, { body: identity(deviceId, more) });

type Identity = { readonly etag: string; readonly generationId: string; readonly authentication: unknown };
const identityIn = (body: unknown): Identity => body as Identity;
const errorOf = (code: string) => ({
  Message: expect.stringMatching(new RegExp(`^ErrorCode:${code};`)),
  ExceptionMessage: expect.stringMatching(/^Tracking ?ID:/i),
});
const keys = (first: string, second: string) => ({
  primaryKey: Buffer.alloc(32, first).toString('base64'),
  secondaryKey: Buffer.alloc(32, second).toString('base64'),
});

describe('create', () => {
  test('200 with the identity, keys made by the hub, and its etag', async () => {
    const deviceId = newId();
    const answer = await create(deviceId);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      deviceId,
      generationId: expect.stringMatching(/./),
      etag: expect.stringMatching(/./),
      connectionState: 'Disconnected',
      status: 'enabled',
      statusReason: null,
      connectionStateUpdatedTime: expect.stringMatching(/^0001-01-01T00:00:00/),
      statusUpdatedTime: expect.stringMatching(/^0001-01-01T00:00:00/),
      lastActivityTime: expect.stringMatching(/^0001-01-01T00:00:00/),
      cloudToDeviceMessageCount: 0,
      authentication: {
        type: 'sas',
        symmetricKey: {
          primaryKey: expect.stringMatching(/^[A-Za-z0-9+/]+={0,2}$/),
          secondaryKey: expect.stringMatching(/^[A-Za-z0-9+/]+={0,2}$/),
        },
        x509Thumbprint: { primaryThumbprint: null, secondaryThumbprint: null },
      },
      capabilities: { iotEdge: false },
    });
  });

  test('200 with the keys that the caller gives', async () => {
    const symmetricKey = keys('one', 'two');
    const answer = await create(newId(), { authentication: { type: 'sas', symmetricKey } });
    expect(answer.body).toMatchObject({ authentication: { symmetricKey } });
  });

  test('409 DeviceAlreadyExists for an id that is taken, which stays as it was', async () => {
    const deviceId = newId();
    const first = await create(deviceId);
    const second = await create(deviceId);
    expect(second).toMatchObject({ status: 409, body: errorOf('DeviceAlreadyExists') });
    expect(identityIn((await call('GET', deviceId)).body).generationId).toBe(
      identityIn(first.body).generationId,
    );
  });

  test('400 for a body of another device than the path', async () => {
    const answer = await call('PUT', newId(), { body: identity('another-device') });
    expect(answer.status).toBe(400);
  });
});

describe('read', () => {
  test('200 with the identity and its etag as a header', async () => {
    const deviceId = newId();
    const created = await create(deviceId);
    const read = await call('GET', deviceId);
    expect(read.status).toBe(200);
    expect(read.body).toEqual(created.body);
    expect(String(read.headers.etag)).toContain(identityIn(created.body).etag);
  });

  test('404 DeviceNotFound for an id that nobody made', async () => {
    expect(await call('GET', newId())).toMatchObject({ status: 404, body: errorOf('DeviceNotFound') });
  });
});

describe('list', () => {
  test('200 with identities, at most as many as asked for', async () => {
    const ids = [newId(), newId(), newId()];
    for (const deviceId of ids) await create(deviceId);
    const answer = await callRegistry(service, {
      method: 'GET',
      path: '/devices',
      query: 'top=2&api-version=2021-04-12',
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(2);
    expect(answer.body).toMatchObject([
      { deviceId: expect.any(String), etag: expect.any(String) },
      { deviceId: expect.any(String), etag: expect.any(String) },
    ]);
  });
});

describe('update', () => {
  test('200 where If-Match fits: disabled, with the reason and when, under a new etag', async () => {
    const deviceId = newId();
    const { etag, generationId } = identityIn((await create(deviceId)).body);
    const disabled = identity(deviceId, { status: 'disabled', statusReason: 'stolen' });
    const answer = await call('PUT', deviceId, { body: disabled, ifMatch: `"${etag}"` });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'disabled', statusReason: 'stolen', generationId },
    });
    const read = (await call('GET', deviceId)).body;
    expect(read).toMatchObject({
      status: 'disabled',
      statusReason: 'stolen',
      statusUpdatedTime: expect.stringMatching(/^20/),
    });
    expect(identityIn(read).etag).not.toBe(etag);
  });

  test('200 with If-Match: *, and other keys', async () => {
    const deviceId = newId();
    await create(deviceId);
    const symmetricKey = keys('three', 'four');
    const body = identity(deviceId, { authentication: { type: 'sas', symmetricKey } });
    expect(await call('PUT', deviceId, { body, ifMatch: '*' })).toMatchObject({
      status: 200,
      body: { authentication: { symmetricKey } },
    });
  });

  test('412 PreconditionFailed where If-Match does not fit, and nothing is changed', async () => {
    const deviceId = newId();
    const created = await create(deviceId);
    const body = identity(deviceId, { status: 'disabled' });
    const answer = await call('PUT', deviceId, { body, ifMatch: '"AAAAAAAAAAA="' });
    expect(answer).toMatchObject({ status: 412, body: errorOf('PreconditionFailed') });
    expect((await call('GET', deviceId)).body).toEqual(created.body);
  });
});

describe('delete', () => {
  test('204 with If-Match: *, and the device is gone', async () => {
    const deviceId = newId();
    await create(deviceId);
    expect(await call('DELETE', deviceId, { ifMatch: '*' })).toMatchObject({ status: 204, body: undefined });
    expect((await call('GET', deviceId)).status).toBe(404);
  });

  test('204 where If-Match fits, 412 where it does not', async () => {
    const deviceId = newId();
    const { etag } = identityIn((await create(deviceId)).body);
    const stale = await call('DELETE', deviceId, { ifMatch: '"AAAAAAAAAAA="' });
    expect(stale).toMatchObject({ status: 412, body: errorOf('PreconditionFailed') });
    expect((await call('DELETE', deviceId, { ifMatch: `"${etag}"` })).status).toBe(204);
  });

  test('404 DeviceNotFound for an id that nobody made', async () => {
    const answer = await call('DELETE', newId(), { ifMatch: '*' });
    expect(answer).toMatchObject({ status: 404, body: errorOf('DeviceNotFound') });
  });

  test('a device made anew under an old id has another generation', async () => {
    const deviceId = newId();
    const first = identityIn((await create(deviceId)).body);
    await call('DELETE', deviceId, { ifMatch: '*' });
    const second = identityIn((await create(deviceId)).body);
    expect(second.generationId).not.toBe(first.generationId);
    expect(second.authentication).not.toEqual(first.authentication);
  });
});

describe('401 for', () => {
  const wrongKey = Buffer.alloc(32, 'wrong').toString('base64');
  test.each([
    ['no token', () => ''],
    [
      'a wrong key',
      () => sasToken({ resource: service.hostName, key: wrongKey, policyName: service.policyName }),
    ],
    [
      'a policy that does not exist',
      () => sasToken({ resource: service.hostName, key: service.key, policyName: 'nobody' }),
    ],
    [
      'a token whose time is over',
      () =>
        sasToken({
          resource: service.hostName,
          key: service.key,
          policyName: service.policyName,
          expiresAtMs: Date.now() - 60_000,
        }),
    ],
    [
      'a token for another hub',
      () => sasToken({ resource: 'elsewhere.example', key: service.key, policyName: service.policyName }),
    ],
  ])('%s', async (_, token) => {
    expect((await call('GET', newId(), { token: token() })).status).toBe(401);
  });
});

test('400 without a version of the API', async () => {
  expect((await call('GET', newId(), { query: 'top=1' })).status).toBe(400);
});
