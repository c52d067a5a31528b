import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  aDevice,
  closed,
  connectPlain,
  eventsTopic,
  startTestHub,
  type TestHub,
} from '../../../support/iot-hub.ts';

let hub: TestHub;
beforeEach(async () => {
  hub = await startTestHub();
});
afterEach(() => hub.close());

const will = (topic = eventsTopic('door-1', 'door=north'), qos: 0 | 1 | 2 = 1) => ({
  will: { topic, payload: Buffer.from('gone'), qos, retain: false },
});
const bodies = () => hub.delivered.map(({ body }) => body.toString());

test('the will of a device that is cut off arrives as one more message of it, marked, after the others', async () => {
  const client = await connectPlain(hub, aDevice(hub), will());
  await client.publishAsync(eventsTopic('door-1'), 'last words', { qos: 1 });
  client.stream.destroy();
  await expect.poll(bodies).toEqual(['last words', 'gone']);
  const [first, second] = hub.delivered;
  expect(first?.properties).toEqual({});
  expect(second?.properties).toEqual({ door: 'north', 'iothub-MessageType': 'Will' });
  expect(second?.systemProperties['iothub-connection-device-id']).toBe('door-1');
});

test('the will of the older of two connections arrives; that of one that says goodbye does not', async () => {
  const device = aDevice(hub);
  const older = await connectPlain(hub, device, will());
  const ended = closed(older);
  const newer = await connectPlain(hub, device, will());
  await ended;
  await expect.poll(bodies).toEqual(['gone']);
  await newer.endAsync();
  await (await connectPlain(hub, device)).endAsync();
  expect(bodies()).toEqual(['gone']);
});

test('the will of a device that is disabled is not taken', async () => {
  const client = await connectPlain(hub, aDevice(hub), will());
  const ended = closed(client);
  hub.devices.update('door-1', { status: 'disabled' });
  await ended;
  await (await connectPlain(hub, aDevice(hub, 'door-2'))).endAsync();
  expect(bodies()).toEqual([]);
});

test('a will for another topic than the device’s own, or with QoS 2, is refused with the connection', async () => {
  const device = aDevice(hub);
  for (const options of [will(eventsTopic('door-2')), will(eventsTopic('door-1'), 2)]) {
    await expect(connectPlain(hub, device, options)).rejects.toMatchObject({ code: 5 });
  }
  expect(bodies()).toEqual([]);
});
