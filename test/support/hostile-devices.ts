import type { Device, Devices } from '../../cloud/local/state/devices.ts';

/** A device of a hub, without the database that holds it. */
export const DEVICE: Device = {
  deviceId: 'street-1',
  generationId: 'g1',
  etag: 'e1',
  status: 'enabled',
  statusReason: null,
  statusUpdatedAtMs: null,
  primaryKey: Buffer.alloc(32, 'primary').toString('base64'),
  secondaryKey: Buffer.alloc(32, 'secondary').toString('base64'),
};

/** A registry that holds that device and takes no other. */
export const ONE_DEVICE: Devices = {
  create: () => undefined,
  read: (deviceId) => (deviceId === DEVICE.deviceId ? DEVICE : undefined),
  list: () => [DEVICE],
  update: (deviceId) => (deviceId === DEVICE.deviceId ? DEVICE : undefined),
  delete: () => false,
  onRevoked: () => () => undefined,
  onRekeyed: () => () => undefined,
};
