import { afterEach, expect, test } from 'vitest';
import type { IotHubOptions } from '../../../../cloud/local/iot-hub/start-iot-hub.ts';
import {
  aDevice,
  connectPlain,
  eventsTopic,
  logged,
  startTestHub,
  type TestHub,
} from '../../../support/iot-hub.ts';
import { connectPacket, openRaw, packet } from '../../../support/raw-mqtt.ts';

let hub: TestHub;
afterEach(() => hub.close());
const start = async (options: Partial<IotHubOptions>) => {
  hub = await startTestHub(options);
};

test('a device that sends and never reads its answers is cut off, and others go on', async () => {
  await start({ publishRate: { perSecond: 1e9, burst: 1e9 } });
  const { socket } = await openRaw(hub);
  socket.write(connectPacket(hub, aDevice(hub, 'deaf')));
  await logged(hub, 'device connected');
  socket.pause();
  const pings = Buffer.concat(Array.from({ length: 32_768 }, () => packet({ cmd: 'pingreq' })));
  const pour = () => {
    while (!socket.destroyed && socket.write(pings));
  };
  socket.on('drain', pour);
  pour();
  await logged(hub, 'answers are not read');
  socket.destroy();
  const other = await connectPlain(hub, aDevice(hub));
  await other.publishAsync(eventsTopic('door-1'), 'x', { qos: 1 });
  await other.endAsync();
});

test('a sixth subscription is refused, and one that is given up makes room', async () => {
  await start({});
  const client = await connectPlain(hub, aDevice(hub));
  const filters = ['a', 'b', 'c', 'd', 'e'].map((name) => `$iothub/${name}/#`);
  for (const filter of filters) await client.subscribeAsync(filter, { qos: 1 });
  await expect(client.subscribeAsync('$iothub/f/#')).rejects.toThrow();
  await client.subscribeAsync('$iothub/a/#');
  await client.unsubscribeAsync('$iothub/a/#');
  await client.subscribeAsync('$iothub/f/#');
  await client.endAsync();
});

test('more than a thousand properties in one topic end the connection', async () => {
  await start({});
  const client = await connectPlain(hub, aDevice(hub));
  const bag = (count: number) => Array.from({ length: count }, (_, number) => `p${number}=`).join('&');
  await client.publishAsync(eventsTopic('door-1', bag(1_000)), 'x', { qos: 1 });
  client.publish(eventsTopic('door-1', bag(1_001)), 'x', { qos: 1 });
  await logged(hub, 'too-many-properties');
  expect(hub.delivered).toHaveLength(1);
  await client.endAsync(true);
});
