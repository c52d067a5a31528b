import { PlatformError } from '../../cloud/functions/platform/connection-string.ts';
import type { IotHubRegistry } from '../../cloud/functions/platform/iot-hub-registry.ts';

/** A registry of devices in memory, each with the number of its key. */
export type RememberingRegistry = IotHubRegistry & {
  readonly keys: Map<string, number>;
  /** From now on it does not answer. */
  fail(): void;
};

export function rememberingRegistry(): RememberingRegistry {
  const keys = new Map<string, number>();
  let hasFailed = false;
  const answering = () => {
    if (hasFailed) throw new PlatformError('ERR_REGISTRY', 'IoT Hub cannot be reached');
  };
  const connectionString = (id: string) => `HostName=hub;DeviceId=${id};SharedAccessKey=key-${keys.get(id)}`;
  return {
    keys,
    fail() {
      hasFailed = true;
    },
    async createDevice(id) {
      answering();
      if (keys.has(id)) return { made: false };
      keys.set(id, 1);
      return { made: true, connectionString: connectionString(id) };
    },
    async renewKeys(id) {
      answering();
      const number = keys.get(id);
      if (number === undefined) return undefined;
      keys.set(id, number + 1);
      return connectionString(id);
    },
    async hasDevice(id) {
      answering();
      return keys.has(id);
    },
    async listDevices() {
      answering();
      return [...keys.keys()];
    },
    async deleteDevice(id) {
      answering();
      return keys.delete(id);
    },
  };
}
