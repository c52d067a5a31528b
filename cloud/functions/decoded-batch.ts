import type { Reading } from '../contracts/telemetry.ts';
import { decodeVitrineJson } from '../sensors/vitrine-json.ts';
import type { Rejection } from '../store/port.ts';
import type { StampedEvent } from './hub-events.ts';

export type BodiedReading = { readonly reading: Reading; readonly body: Uint8Array };

/** Every event of a batch is in here: as readings, or whole and with the reason. */
export type DecodedBatch = {
  readonly readings: readonly BodiedReading[];
  readonly rejections: readonly Rejection[];
};

export function decodedBatch(events: readonly StampedEvent[]): DecodedBatch {
  const readings: BodiedReading[] = [];
  const rejections: Rejection[] = [];
  for (const { body, ...envelope } of events) {
    const decoded = decodeVitrineJson(body, envelope);
    for (const reading of decoded.readings) readings.push({ reading, body });
    // A message is kept once, however much of it is wrong.
    const [first] = decoded.refusals;
    if (first !== undefined) rejections.push({ sensorId: envelope.sensorId, ...first, body });
  }
  return { readings, rejections };
}
