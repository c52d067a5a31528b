import type { SensorModel } from '../contracts/sensor-model.ts';
import type { Reading } from '../contracts/telemetry.ts';
import { decodeMessage } from '../sensors/decode.ts';
import type { Refusal } from '../sensors/decoded.ts';
import type { Rejection } from '../store/port.ts';
import type { StampedEvent } from './stamped-event.ts';

export type ReadingOfEvent = { readonly reading: Reading; readonly event: StampedEvent };

/** Every event of a batch is in here: as readings, or whole and with the reason, or both. */
export type DecodedBatch = {
  readonly readings: readonly ReadingOfEvent[];
  readonly rejections: readonly Rejection[];
};

export function decodedBatch(
  events: readonly StampedEvent[],
  models: ReadonlyMap<string, SensorModel>,
): DecodedBatch {
  const readings: ReadingOfEvent[] = [];
  const rejections: Rejection[] = [];
  for (const event of events) {
    const decoded = decodeMessage(event.body, event, models.get(event.sensorId) ?? 'auto');
    for (const reading of decoded.readings) readings.push({ reading, event });
    // A message is kept once, however much of it is wrong.
    const [first] = decoded.refusals;
    if (first !== undefined) rejections.push(rejectionOf(event, first));
  }
  return { readings, rejections };
}

/** The whole message, with why it does not count and all that it needs to be counted after all. */
export const rejectionOf = (event: StampedEvent, { reason, detail }: Refusal): Rejection => ({
  ...event,
  reason,
  detail,
});
