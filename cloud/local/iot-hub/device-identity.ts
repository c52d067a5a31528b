import * as z from 'zod';
import { sensorIdSchema } from '../../contracts/identifiers.ts';
import type { Device, DeviceChange } from '../state/devices.ts';
import type { ConnectedDevices } from './connected-devices.ts';

/** IoT Hub takes keys of 16 to 64 bytes. */
const MIN_KEY_BYTES = 16;
const MAX_KEY_BYTES = 64;
const MAX_REASON_CHARACTERS = 128;
/** How IoT Hub writes a time that has not come. */
const NEVER = '0001-01-01T00:00:00Z';

const keySchema = z.base64().refine((text) => {
  const { length } = Buffer.from(text, 'base64');
  return MIN_KEY_BYTES <= length && length <= MAX_KEY_BYTES;
}, `expected ${MIN_KEY_BYTES} to ${MAX_KEY_BYTES} bytes in base64`);

/** The body of `PUT /devices/{id}`. Of the ways to authenticate only shared access signatures are built. */
export const identityRequestSchema = z.object({
  deviceId: sensorIdSchema,
  status: z.enum(['enabled', 'disabled']).optional(),
  statusReason: z.string().max(MAX_REASON_CHARACTERS).nullish(),
  authentication: z
    .object({
      type: z.literal('sas').optional(),
      symmetricKey: z.object({ primaryKey: keySchema, secondaryKey: keySchema }).nullish(),
    })
    .nullish(),
});

export function changeOf(
  { status, statusReason, authentication }: z.infer<typeof identityRequestSchema>,
  atMs: number,
): DeviceChange {
  const keys = authentication?.symmetricKey;
  return {
    atMs,
    // A PUT describes the whole device: a reason that it leaves out is gone.
    statusReason: statusReason ?? null,
    ...(status ? { status } : {}),
    ...(keys ? { keys } : {}),
  };
}

/**
 * A device as the registry shows it, api-version 2021-04-12. When it came, went and spoke is known only since the hub
 * started; what belongs to what is not built (messages to the device, certificates, edge) is always empty.
 */
export function identityOf(device: Device, connected: ConnectedDevices) {
  const { deviceId, generationId, etag, status, statusReason, primaryKey, secondaryKey } = device;
  const times = connected.timesOf(deviceId);
  return {
    deviceId,
    generationId,
    etag,
    connectionState: connected.has(deviceId) ? 'Connected' : 'Disconnected',
    status,
    statusReason,
    connectionStateUpdatedTime: timeOf(times.connectionStateUpdatedAtMs),
    statusUpdatedTime: timeOf(device.statusUpdatedAtMs),
    lastActivityTime: timeOf(times.lastActivityAtMs),
    cloudToDeviceMessageCount: 0,
    authentication: {
      symmetricKey: { primaryKey, secondaryKey },
      x509Thumbprint: { primaryThumbprint: null, secondaryThumbprint: null },
      type: 'sas',
    },
    capabilities: { iotEdge: false },
  };
}

const timeOf = (ms: number | null | undefined): string => (ms == null ? NEVER : new Date(ms).toISOString());
