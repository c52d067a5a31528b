import { once } from 'node:events';
import { Client } from 'azure-iot-device';
import { Mqtt } from 'azure-iot-device-mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '../../../../cloud/local/state/devices.ts';
import {
  aDevice,
  closed,
  connectPlain,
  deviceConnectionString,
  eventsTopic,
  logged,
  sasToken,
  startTestHub,
  type TestHub,
} from '../../../support/iot-hub.ts';
import { connectPacket, openRaw } from '../../../support/raw-mqtt.ts';

let hub: TestHub;
let device: Device;
let clockAheadMs = 0;
const resource = () => `${hub.hub.hostName}/devices/${device.deviceId}`;
const wrongKey = Buffer.alloc(32, 'wrong').toString('base64');

beforeAll(async () => {
  hub = await startTestHub({ now: () => Date.now() + clockAheadMs, hubNames: ['shop.example'] });
  device = aDevice(hub);
});
afterAll(() => hub.close());

const NOT_AUTHORIZED = { code: 5 };

describe('a device is refused', () => {
  test('with a wrong key, also through the official SDK', async () => {
    const client = Client.fromConnectionString(
      deviceConnectionString(hub.hub.hostName, { ...device, primaryKey: wrongKey }),
      Mqtt,
    );
    await client.setOptions({ ca: hub.caPem });
    await expect(client.open()).rejects.toMatchObject({ name: 'UnauthorizedError' });
    await client.close();
    await logged(hub, 'wrong-signature');
  });

  test('if nobody registered it', async () => {
    const stranger = { deviceId: 'stranger', primaryKey: device.primaryKey };
    await expect(connectPlain(hub, stranger)).rejects.toMatchObject(NOT_AUTHORIZED);
    await logged(hub, 'unknown-device');
  });

  test('while it is disabled', async () => {
    const disabled = aDevice(hub, 'disabled');
    hub.devices.update('disabled', { status: 'disabled' });
    await expect(connectPlain(hub, disabled)).rejects.toMatchObject(NOT_AUTHORIZED);
    hub.devices.update('disabled', { status: 'enabled' });
    await (await connectPlain(hub, disabled)).endAsync();
  });

  test('with a token whose time is over', async () => {
    const password = sasToken({
      resource: resource(),
      key: device.primaryKey,
      expiresAtMs: Date.now() - 1_000,
    });
    await expect(connectPlain(hub, device, { password })).rejects.toMatchObject(NOT_AUTHORIZED);
    await logged(hub, 'expired-token');
  });

  test.each([
    'localhost/devices/door-2',
    'localhost/devices/door-1/modules/m',
    'other-hub/devices/door-1',
    'loc',
  ])('with a token for %s', async (other) => {
    const password = sasToken({ resource: other, key: device.primaryKey });
    await expect(connectPlain(hub, device, { password })).rejects.toMatchObject(NOT_AUTHORIZED);
  });

  test('with no token, a broken one or the hub’s own name for another hub', async () => {
    await expect(connectPlain(hub, device, { password: '' })).rejects.toMatchObject(NOT_AUTHORIZED);
    await expect(connectPlain(hub, device, { password: 'SharedAccessSignature sr=%' })).rejects.toMatchObject(
      NOT_AUTHORIZED,
    );
    const username = `elsewhere.example/${device.deviceId}/?api-version=2021-04-12`;
    await expect(connectPlain(hub, device, { username })).rejects.toMatchObject(NOT_AUTHORIZED);
  });

  test('under another client id, without a user name, or with another version of the protocol', async () => {
    await expect(connectPlain(hub, device, { clientId: 'door-2' })).rejects.toMatchObject({ code: 2 });
    await expect(connectPlain(hub, device, { username: 'door-1' })).rejects.toMatchObject({ code: 4 });
    await expect(
      connectPlain(hub, device, { protocolVersion: 3, protocolId: 'MQIsdp' }),
    ).rejects.toMatchObject({ code: 1 });
  });

  test('and the log never holds a key or a signature', async () => {
    const token = sasToken({ resource: resource(), key: wrongKey });
    await expect(connectPlain(hub, device, { password: token })).rejects.toMatchObject(NOT_AUTHORIZED);
    const log = hub.log.join('');
    expect(log).toContain('wrong-signature');
    for (const secret of [
      wrongKey,
      device.primaryKey,
      device.secondaryKey,
      'SharedAccessSignature',
      'sig=',
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});

describe('a device is let in', () => {
  test('with its secondary key, a token for the whole hub, or in other letter case', async () => {
    const withSecondary = sasToken({ resource: resource(), key: device.secondaryKey });
    const forAll = sasToken({ resource: hub.hub.hostName, key: device.primaryKey });
    const inCapitals = sasToken({ resource: resource().toUpperCase(), key: device.primaryKey });
    for (const password of [withSecondary, forAll, inCapitals]) {
      await (await connectPlain(hub, device, { password })).endAsync();
    }
  });

  test('under another name of the hub, with or without the port', async () => {
    for (const name of ['shop.example', `shop.example:${hub.hub.port}`, 'localhost']) {
      const username = `${name}/${device.deviceId}/?api-version=2021-04-12`;
      const password = sasToken({ resource: `${name}/devices/${device.deviceId}`, key: device.primaryKey });
      await (await connectPlain(hub, device, { username, password })).endAsync();
    }
  });
});

describe('a connection ends', () => {
  test('when a newer one of the same device comes', async () => {
    const older = await connectPlain(hub, device);
    const ended = closed(older);
    const newer = await connectPlain(hub, device);
    await ended;
    expect(newer.connected).toBe(true);
    await newer.endAsync();
  });

  test('when its device is disabled, and when it is deleted', async () => {
    const doomed = aDevice(hub, 'doomed');
    const first = await connectPlain(hub, doomed);
    const firstEnded = closed(first);
    hub.devices.update('doomed', { status: 'disabled' });
    await firstEnded;
    hub.devices.update('doomed', { status: 'enabled' });
    const second = await connectPlain(hub, doomed);
    const secondEnded = closed(second);
    hub.devices.delete('doomed');
    await secondEnded;
  });

  test('when the key that signed its token is replaced, but not while it lives on the other key', async () => {
    const rolled = aDevice(hub, 'rolled');
    const newKey = Buffer.alloc(32, 'new').toString('base64');
    const onPrimary = await connectPlain(hub, rolled);
    hub.devices.update('rolled', { keys: { primaryKey: rolled.primaryKey, secondaryKey: newKey } });
    await onPrimary.publishAsync(eventsTopic('rolled'), 'still here', { qos: 1 });
    const ended = closed(onPrimary);
    hub.devices.update('rolled', { keys: { primaryKey: wrongKey, secondaryKey: newKey } });
    await ended;
    await logged(hub, 'its key was replaced');
    await expect(connectPlain(hub, rolled)).rejects.toMatchObject(NOT_AUTHORIZED);
    await (await connectPlain(hub, { deviceId: 'rolled', primaryKey: newKey })).endAsync();
  });

  test('when the device is silent for one and a half times its keep-alive', async () => {
    const pinging = await connectPlain(hub, aDevice(hub, 'pinging'), { keepalive: 1 });
    const { socket } = await openRaw(hub);
    socket.write(connectPacket(hub, device, 1));
    await once(socket, 'close');
    await logged(hub, '"why":"keep-alive"');
    expect(pinging.connected).toBe(true);
    await pinging.endAsync();
  });

  test('when its token runs out', async () => {
    const client = await connectPlain(hub, device);
    const ended = closed(client);
    clockAheadMs = 3_600_000;
    await ended;
    clockAheadMs = 0;
    await logged(hub, 'token expired');
  });
});
