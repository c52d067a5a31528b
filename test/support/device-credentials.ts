import { createHmac } from 'node:crypto';

export type Device = { readonly hostName: string; readonly id: string; readonly key: string };

/** What a device connection string says. */
export function deviceOf(connectionString: string): Device {
  const field = (name: string) => new RegExp(`(?:^|;)${name}=([^;]+)`).exec(connectionString)?.[1] ?? '';
  return { hostName: field('HostName'), id: field('DeviceId'), key: field('SharedAccessKey') };
}

/** The token that a device signs itself with, as IoT Hub's documentation makes it. */
export function sasTokenOf(device: Device, expiresAtMs = Date.now() + 3_600_000): string {
  const resource = encodeURIComponent(`${device.hostName}/devices/${device.id}`);
  const expiry = Math.floor(expiresAtMs / 1_000);
  const hmac = createHmac('sha256', Buffer.from(device.key, 'base64'));
  const signature = hmac.update(`${resource}\n${expiry}`).digest('base64');
  return `SharedAccessSignature sr=${resource}&sig=${encodeURIComponent(signature)}&se=${expiry}`;
}
