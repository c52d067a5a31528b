import type { IConnectPacket } from 'mqtt-packet';
import type { DeviceAccess, HubAccess, RefusalReason } from './hub-access.ts';

/** CONNACK return codes of MQTT 3.1.1, table 3.1. */
const UNACCEPTABLE_PROTOCOL = 1;
const IDENTIFIER_REJECTED = 2;
const BAD_CREDENTIALS = 4;
const NOT_AUTHORIZED = 5;

const MQTT_3_1_1 = 4;

/** `modelId`: what a Plug and Play device says it is. */
export type ConnectAdmitted = DeviceAccess & { readonly modelId: string | null };

export type ConnectRefused = {
  readonly ok: false;
  readonly returnCode: number;
  readonly why:
    | RefusalReason
    | 'unsupported-protocol'
    | 'malformed-username'
    | 'unknown-hub-name'
    | 'client-id-is-not-device-id'
    | 'will-is-not-for-the-hub';
};

/** Decides on a CONNECT as IoT Hub does: the client id is the device id, the password a SAS token. */
export function admitConnect(packet: IConnectPacket, access: HubAccess): ConnectAdmitted | ConnectRefused {
  if (packet.protocolVersion !== MQTT_3_1_1) return refused(UNACCEPTABLE_PROTOCOL, 'unsupported-protocol');
  // `{hub name}/{device id}/?api-version=...`; old devices leave the end out.
  const [hubName, deviceId, query] = packet.username?.split('/') ?? [];
  if (hubName === undefined || deviceId === undefined) return refused(BAD_CREDENTIALS, 'malformed-username');
  if (!access.hubNames.has(hubName.toLowerCase())) return refused(NOT_AUTHORIZED, 'unknown-hub-name');
  if (packet.clientId !== deviceId) return refused(IDENTIFIER_REJECTED, 'client-id-is-not-device-id');
  const allowed = access.device(deviceId, packet.password?.toString() ?? '');
  if (!allowed.ok) return refused(NOT_AUTHORIZED, allowed.why);
  return { ...allowed, modelId: new URLSearchParams(query).get('model-id') };
}

/** A will that would go elsewhere than to the device's own events. */
export const WILL_REFUSED: ConnectRefused = {
  ok: false,
  returnCode: NOT_AUTHORIZED,
  why: 'will-is-not-for-the-hub',
};

const refused = (returnCode: number, why: ConnectRefused['why']): ConnectRefused => ({
  ok: false,
  returnCode,
  why,
});
