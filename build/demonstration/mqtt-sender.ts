import { setTimeout as pause } from 'node:timers/promises';
import iotDevice from 'azure-iot-device';
import { Mqtt } from 'azure-iot-device-mqtt';

// CommonJS whose names Node cannot all see from outside.
const { Client, Message } = iotDevice;

const TRY_AGAIN_AFTER_MS = 2_000;

export type MqttSender = { send(body: string): Promise<void>; close(): Promise<void> };

type Device = {
  readonly connectionString: string;
  readonly ca: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

/** A device of the IoT hub by Azure's own SDK, which connects again by itself. Resolves once it is connected. */
export async function connectedSender({ connectionString, ca, say, signal }: Device): Promise<MqttSender> {
  const client = Client.fromConnectionString(connectionString, Mqtt);
  await client.setOptions({ ca });
  // The SDK reports a connection it will win back; without a listener its report would end the process.
  client.on('error', (error: Error) => say(error.message));
  for (;;) {
    try {
      await client.open();
      break;
    } catch (error) {
      say(`no connection to the IoT hub, trying again: ${error instanceof Error ? error.message : error}`);
      await pause(TRY_AGAIN_AFTER_MS, undefined, { signal });
    }
  }
  return {
    async send(body) {
      const message = new Message(body);
      message.contentType = 'application/json';
      message.contentEncoding = 'utf-8';
      await client.sendEvent(message);
    },
    async close() {
      await client.close();
    },
  };
}
