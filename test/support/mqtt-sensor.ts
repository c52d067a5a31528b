import { readFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';
import type { CloudProcess } from './cloud-process.ts';
import { deviceOf, sasTokenOf } from './device-credentials.ts';

/** A camera's own MQTT client. */
export type MqttSensor = {
  /** Resolves once the hub has acknowledged it. */
  send(body: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** `properties`: what is declared in the topic, `$.ct=application%2Fjson`. */
export async function openMqttSensor(
  cloud: CloudProcess,
  connectionString: string,
  properties = '',
): Promise<MqttSensor> {
  const device = deviceOf(connectionString);
  const { iotHub, caFile } = cloud.ready();
  const client = await connectAsync(`mqtts://localhost:${iotHub.port}`, {
    protocolVersion: 4,
    clientId: device.id,
    username: `${device.hostName}/${device.id}/?api-version=2021-04-12`,
    password: sasTokenOf(device),
    ca: readFileSync(caFile),
  });
  return {
    async send(body) {
      await client.publishAsync(`devices/${device.id}/messages/events/${properties}`, body, { qos: 1 });
    },
    [Symbol.asyncDispose]: () => client.endAsync(),
  };
}
