import { readFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';
import type { CloudProcess } from './cloud-process.ts';
import { deviceOf, sasTokenOf } from './device-credentials.ts';

/** A camera's own MQTT client. */
export type MqttSensor = {
  /** Resolves once the hub has acknowledged it. */
  send(body: string): Promise<void>;
  /** Resolves once its connection has ended, whoever ended it. */
  ended(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** `properties`: what is declared in the topic, `$.ct=application%2Fjson`. `port`: of a cable to the hub's own. */
export async function openMqttSensor(
  cloud: CloudProcess,
  connectionString: string,
  properties = '',
  port = cloud.ready().iotHub.port,
): Promise<MqttSensor> {
  const device = deviceOf(connectionString);
  const { caFile } = cloud.ready();
  const client = await connectAsync(`mqtts://localhost:${port}`, {
    protocolVersion: 4,
    clientId: device.id,
    username: `${device.hostName}/${device.id}/?api-version=2021-04-12`,
    password: sasTokenOf(device),
    ca: readFileSync(caFile),
  });
  const ended = Promise.withResolvers<void>();
  client.once('close', () => ended.resolve());
  // It comes back by itself, and is told each time that it may not.
  client.on('error', () => undefined);
  return {
    async send(body) {
      await client.publishAsync(`devices/${device.id}/messages/events/${properties}`, body, { qos: 1 });
    },
    ended: () => ended.promise,
    [Symbol.asyncDispose]: () => client.endAsync(),
  };
}

const SAYS_EVERY_MS = 3_000;

/** Says at once, and every few seconds from then on, that so many came in; ends the sensor with itself. */
export function keepsCounting(sensor: MqttSensor, people: number): AsyncDisposable {
  let sequence = 0;
  let saying = Promise.resolve();
  const say = () => {
    sequence += 1;
    const body = JSON.stringify({ in: sequence === 1 ? people : 0, boot: 'b1', sequence });
    saying = saying.then(() => sensor.send(body)).catch(() => undefined);
  };
  say();
  const timer = setInterval(say, SAYS_EVERY_MS);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await saying;
      await sensor[Symbol.asyncDispose]();
    },
  };
}
