import { readFileSync } from 'node:fs';
import { Client, Message } from 'azure-iot-device';
import { Mqtt } from 'azure-iot-device-mqtt';

/** A people counter on the official device SDK: MQTT over TLS with SAS. */
export type SdkSensor = {
  /** Resolves once the hub has acknowledged it. */
  send(body: unknown): Promise<void>;
  close(): Promise<void>;
};

export async function openSdkSensor(connectionString: string, caFile: string): Promise<SdkSensor> {
  const client = Client.fromConnectionString(connectionString, Mqtt);
  await client.setOptions({ ca: readFileSync(caFile, 'utf8') });
  await client.open();
  return {
    async send(body) {
      await client.sendEvent(new Message(typeof body === 'string' ? body : JSON.stringify(body)));
    },
    async close() {
      await client.close();
    },
  };
}
