import {
  MAX_READINGS_PER_MESSAGE,
  type Reading,
  type ReadingPayload,
  readingPayloadSchema,
} from '../contracts/telemetry.ts';
import type { JsonAdapter } from './adapter.ts';
import type { Decoded, Envelope } from './decoded.ts';
import { plainIncrement } from './plain-increment.ts';
import { tooManyReadings } from './refusals.ts';
import { nameSchema } from './vendor-fields.ts';
import { decodedPart, refused, together } from './vendor-readings.ts';

/** Vitrine's own JSON: one reading, or an array of them. */
export const vitrineJson: JsonAdapter = {
  recognises: (document) =>
    itemsOf(document)
      .slice(0, MAX_READINGS_PER_MESSAGE)
      .some((item) => plainIncrement(item) !== undefined || readingPayloadSchema.safeParse(item).success),
  decode,
};

/** Most of what there is, understood without a further look; undefined says nothing of the document. */
export function plainDecoded(document: unknown, envelope: Envelope): Decoded | undefined {
  const plain = plainIncrement(document);
  return plain && { readings: [readingOf(plain, envelope, '')], refusals: [] };
}

function decode(document: unknown, envelope: Envelope): Decoded {
  const items = itemsOf(document);
  if (items.length > MAX_READINGS_PER_MESSAGE) return refused(tooManyReadings(items.length));
  const many = Array.isArray(document);
  return together(
    items.map((item, index) => {
      const path = many ? [index] : [];
      const suffix = many ? `#${index}` : '';
      const plain = plainIncrement(item);
      if (plain !== undefined) return { readings: [readingOf(plain, envelope, suffix)], refusals: [] };
      return decodedPart(readingPayloadSchema, item, path, (payload) =>
        // A line goes into a key and a column, where a control character has no place.
        decodedPart(nameSchema, payload.line ?? 'none', [...path, 'line'], () => ({
          readings: [readingOf(payload, envelope, suffix)],
          refusals: [],
        })),
      );
    }),
  );
}

const itemsOf = (document: unknown): readonly unknown[] => (Array.isArray(document) ? document : [document]);

function readingOf(payload: ReadingPayload, envelope: Envelope, suffix: string): Reading {
  const { kind } = payload;
  const common = {
    sensorId: envelope.sensorId,
    line: payload.line ?? '',
    key: keyOf(payload) ?? `${envelope.messageKey}${suffix}`,
    boot: payload.boot ?? '',
    sequence: payload.sequence ?? null,
    deviceAtMs: payload.at === undefined ? null : Date.parse(payload.at),
    enqueuedAtMs: envelope.enqueuedAtMs,
  };
  if (kind === 'absolute') return { ...common, kind, people: payload.people ?? 0 };
  const reading = { ...common, in: payload.in ?? 0, out: payload.out ?? 0 };
  return kind === 'increment' ? { ...reading, kind } : { ...reading, kind, wrapsAt: payload.wrapsAt ?? null };
}

/** One message may bring several lines under one sequence. A boot has no space in it, so no two keys run together. */
function keyOf({ boot, sequence, line }: ReadingPayload): string | undefined {
  if (sequence === undefined) return undefined;
  return line === undefined ? `s:${boot}:${sequence}` : `s:${boot}:${sequence} ${line}`;
}
