import * as z from 'zod/mini';
import type { JsonAdapter } from './adapter.ts';
import { isRecord, nameSchema, totalSchema } from './vendor-fields.ts';
import { cumulative, decodedPart } from './vendor-readings.ts';

/** The message holds a user's name and password too: nothing else of it is read, so nothing else can be quoted. */
const countsSchema = z.object(
  {
    count_in: totalSchema,
    count_out: totalSchema,
    device_id: nameSchema,
    timestamp: z.optional(nameSchema),
  },
  'expected an object with count_in, count_out, device_id and timestamp',
);

/** Terabee People Counting L and XL: totals since the counter was last reset. */
export const terabee: JsonAdapter = {
  recognises: (document) =>
    isRecord(document) && 'count_in' in document && 'count_out' in document && 'device_id' in document,
  decode: (document, envelope) =>
    decodedPart(countsSchema, document, [], ({ count_in, count_out, device_id, timestamp }) => {
      // Its clock may stand still, so the totals are part of the key.
      const key = `terabee:${device_id}:${timestamp ?? envelope.messageKey}:${count_in}:${count_out}`;
      const which = { line: '', key, deviceAtMs: msOfSeconds(timestamp) };
      return { readings: [cumulative(envelope, which, { in: count_in, out: count_out })], refusals: [] };
    }),
};

const msOfSeconds = (timestamp = ''): number | null =>
  /^\d{1,11}$/.test(timestamp) ? Number(timestamp) * 1000 : null;
