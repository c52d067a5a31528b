import { Agent } from 'node:https';
import { Client, type DeviceClientOptions } from 'azure-iot-device';
import { Http } from 'azure-iot-device-http';
import { Mqtt, MqttWs } from 'azure-iot-device-mqtt';
import type { Device } from '../../cloud/local/state/devices.ts';
import { deviceConnectionString, type TestHub } from './iot-hub.ts';

/** The official device SDK on one of its transports, as a user of the embedded hub sets it up. */
export type SdkTransport = {
  readonly name: string;
  readonly kind: typeof Mqtt | typeof MqttWs | typeof Http;
  /** As it must stand in the connection string. */
  readonly hostName: (hub: TestHub) => string;
  readonly options: (hub: TestHub) => DeviceClientOptions;
};

/** The port of an agent wins over the 443 that the SDK asks for. */
const agentOf = ({ hub, caPem }: TestHub) => new Agent({ port: hub.port, ca: caPem });

export const OVER_MQTT: SdkTransport = {
  name: 'MQTT',
  kind: Mqtt,
  hostName: ({ hub }) => hub.hostName,
  options: ({ caPem }) => ({ ca: caPem }),
};
export const OVER_WEB_SOCKET: SdkTransport = {
  name: 'MQTT over WebSocket',
  kind: MqttWs,
  hostName: () => 'localhost',
  options: (hub) => ({ mqtt: { webSocketAgent: agentOf(hub) } }),
};
export const OVER_HTTPS: SdkTransport = {
  name: 'HTTPS',
  kind: Http,
  hostName: () => 'localhost',
  options: (hub) => ({ http: { agent: agentOf(hub) } }),
};
export const SDK_TRANSPORTS = [OVER_MQTT, OVER_WEB_SOCKET, OVER_HTTPS];

/** A client of the SDK that is not yet opened. */
export async function sdkClient(
  hub: TestHub,
  transport: SdkTransport,
  device: Pick<Device, 'deviceId' | 'primaryKey'>,
  options: DeviceClientOptions = {},
): Promise<Client> {
  const connectionString = deviceConnectionString(transport.hostName(hub), device);
  return withOptions(Client.fromConnectionString(connectionString, transport.kind), hub, transport, options);
}

export async function withOptions(
  client: Client,
  hub: TestHub,
  transport: SdkTransport,
  options: DeviceClientOptions = {},
): Promise<Client> {
  const set = client.setOptions({ ...transport.options(hub), ...options });
  // Over HTTPS the SDK takes the options and never says so.
  if (transport.kind !== Http) await set;
  return client;
}
