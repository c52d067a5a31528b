import { PlatformError } from '../platform/connection-string.ts';
import { type IotHubRegistry, MAX_LISTED_DEVICES } from '../platform/iot-hub-registry.ts';

export type KnownDevices = {
  readonly ids: ReadonlySet<string>;
  /** Whether these are all that the hub lets in. */
  readonly isComplete: boolean;
};

/** Undefined where the hub does not answer: what the cloud itself knows of sensors is worth showing all the same. */
export async function knownDevices(
  registry: Pick<IotHubRegistry, 'listDevices'>,
): Promise<KnownDevices | undefined> {
  try {
    const ids = await registry.listDevices();
    return { ids: new Set(ids), isComplete: ids.length < MAX_LISTED_DEVICES };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return undefined;
  }
}
