import { Client, Message } from 'azure-iot-device';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Device } from '../../cloud/local/state/devices.ts';
import { aDevice, sasToken, startTestHub, type TestHub } from '../support/iot-hub.ts';
import {
  OVER_HTTPS,
  OVER_MQTT,
  OVER_WEB_SOCKET,
  SDK_TRANSPORTS,
  type SdkTransport,
  sdkClient,
  withOptions,
} from '../support/sdk-transports.ts';

const HOUR_MS = 3_600_000;
let hub: TestHub;
let clockAheadMs = 0;
let commit: Promise<void> = Promise.resolve();
let batches = 0;
let made = 0;

beforeAll(async () => {
  hub = await startTestHub({
    now: () => Date.now() + clockAheadMs,
    deliver: async (batch) => {
      batches += 1;
      await commit;
      hub.delivered.push(...batch);
    },
  });
});
afterAll(() => hub.close());
beforeEach(() => {
  clockAheadMs = 0;
  commit = Promise.resolve();
  hub.delivered.length = 0;
  batches = 0;
});

const newDevice = (): Device => aDevice(hub, `sdk-${made++}`);
const bodies = () => hub.delivered.map(({ body }) => body.toString());

/** Opens, sends one message and closes, whatever comes of it. */
async function sendOne(transport: SdkTransport, device: Pick<Device, 'deviceId' | 'primaryKey'>) {
  const client = await sdkClient(hub, transport, device);
  try {
    await client.open();
    await client.sendEvent(new Message('{"in":1}'));
  } finally {
    await client.close();
  }
}

describe.each(SDK_TRANSPORTS)('the official device SDK over $name', (transport) => {
  test('sends a message with its properties, and hears of it only after the commit', async () => {
    const committed = Promise.withResolvers<void>();
    commit = committed.promise;
    const device = newDevice();
    const client = await sdkClient(hub, transport, device);
    await client.open();
    const message = new Message('{"in":2,"out":1}');
    message.messageId = 'm-1';
    message.contentType = 'application/json';
    message.contentEncoding = 'utf-8';
    message.properties.add('door', 'north & south');
    let acknowledged = false;
    const sent = client.sendEvent(message).then(() => {
      acknowledged = true;
    });
    await expect.poll(() => batches).toBe(1);
    // Time enough for an answer that comes too early: another device's whole conversation.
    const other = await sdkClient(hub, OVER_MQTT, newDevice());
    await other.open();
    await other.close();
    expect(acknowledged).toBe(false);
    committed.resolve();
    await sent;
    await client.close();

    const [event] = hub.delivered;
    expect(event?.body.toString()).toBe('{"in":2,"out":1}');
    expect(event?.properties).toEqual({ door: 'north & south' });
    expect(event?.systemProperties).toMatchObject({
      'message-id': 'm-1',
      'content-type': 'application/json',
      'content-encoding': 'utf-8',
      'iothub-connection-device-id': device.deviceId,
      'iothub-connection-auth-generation-id': device.generationId,
    });
  });

  test('is refused with a wrong key', async () => {
    const wrong = { ...newDevice(), primaryKey: Buffer.alloc(32, 'wrong').toString('base64') };
    await expect(sendOne(transport, wrong)).rejects.toMatchObject({ name: 'UnauthorizedError' });
  });

  test('is refused as a device that nobody registered', async () => {
    const stranger = { ...newDevice(), deviceId: 'stranger' };
    await expect(sendOne(transport, stranger)).rejects.toMatchObject({ name: 'UnauthorizedError' });
  });

  test('is refused while its device is disabled', async () => {
    const device = newDevice();
    hub.devices.update(device.deviceId, { status: 'disabled' });
    await expect(sendOne(transport, device)).rejects.toMatchObject({ name: 'UnauthorizedError' });
    hub.devices.update(device.deviceId, { status: 'enabled' });
    await sendOne(transport, device);
    expect(bodies()).toEqual(['{"in":1}']);
  });

  test('is refused with a token whose time is over', async () => {
    const device = newDevice();
    clockAheadMs = 2 * HOUR_MS;
    await expect(sendOne(transport, device)).rejects.toMatchObject({ name: 'UnauthorizedError' });
    expect(bodies()).toEqual([]);
  });

  test('goes on with a new token that it is given, past the end of the first', async () => {
    const device = newDevice();
    const resource = `${transport.hostName(hub)}/devices/${device.deviceId}`;
    const token = (hours: number) =>
      sasToken({ resource, key: device.primaryKey, expiresAtMs: Date.now() + hours * HOUR_MS });
    const client = await withOptions(
      Client.fromSharedAccessSignature(token(1), transport.kind),
      hub,
      transport,
    );
    await client.open();
    await client.sendEvent(new Message('before'));
    await client.updateSharedAccessSignature(token(3));
    clockAheadMs = 2 * HOUR_MS;
    await client.sendEvent(new Message('after'));
    await client.close();
    expect(bodies()).toEqual(['before', 'after']);
  });
});

const connections = (deviceId: string) =>
  hub.log.filter((line) => line.includes('"device connected"') && line.includes(deviceId)).length;

test('the SDK renews short tokens by itself: nothing is lost between one and the next', async () => {
  const VALID_SECONDS = 2;
  const WITHIN_MS = 20_000;
  const sentBy = async (transport: SdkTransport) => {
    const device = newDevice();
    const renewal = { tokenValidTimeInSeconds: VALID_SECONDS, tokenRenewalMarginInSeconds: 1 };
    const client = await sdkClient(hub, transport, device, { tokenRenewal: renewal });
    await client.open();
    const firstIsOverAtMs = Date.now() + VALID_SECONDS * 1_000;
    const sent: string[] = [];
    const send = async () => {
      const body = `${device.deviceId} ${sent.length}`;
      await client.sendEvent(new Message(body));
      sent.push(body);
    };
    // Over MQTT a new token is a new connection; over HTTPS each message is one, with the token of the day.
    const isRenewed = () =>
      transport === OVER_HTTPS ? Date.now() > firstIsOverAtMs : connections(device.deviceId) > 1;
    const sendUntil = async () => {
      await send();
      return isRenewed();
    };
    await expect.poll(sendUntil, { interval: 50, timeout: WITHIN_MS }).toBe(true);
    await send();
    await client.close();
    return sent;
  };
  const sent = (await Promise.all(SDK_TRANSPORTS.map(sentBy))).flat();
  expect(new Set(bodies())).toEqual(new Set(sent));
  expect(sent.length).toBeGreaterThan(SDK_TRANSPORTS.length);
});

test('the SDK sends a batch over HTTPS: one answer for all, and all are there in order', async () => {
  const client = await sdkClient(hub, OVER_HTTPS, newDevice());
  await client.open();
  const messages = ['first', 'second', 'third'].map((body) => {
    const message = new Message(body);
    message.properties.add('batch', body);
    return message;
  });
  await client.sendEventBatch(messages);
  await client.close();
  expect(bodies()).toEqual(['first', 'second', 'third']);
  expect(hub.delivered.map(({ properties }) => properties)).toEqual([
    { batch: 'first' },
    { batch: 'second' },
    { batch: 'third' },
  ]);
});

test('the SDK over WebSocket comes back with its next message when its connection is taken away', async () => {
  const device = newDevice();
  const client = await sdkClient(hub, OVER_WEB_SOCKET, device);
  await client.open();
  await client.sendEvent(new Message('before'));
  hub.devices.update(device.deviceId, { status: 'disabled' });
  hub.devices.update(device.deviceId, { status: 'enabled' });
  await client.sendEvent(new Message('after'));
  await client.close();
  expect(bodies()).toEqual(['before', 'after']);
  expect(connections(device.deviceId)).toBe(2);
});
