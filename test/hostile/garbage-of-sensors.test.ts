import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { sensorModelSchema } from '../../cloud/contracts/sensor-model.ts';
import { MAX_READINGS_PER_MESSAGE, type Reading } from '../../cloud/contracts/telemetry.ts';
import { decodeMessage } from '../../cloud/sensors/decode.ts';
import { survivesGarbage } from '../support/garbage.ts';

const FOLDER = join(import.meta.dirname, '../support/sensor-messages');
const messagesOf = (maker: string) =>
  readdirSync(FOLDER)
    .filter((name) => name.startsWith(maker))
    .map((name) => readFileSync(join(FOLDER, name)));
const MULTIPART = Buffer.concat([
  Buffer.from('--edge\r\nContent-Type: application/xml\r\nContent-Length: 900\r\n\r\n'),
  ...messagesOf('hikvision-real-time'),
  Buffer.from('\r\n--edge\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff\r\n--edge--\r\n'),
]);
const DECLARED_CHARACTERS = 60;
const ENVELOPE = { sensorId: 'front', enqueuedAtMs: Date.UTC(2026, 10, 21, 12), messageKey: 'e:0:1' };

describe('what a sensor sends', () => {
  for (const model of sensorModelSchema.options) {
    survivesGarbage(
      `as model ${model}`,
      (bytes) => judge(decodeMessage(bytes, { ...ENVELOPE, contentType: null }, model)),
      [...messagesOf(model === 'auto' ? '' : model), MULTIPART],
    );
  }
  survivesGarbage(
    'with a content type as strange as its body',
    (bytes) => {
      const contentType = bytes.toString('latin1', 0, DECLARED_CHARACTERS);
      judge(decodeMessage(bytes.subarray(DECLARED_CHARACTERS), { ...ENVELOPE, contentType }, 'auto'));
    },
    [
      Buffer.concat([
        Buffer.from('multipart/form-data; boundary=edge'.padEnd(DECLARED_CHARACTERS)),
        MULTIPART,
      ]),
    ],
  );
});

/** Something came of it, and nothing that could spoil a count or a log. */
function judge({ readings, refusals }: ReturnType<typeof decodeMessage>): void {
  if (readings.length > MAX_READINGS_PER_MESSAGE) expect.unreachable('too many readings');
  for (const reading of readings) if (!isCountable(reading)) expect(reading).toBe('countable');
  for (const { detail } of refusals) if (!/^\P{C}*$/u.test(detail)) expect(detail).toBe('printable');
}

function isCountable(reading: Reading): boolean {
  const people = reading.kind === 'absolute' ? [reading.people] : [reading.in, reading.out];
  const times = [reading.deviceAtMs ?? 0, reading.enqueuedAtMs, reading.sequence ?? 0];
  return (
    people.every((count) => Number.isSafeInteger(count) && count >= 0) &&
    times.every(Number.isFinite) &&
    reading.sensorId === ENVELOPE.sensorId
  );
}
