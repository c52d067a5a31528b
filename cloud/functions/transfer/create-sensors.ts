import type { TransferAnswer } from '../../contracts/transfer.ts';
import { fewAtOnce } from '../few-at-once.ts';
import type { IotHubRegistry } from '../platform/iot-hub-registry.ts';

const CALLS_AT_ONCE = 8;

export type CreatedSensors = TransferAnswer['createdSensors'];

/** Those that the hub does not know yet; all or none, for a key is shown once. @throws PlatformError */
export async function createSensors(
  registry: IotHubRegistry,
  sensorIds: readonly string[],
): Promise<CreatedSensors> {
  const created: CreatedSensors = [];
  // Whoever fails must not leave others at work: what they make would be taken back by nobody.
  const failures = await fewAtOnce(sensorIds, CALLS_AT_ONCE, async (sensorId): Promise<unknown> => {
    try {
      const device = await registry.createDevice(sensorId);
      if (device.made) created.push({ sensorId, connectionString: device.connectionString });
      return undefined;
    } catch (error) {
      return error;
    }
  });
  const failure = failures.find((error) => error !== undefined);
  if (failure === undefined) return created.sort((one, other) => (one.sensorId < other.sensorId ? -1 : 1));
  await takeBack(registry, created);
  throw failure;
}

export async function takeBack(registry: IotHubRegistry, created: CreatedSensors): Promise<void> {
  await fewAtOnce(created, CALLS_AT_ONCE, ({ sensorId }) =>
    registry.deleteDevice(sensorId).catch(() => undefined),
  );
}
