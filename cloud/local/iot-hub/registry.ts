import * as z from 'zod';
import type { Device, Devices } from '../state/devices.ts';
import type { ConnectedDevices } from './connected-devices.ts';
import { changeOf, identityOf, identityRequestSchema } from './device-identity.ts';
import { errorAnswer, type HttpAnswer } from './http-answer.ts';

const MAX_LISTED = 1_000;

/** What a request to the registry asks; the caller is known to be allowed to. */
export type RegistryRequest = {
  readonly method: string;
  /** Undefined for the list. */
  readonly deviceId: string | undefined;
  readonly top: string | null;
  /** `*`, or an etag in quotes. */
  readonly ifMatch: string | undefined;
  readonly body: Buffer;
};

export type RegistryServices = {
  readonly devices: Devices;
  readonly connected: ConnectedDevices;
  readonly now: () => number;
};

/** The identity registry's part of the service's HTTP API. */
export function createRegistry({ devices, connected, now }: RegistryServices) {
  const shown = (device: Device): HttpAnswer => ({
    status: 200,
    body: identityOf(device, connected),
    headers: { etag: `"${device.etag}"` },
  });

  const list = (top: string | null): HttpAnswer => {
    // What is out of range means 1000, in IoT Hub's documentation.
    const count = z.coerce.number().int().min(1).max(MAX_LISTED).catch(MAX_LISTED).parse(top);
    const body = devices.list(count).map((device) => identityOf(device, connected));
    return { status: 200, body };
  };

  const put = (deviceId: string, { ifMatch, body }: RegistryRequest): HttpAnswer => {
    const asked = identityRequestSchema.safeParse(jsonOf(body));
    if (!asked.success) return errorAnswer('ArgumentInvalid', z.prettifyError(asked.error));
    if (asked.data.deviceId !== deviceId) {
      return errorAnswer('ArgumentInvalid', 'deviceId differs from that of the path');
    }
    if (ifMatch === undefined) {
      const created = devices.create(deviceId, changeOf(asked.data, now()));
      return created ? shown(created) : errorAnswer('DeviceAlreadyExists', deviceId);
    }
    const refusal = mismatch(devices.read(deviceId), deviceId, ifMatch);
    const updated = refusal ?? devices.update(deviceId, changeOf(asked.data, now()));
    if (updated === undefined) return errorAnswer('DeviceNotFound', deviceId);
    return 'etag' in updated ? shown(updated) : updated;
  };

  const remove = (deviceId: string, ifMatch = '*'): HttpAnswer => {
    const refusal = mismatch(devices.read(deviceId), deviceId, ifMatch);
    if (refusal !== undefined) return refusal;
    devices.delete(deviceId);
    return { status: 204 };
  };

  return (request: RegistryRequest): HttpAnswer => {
    const { method, deviceId } = request;
    if (deviceId === undefined) {
      return method === 'GET' ? list(request.top) : errorAnswer('ResourceNotFound', method);
    }
    if (method === 'PUT') return put(deviceId, request);
    if (method === 'DELETE') return remove(deviceId, request.ifMatch);
    if (method !== 'GET') return errorAnswer('ResourceNotFound', method);
    const device = devices.read(deviceId);
    return device ? shown(device) : errorAnswer('DeviceNotFound', deviceId);
  };
}

function mismatch(device: Device | undefined, deviceId: string, ifMatch: string): HttpAnswer | undefined {
  if (device === undefined) return errorAnswer('DeviceNotFound', deviceId);
  if (ifMatch === '*' || ifMatch.replace(/^W\//, '') === `"${device.etag}"`) return undefined;
  return errorAnswer('PreconditionFailed', 'the device was changed meanwhile');
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
