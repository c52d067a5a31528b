import { readFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf, makeKeyPair, type SignIdentity, signIdOf } from '../../cloud/client/sign-identity.ts';
import { API_PATHS, PROBLEM_TYPE, problemSchema } from '../../cloud/contracts/http.ts';
import { SIGN_HEADER } from '../../cloud/contracts/sign.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { type Device, deviceOf, sasTokenOf } from '../support/device-credentials.ts';
import { openSdkSensor, type SdkSensor } from '../support/sdk-sensor.ts';

let cloud: CloudProcess;
let street: SdkSensor;
let arcade: Device;
let sequence = 0;

beforeAll(async () => {
  cloud = await startCloudProcess(['--demonstration-store-group', 'demo']);
  const sensors = await cloud.putStore('calle-mayor', calleMayor());
  street = await openSdkSensor(sensors.get('street-1') ?? '', cloud.ready().caFile);
  arcade = deviceOf(sensors.get('arcade-1') ?? '');
});
afterAll(async () => {
  await street.close();
  await cloud[Symbol.asyncDispose]();
});

const counted = async (): Promise<number> => {
  const response = await cloud.call('GET', API_PATHS.store('calle-mayor'));
  const body = (await response.json()) as { snapshot: { content: { count: number } } };
  return body.snapshot.content.count;
};

/** Runs what must be refused while a good sensor counts one person before it and one after it. */
async function withNothingLostBeside(refused: () => Promise<void>): Promise<void> {
  const before = await counted();
  await street.send({ in: 1, boot: 'b1', sequence: ++sequence });
  await refused();
  await street.send({ in: 1, boot: 'b1', sequence: ++sequence });
  expect(await counted()).toBe(before + 2);
}

const connect = (device: Device, password: string) =>
  connectAsync(`mqtts://localhost:${cloud.ready().iotHub.port}`, {
    protocolVersion: 4,
    reconnectPeriod: 0,
    clientId: device.id,
    username: `${device.hostName}/${device.id}/?api-version=2021-04-12`,
    password,
    ca: readFileSync(cloud.ready().caFile),
  });

describe('a sensor is refused with a reason, and nothing is lost beside it', () => {
  test('when its token is signed with another key', () =>
    withNothingLostBeside(async () => {
      const forged = { ...arcade, key: Buffer.alloc(32, 7).toString('base64') };
      await expect(connect(arcade, sasTokenOf(forged))).rejects.toThrow(/Not authorized/);
    }));

  test('when its token has expired', () =>
    withNothingLostBeside(async () => {
      await expect(connect(arcade, sasTokenOf(arcade, Date.now() - 60_000))).rejects.toThrow(
        /Not authorized/,
      );
    }));

  test('when the hub does not know it', () =>
    withNothingLostBeside(async () => {
      const stranger = { ...arcade, id: 'nobody-1' };
      await expect(connect(stranger, sasTokenOf(stranger))).rejects.toThrow(/Not authorized/);
    }));

  test('when it publishes as another sensor: its connection is closed, and the other’s door counts nobody', () =>
    withNothingLostBeside(async () => {
      const client = await connect(arcade, sasTokenOf(arcade));
      const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
      client.publish('devices/street-1/messages/events/', '{"in":50}', { qos: 1 }, () => {});
      await closed;
      await client.endAsync(true);
    }));

  test('when its message is not JSON: it is acknowledged, and kept whole with the reason', () =>
    withNothingLostBeside(async () => {
      await street.send('three people');
      const [kept] = await cloud.rejected();
      expect(kept).toMatchObject({ sensorId: 'street-1', reason: 'not-json', times: 1 });
      expect(Buffer.from(kept?.body ?? []).toString()).toBe('three people');
    }));

  test('when it has no door: what it says is kept, and counts for nobody', () =>
    withNothingLostBeside(async () => {
      const sensors = await cloud.putStore(
        'elsewhere',
        calleMayor({
          storeGroups: ['elsewhere'],
          doors: [{ id: 'back', name: 'Back', sensors: [{ id: 'back-1', flipped: false }] }],
        }),
      );
      await cloud.putStore(
        'elsewhere',
        calleMayor({ storeGroups: ['elsewhere'], doors: [{ id: 'back', name: 'Back', sensors: [] }] }),
      );
      const back = await openSdkSensor(sensors.get('back-1') ?? '', cloud.ready().caFile);
      await back.send({ in: 9 });
      await back.close();
      expect((await cloud.rejected())[0]).toMatchObject({ sensorId: 'back-1', reason: 'unplaced-sensor' });
    }));
});

describe('a sign is refused with a reason', () => {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${cloud.ready().httpUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const codeOf = async (response: Response) => {
    const { code, detail } = problemSchema.parse(await response.json());
    return { status: response.status, code, detail };
  };
  const enrolled = async () => {
    const identity = await identityOf(await makeKeyPair());
    await post(API_PATHS.signs, { publicKey: identity.publicKey });
    return { identity, signId: await signIdOf(identity.publicKey) };
  };
  const nonceOf = async (signId: string) =>
    ((await (await post(API_PATHS.challenge(signId), {})).json()) as { nonce: string }).nonce;
  const negotiate = (signId: string, assertion: string) =>
    post(API_PATHS.negotiate, { assertion }, { [SIGN_HEADER]: signId });
  const assertionOf = (identity: SignIdentity, difference: Record<string, string>) =>
    identity.sign({ audience: 'vitrine', purpose: 'negotiate', sign: '', nonce: '', ...difference } as never);

  test('that never enrolled', async () => {
    const identity = await identityOf(await makeKeyPair());
    const signId = await signIdOf(identity.publicKey);
    expect(await codeOf(await post(API_PATHS.challenge(signId), {}))).toMatchObject({
      status: 404,
      code: 'unknown-sign',
    });
    const assertion = await assertionOf(identity, { sign: signId, nonce: 'made-up' });
    expect(await codeOf(await negotiate(signId, assertion))).toMatchObject({
      status: 404,
      code: 'unknown-sign',
    });
  });

  test('whose signature was made for another audience', async () => {
    const { identity, signId } = await enrolled();
    const nonce = await nonceOf(signId);
    const assertion = await assertionOf(identity, { sign: signId, nonce, audience: 'another-service' });
    expect(await codeOf(await negotiate(signId, assertion))).toEqual({
      status: 401,
      code: 'bad-signature',
      detail: 'the signature is for another audience',
    });
  });

  test('that signs with another key, or in the name of another sign', async () => {
    const { signId } = await enrolled();
    const thief = await enrolled();
    const nonce = await nonceOf(signId);
    const forged = await assertionOf(thief.identity, { sign: signId, nonce });
    expect(await codeOf(await negotiate(signId, forged))).toMatchObject({
      status: 401,
      code: 'bad-signature',
    });
    const own = await assertionOf(thief.identity, { sign: signId, nonce });
    expect(await codeOf(await negotiate(thief.signId, own))).toMatchObject({
      status: 401,
      code: 'bad-signature',
    });
  });

  test('that shows a nonce for the second time, or another sign’s', async () => {
    const { identity, signId } = await enrolled();
    const assertion = await assertionOf(identity, { sign: signId, nonce: await nonceOf(signId) });
    expect((await negotiate(signId, assertion)).status).toBe(200);
    expect(await codeOf(await negotiate(signId, assertion))).toMatchObject({
      status: 401,
      code: 'nonce-spent',
    });
    const other = await enrolled();
    const stolen = await assertionOf(identity, { sign: signId, nonce: await nonceOf(other.signId) });
    expect(await codeOf(await negotiate(signId, stolen))).toMatchObject({ status: 401, code: 'nonce-spent' });
  });

  test('that has no session, or one that was not made here', async () => {
    for (const authorization of ['', 'Bearer x', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJzLXgifQ.']) {
      const response = await fetch(`${cloud.ready().httpUrl}${API_PATHS.snapshots}`, {
        headers: { authorization },
      });
      expect(await codeOf(response)).toMatchObject({ status: 401, code: 'session-expired' });
    }
  });

  test('whose body is no JSON, or no key: the field is named', async () => {
    const response = await post(API_PATHS.signs, { publicKey: { kty: 'EC', crv: 'P-521', x: '', y: '' } });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe(PROBLEM_TYPE);
    expect(problemSchema.parse(await response.json()).field).toBe('publicKey.crv');
  });
});

describe('a refusal', () => {
  test('points to the page of this very cloud that explains it', async () => {
    const { httpUrl } = cloud.ready();
    const { type, code } = problemSchema.parse(await (await fetch(`${httpUrl}${API_PATHS.people}`)).json());
    const page = await fetch(new URL(type, httpUrl));
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain(` id="${code}"`);
    const described = await (await fetch(`${httpUrl}${API_PATHS.openApi}`)).json();
    expect(described).toMatchObject({ openapi: '3.1.1', paths: { [API_PATHS.people]: { get: {} } } });
  });
});

describe('the owner’s calls', () => {
  test('are refused without the key', async () => {
    const url = `${cloud.ready().httpUrl}${API_PATHS.store('calle-mayor')}`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { 'x-functions-key': 'guess' } })).status).toBe(401);
  });

  test('name the field that is wrong and what was expected', async () => {
    const response = await cloud.call('PUT', API_PATHS.store('calle-mayor'), {
      ...calleMayor(),
      timeZone: 'Mars/Olympus',
    });
    const { field, detail } = problemSchema.parse(await response.json());
    expect(field).toBe('timeZone');
    expect(detail).toContain('expected an IANA time zone');
  });
});

describe('a store', () => {
  const codeOf = async (response: Response) => ({
    ...problemSchema.parse(await response.json()),
    status: response.status,
  });

  test('is never robbed of a sensor by another store that names it', async () => {
    const robber = calleMayor({ storeGroups: ['elsewhere'] });
    const answer = await codeOf(await cloud.call('PUT', API_PATHS.store('robber'), robber));
    expect(answer).toMatchObject({ status: 409, code: 'sensor-taken', field: 'doors.0.sensors.0.id' });
    expect(answer.detail).toContain('calle-mayor');
    expect((await cloud.call('GET', API_PATHS.store('robber'))).status).toBe(404);
  });

  test('with a misspelt field, or a door twice, is refused whole', async () => {
    const misspelt = { ...calleMayor(), liveForSecond: 5 };
    const answer = await codeOf(await cloud.call('PUT', API_PATHS.store('calle-mayor'), misspelt));
    expect(answer).toMatchObject({ status: 400, detail: expect.stringContaining('liveForSecond') });
    const [door] = calleMayor().doors;
    const twice = { ...calleMayor(), doors: [door, door] };
    expect((await cloud.call('PUT', API_PATHS.store('calle-mayor'), twice)).status).toBe(400);
  });

  test('is named in the address, and a wrong name is refused as such', async () => {
    const answer = await codeOf(await cloud.call('PUT', '/api/stores/Calle%20Mayor', calleMayor()));
    expect(answer).toMatchObject({ status: 400, field: 'storeId' });
  });
});

test('the owner is told which signs there are, and where they stand', async () => {
  const response = await cloud.call('GET', API_PATHS.signs);
  const { signs } = (await response.json()) as { signs: { signId: string; storeGroupId: string | null }[] };
  expect(signs.length).toBeGreaterThan(0);
  expect(signs.every((sign) => sign.storeGroupId === 'demo')).toBe(true);
  expect((await fetch(`${cloud.ready().httpUrl}${API_PATHS.signs}`)).status).toBe(401);
});

test('a sign of a demonstration is given its place only when it is on this machine', async () => {
  const enrol = async (headers: Record<string, string>) => {
    const identity = await identityOf(await makeKeyPair());
    const response = await fetch(`${cloud.ready().httpUrl}${API_PATHS.signs}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ publicKey: identity.publicKey }),
    });
    return ((await response.json()) as { storeGroupId: string | null }).storeGroupId;
  };
  expect(await enrol({})).toBe('demo');
  expect(await enrol({ 'x-forwarded-for': '203.0.113.9' })).toBeNull();
  expect(await enrol({ origin: 'https://elsewhere.example' })).toBeNull();
  expect(await enrol({ 'content-type': 'text/plain' })).toBeNull();
  expect(await enrol({ 'client-ip': '127.0.0.1', via: '1.1 proxy' })).toBeNull();
});
