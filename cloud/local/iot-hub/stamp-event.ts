import type { Device } from '../state/devices.ts';
import type { HubEvent } from './hub-event.ts';
import type { PropertyBag } from './property-bag.ts';

const AUTH_METHOD = JSON.stringify({ scope: 'device', type: 'sas', issuer: 'iothub' });

/** What the hub itself says of the sender; a device cannot set these. */
export type DeviceStamps = Readonly<Record<string, string>>;

/** `modelId`: what a Plug and Play device says it is, in the user name of its CONNECT. */
export function stampsOf(device: Device, modelId?: string | null): DeviceStamps {
  return {
    'iothub-connection-device-id': device.deviceId,
    'iothub-connection-auth-generation-id': device.generationId,
    'iothub-connection-auth-method': AUTH_METHOD,
    'iothub-message-source': 'Telemetry',
    ...(modelId ? { 'dt-dataschema': modelId } : {}),
  };
}

/** A message's properties with what the hub says of its sender. */
export const stamped = ({ system, own }: PropertyBag, stamps: DeviceStamps): PropertyBag => ({
  system: { ...system, ...stamps },
  own,
});

/** Makes events out of what devices send; the bag is `stamped`. */
export type StampEvent = (bag: PropertyBag, body: Buffer) => HubEvent;

export function createStampEvent(now: () => number, nextSequenceNumber: () => number): StampEvent {
  // Many events come within one millisecond, and writing out a time costs more than all the rest here.
  let writtenAtMs = Number.NaN;
  let written = '';
  return (bag, body) => {
    const enqueuedAtMs = now();
    if (enqueuedAtMs !== writtenAtMs) {
      writtenAtMs = enqueuedAtMs;
      written = new Date(enqueuedAtMs).toISOString();
    }
    return {
      body,
      sequenceNumber: nextSequenceNumber(),
      enqueuedAtMs,
      systemProperties: { ...bag.system, 'iothub-enqueuedtime': written },
      properties: bag.own,
    };
  };
}
