import { Client, Message } from 'azure-iot-device';
import { Mqtt } from 'azure-iot-device-mqtt';
import { afterEach, expect, test, vi } from 'vitest';
import type { HubEvent } from '../../../../cloud/local/iot-hub/hub-event.ts';
import {
  aDevice,
  closed,
  connectPlain,
  deviceConnectionString,
  eventsTopic,
  logged,
  startTestHub,
  type TestHub,
} from '../../../support/iot-hub.ts';

let hub: TestHub;
afterEach(() => hub.close());

const bodies = (events: readonly HubEvent[]) => events.map(({ body }) => body.toString());

test('the official device SDK sends an event; it arrives stamped, and is acknowledged only after it is committed', async () => {
  const batches: (readonly HubEvent[])[] = [];
  const commit = Promise.withResolvers<void>();
  hub = await startTestHub({
    deliver: (batch) => {
      batches.push(batch);
      return commit.promise;
    },
  });
  const device = aDevice(hub);
  const client = Client.fromConnectionString(deviceConnectionString(hub.hub.hostName, device), Mqtt);
  await client.setOptions({ ca: hub.caPem });
  await client.open();
  const message = new Message('{"in":2,"out":1}');
  message.messageId = 'm-1';
  message.contentType = 'application/json';
  message.contentEncoding = 'utf-8';
  message.properties.add('door name', 'north & south');
  let acknowledged = false;
  const sent = client.sendEvent(message).then(() => {
    acknowledged = true;
  });

  await expect.poll(() => batches.length).toBe(1);
  // Time enough for a PUBACK that is sent too early: another device's whole conversation.
  await (await connectPlain(hub, aDevice(hub, 'door-2'))).endAsync();
  expect(acknowledged).toBe(false);
  commit.resolve();
  await sent;
  await client.close();

  const [event] = batches[0] ?? [];
  expect(event?.body.toString()).toBe('{"in":2,"out":1}');
  expect(event?.properties).toEqual({ 'door name': 'north & south' });
  expect(event?.systemProperties).toEqual({
    'message-id': 'm-1',
    'content-type': 'application/json',
    'content-encoding': 'utf-8',
    'iothub-connection-device-id': 'door-1',
    'iothub-connection-auth-generation-id': device.generationId,
    'iothub-connection-auth-method': '{"scope":"device","type":"sas","issuer":"iothub"}',
    'iothub-message-source': 'Telemetry',
    'iothub-enqueuedtime': new Date(event?.enqueuedAtMs ?? 0).toISOString(),
  });
});

test('a plain MQTT client may write system properties unescaped, send QoS 0 and set RETAIN', async () => {
  hub = await startTestHub();
  const device = aDevice(hub);
  const client = await connectPlain(hub, device);
  client.publish(eventsTopic('door-1', '$.mid=m-2&$.ct=text%2Fplain&shop=7'), 'hello', {
    qos: 0,
    retain: true,
  });
  await client.publishAsync(eventsTopic('door-1'), 'no properties', { qos: 1 });
  await client.endAsync();

  expect(bodies(hub.delivered)).toEqual(['hello', 'no properties']);
  const [first, second] = hub.delivered;
  expect(first?.systemProperties).toMatchObject({ 'message-id': 'm-2', 'content-type': 'text/plain' });
  expect(first?.properties).toEqual({ shop: '7', 'mqtt-retain': 'true' });
  expect(second?.properties).toEqual({});
  expect(second?.sequenceNumber).toBe((first?.sequenceNumber ?? 0) + 1);
});

test('a Plug and Play device names its model when it connects, and each of its messages says so', async () => {
  hub = await startTestHub();
  const device = aDevice(hub);
  const username = `${hub.hub.hostName}/door-1/?api-version=2021-04-12&model-id=dtmi%3Ashop%3Acounter%3B1`;
  const client = await connectPlain(hub, device, { username });
  await client.publishAsync(eventsTopic('door-1', '%24.sub=doors'), 'x', { qos: 1 });
  await client.endAsync();
  expect(hub.delivered[0]?.systemProperties).toMatchObject({
    'dt-dataschema': 'dtmi:shop:counter;1',
    'dt-subject': 'doors',
  });
});

test('a device cannot stamp another name on its messages', async () => {
  hub = await startTestHub();
  const client = await connectPlain(hub, aDevice(hub));
  const forged = 'iothub-connection-device-id=door-9&__proto__=x';
  await client.publishAsync(eventsTopic('door-1', forged), 'x', { qos: 1 });
  await client.endAsync();
  expect(hub.delivered[0]?.systemProperties['iothub-connection-device-id']).toBe('door-1');
});

test('events of many devices are committed in batches, acknowledged once each and in order', async () => {
  const sizes: number[] = [];
  const seen: HubEvent[] = [];
  hub = await startTestHub({
    batches: { maxEvents: 16, minEvents: 1, maxWaitMs: 0 },
    deliver: async (batch) => {
      sizes.push(batch.length);
      seen.push(...batch);
    },
  });
  const clients = await Promise.all(
    ['a', 'b', 'c'].map((deviceId) => connectPlain(hub, aDevice(hub, deviceId))),
  );
  const acknowledged = clients.map(() => [] as number[]);
  await Promise.all(
    clients.flatMap((client, index) =>
      Array.from({ length: 100 }, async (_, number) => {
        await client.publishAsync(eventsTopic(String(client.options.clientId)), String(number), { qos: 1 });
        acknowledged[index]?.push(number);
      }),
    ),
  );
  await Promise.all(clients.map((client) => client.endAsync()));

  const inOrder = Array.from({ length: 100 }, (_, number) => number);
  expect(acknowledged).toEqual([inOrder, inOrder, inOrder]);
  expect(Math.max(...sizes)).toBe(16);
  for (const deviceId of ['a', 'b', 'c']) {
    const own = seen.filter(
      ({ systemProperties }) => systemProperties['iothub-connection-device-id'] === deviceId,
    );
    expect(bodies(own)).toEqual(inOrder.map(String));
  }
  const numbers = seen.map(({ sequenceNumber }) => sequenceNumber);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
});

test('a message of exactly 256 KB passes; a larger one ends the connection', async () => {
  hub = await startTestHub();
  const client = await connectPlain(hub, aDevice(hub));
  const topic = eventsTopic('door-1');
  const room = 256 * 1024 - Buffer.byteLength(topic) - 4;
  await client.publishAsync(topic, Buffer.alloc(room), { qos: 1 });
  client.publish(topic, Buffer.alloc(room + 1), { qos: 1 });
  await closed(client);
  await logged(hub, 'message too large');
  expect(hub.delivered.map(({ body }) => body.length)).toEqual([room]);
});

test('publishing to another device ends the connection; what was sent before is still acknowledged', async () => {
  const commit = Promise.withResolvers<void>();
  const batches: (readonly HubEvent[])[] = [];
  hub = await startTestHub({
    deliver: (batch) => {
      batches.push(batch);
      return commit.promise;
    },
  });
  aDevice(hub, 'door-2');
  const client = await connectPlain(hub, aDevice(hub));
  const before = client.publishAsync(eventsTopic('door-1'), 'mine', { qos: 1 });
  client.publish(eventsTopic('door-2'), 'not mine', { qos: 1 });
  client.publish(eventsTopic('door-1'), 'too late', { qos: 1 });
  await logged(hub, 'may not publish to devices/door-2/messages/events/');
  commit.resolve();
  await before;
  await vi.waitFor(() => expect(client.connected).toBe(false));
  expect(batches.map(bodies)).toEqual([['mine']]);
});

test('QoS 2 ends the connection, as on IoT Hub', async () => {
  hub = await startTestHub();
  const client = await connectPlain(hub, aDevice(hub));
  client.publish(eventsTopic('door-1'), 'x', { qos: 2 });
  await closed(client);
  await logged(hub, 'QoS 2 is not supported');
  expect(hub.delivered).toEqual([]);
});

test('a device may subscribe to its own topics with at most QoS 1, and to nobody else’s', async () => {
  hub = await startTestHub();
  const client = await connectPlain(hub, aDevice(hub));
  const granted = await client.subscribeAsync({
    'devices/door-1/messages/devicebound/#': { qos: 2 },
    '$iothub/twin/res/#': { qos: 0 },
  });
  expect(granted.map(({ qos }) => qos)).toEqual([1, 0]);
  await client.unsubscribeAsync('$iothub/twin/res/#');
  await expect(client.subscribeAsync('devices/door-2/messages/devicebound/#')).rejects.toThrow();
  await client.endAsync();
});
