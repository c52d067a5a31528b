import type { Device } from '../state/devices.ts';
import type { HubEvent } from './hub-event.ts';
import type { PropertyBag } from './property-bag.ts';

const AUTH_METHOD = JSON.stringify({ scope: 'device', type: 'sas', issuer: 'iothub' });

/** What the hub itself says of the sender; a device cannot set these. */
export type DeviceStamps = Readonly<Record<string, string>>;

export function stampsOf(device: Device): DeviceStamps {
  return {
    'iothub-connection-device-id': device.deviceId,
    'iothub-connection-auth-generation-id': device.generationId,
    'iothub-connection-auth-method': AUTH_METHOD,
    'iothub-message-source': 'Telemetry',
  };
}

/** Makes events out of what devices send. */
export type StampEvent = (stamps: DeviceStamps, bag: PropertyBag, body: Buffer) => HubEvent;

export function createStampEvent(now: () => number, nextSequenceNumber: () => number): StampEvent {
  return (stamps, bag, body) => {
    const enqueuedAtMs = now();
    return {
      body,
      sequenceNumber: nextSequenceNumber(),
      enqueuedAtMs,
      systemProperties: {
        ...bag.system,
        ...stamps,
        'iothub-enqueuedtime': new Date(enqueuedAtMs).toISOString(),
      },
      properties: bag.own,
    };
  };
}
