import * as z from 'zod';
import { sensorIdSchema } from '../../contracts/identifiers.ts';
import type { Device, DeviceChange } from '../state/devices.ts';

/** IoT Hub takes keys of 16 to 64 bytes. */
const MIN_KEY_BYTES = 16;
const MAX_KEY_BYTES = 64;

const keySchema = z.base64().refine((text) => {
  const { length } = Buffer.from(text, 'base64');
  return MIN_KEY_BYTES <= length && length <= MAX_KEY_BYTES;
}, `expected ${MIN_KEY_BYTES} to ${MAX_KEY_BYTES} bytes in base64`);

/** The body of `PUT /devices/{id}`. Of the ways to authenticate only shared access signatures are built. */
export const identityRequestSchema = z.object({
  deviceId: sensorIdSchema,
  status: z.enum(['enabled', 'disabled']).optional(),
  authentication: z
    .object({
      type: z.literal('sas').optional(),
      symmetricKey: z.object({ primaryKey: keySchema, secondaryKey: keySchema }).nullish(),
    })
    .nullish(),
});

export function changeOf({ status, authentication }: z.infer<typeof identityRequestSchema>): DeviceChange {
  const keys = authentication?.symmetricKey;
  return { ...(status ? { status } : {}), ...(keys ? { keys } : {}) };
}

/** A device as the registry shows it, api-version 2021-04-12; times are not kept and left out. */
export function identityOf(device: Device, isConnected: boolean) {
  const { deviceId, generationId, etag, status, primaryKey, secondaryKey } = device;
  return {
    deviceId,
    generationId,
    etag,
    connectionState: isConnected ? 'Connected' : 'Disconnected',
    status,
    statusReason: null,
    cloudToDeviceMessageCount: 0,
    authentication: {
      symmetricKey: { primaryKey, secondaryKey },
      x509Thumbprint: { primaryThumbprint: null, secondaryThumbprint: null },
      type: 'sas',
    },
    capabilities: { iotEdge: false },
  };
}
