import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { generate, type Packet } from 'mqtt-packet';
import type { Device } from '../../cloud/local/state/devices.ts';
import { sasToken, type TestHub } from './iot-hub.ts';

/** A TLS connection to the hub, and all bytes that came back. */
export async function openRaw({
  hub,
  caPem,
}: TestHub): Promise<{ socket: TLSSocket; received: () => string }> {
  const parts: Buffer[] = [];
  const socket = connect({ host: 'localhost', port: hub.port, ca: caPem });
  socket.on('data', (part) => parts.push(part));
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  return { socket, received: () => Buffer.concat(parts).toString('hex') };
}

/** The bytes of one packet. */
export const packet = (fields: Packet): Buffer => generate(fields);

/** The bytes of a CONNECT that is let in. */
export function connectPacket({ hub }: TestHub, device: Device, keepalive = 0): Buffer {
  const resource = `${hub.hostName}/devices/${device.deviceId}`;
  return generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    keepalive,
    clientId: device.deviceId,
    username: `${hub.hostName}/${device.deviceId}/?api-version=2021-04-12`,
    password: Buffer.from(sasToken({ resource, key: device.primaryKey })),
  });
}
