import { readdirSync, readFileSync } from 'node:fs';
import type { Envelope } from '../../cloud/sensors/decoded.ts';
import { NOON_MS } from './builders.ts';

const folder = new URL('./sensor-messages/', import.meta.url);

/** Messages as vendors' devices send them; a file's name begins with its vendor's model. */
export const sensorMessageNames = (): readonly string[] => readdirSync(folder);
export const sensorMessage = (name: string): Uint8Array => readFileSync(new URL(name, folder));
export const sensorMessageText = (name: string): string => new TextDecoder().decode(sensorMessage(name));

export const anEnvelope = (difference: Partial<Envelope> = {}): Envelope => ({
  sensorId: 'street-1',
  enqueuedAtMs: NOON_MS,
  messageKey: 'e:0:7',
  contentType: null,
  ...difference,
});

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
