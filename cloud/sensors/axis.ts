import * as z from 'zod/mini';
import { MAX_PEOPLE_BETWEEN_MESSAGES } from '../contracts/telemetry.ts';
import type { JsonAdapter } from './adapter.ts';
import { axisAnalytics } from './axis-analytics.ts';
import type { Decoded, Envelope } from './decoded.ts';
import { isoTimeSchema, isRecord, nameSchema, passedSchema, totalSchema } from './vendor-fields.ts';
import {
  cumulative,
  decodedPart,
  increment,
  lastMomentMs,
  NOTHING,
  type Path,
  refusedAt,
  together,
  withinLimit,
} from './vendor-readings.ts';

/**
 * Axis: the push of AXIS 3D People Counter (people per interval), `live-sum.json` of AXIS People Counter (totals), and
 * AXIS Object Analytics over MQTT.
 */
export const axis: JsonAdapter = {
  recognises: (document) =>
    isRecord(document) &&
    (isRetailData(document) || axisAnalytics.recognises(document) || isLiveSum(document)),
  decode: (document, envelope) => withinLimit(decoded(document, envelope)),
};

const isRetailData = ({ apiName }: Record<string, unknown>) =>
  typeof apiName === 'string' && apiName.startsWith('Axis ');

const LOCAL_TIME = /^\d{14}$/;

const isLiveSum = ({ serial, timestamp, in: entered, out }: Record<string, unknown>) =>
  typeof serial === 'string' &&
  typeof timestamp === 'string' &&
  LOCAL_TIME.test(timestamp) &&
  entered !== undefined &&
  out !== undefined;

function decoded(document: unknown, envelope: Envelope): Decoded {
  if (isRecord(document)) {
    if ('apiName' in document || 'data' in document) return retailData(document, envelope);
    if ('topic' in document || 'message' in document) return axisAnalytics.decode(document, envelope);
    if ('in' in document || 'out' in document) return liveSum(document, envelope);
  }
  return refusedAt([], 'expected data.measurements, topic and message, or in and out');
}

const retailDataSchema = z.looseObject({
  data: z.looseObject({ measurements: z.array(z.unknown(), 'expected an array') }, 'expected an object'),
  sensor: z.optional(z.looseObject({ serial: z.optional(nameSchema) }, 'expected an object')),
});

const measurementSchema = z
  .looseObject({
    utcFrom: isoTimeSchema,
    utcTo: isoTimeSchema,
    items: z.array(
      z.looseObject(
        { direction: z.enum(['in', 'out'], 'expected in or out'), count: passedSchema },
        'expected an object',
      ),
      'expected an array',
    ),
  })
  .check(
    z.refine(
      ({ items }) => Math.max(passed(items, 'in'), passed(items, 'out')) <= MAX_PEOPLE_BETWEEN_MESSAGES,
      'items: expected at most 100,000 in one direction',
    ),
  );

const passed = (
  items: readonly { readonly direction: string; readonly count: number }[],
  direction: 'in' | 'out',
) => items.reduce((sum, item) => (item.direction === direction ? sum + item.count : sum), 0);

const retailData = (document: unknown, envelope: Envelope) =>
  decodedPart(retailDataSchema, document, [], ({ data, sensor }) =>
    together(
      data.measurements.map((measurement, index) =>
        measured(measurement, ['data', 'measurements', index], sensor?.serial ?? '', envelope),
      ),
    ),
  );

const kindSchema = z.looseObject({ kind: z.string('expected text') }, 'expected an object');

function measured(measurement: unknown, path: Path, serial: string, envelope: Envelope): Decoded {
  return decodedPart(kindSchema, measurement, path, ({ kind }) => {
    // Occupancy and other kinds are worked out from the same passages.
    if (kind !== 'people-counts') return NOTHING;
    return decodedPart(measurementSchema, measurement, path, ({ utcFrom, utcTo, items }) => {
      const which = {
        line: '',
        key: `axis:${serial}:${utcFrom}`,
        deviceAtMs: lastMomentMs(utcFrom, utcTo),
      };
      const people = { in: passed(items, 'in'), out: passed(items, 'out') };
      return { readings: [increment(envelope, which, people)], refusals: [] };
    });
  });
}

const liveSumSchema = z.looseObject({
  serial: z.optional(nameSchema),
  timestamp: z
    .string('expected 14 digits, 20261121100000')
    .check(z.regex(LOCAL_TIME, 'expected 14 digits, 20261121100000')),
  in: totalSchema,
  out: totalSchema,
});

const liveSum = (document: unknown, envelope: Envelope) =>
  decodedPart(liveSumSchema, document, [], ({ serial = '', timestamp, in: entered, out }) => {
    // The camera's own local time, in a zone that it does not tell: good for telling messages apart, not for when.
    const key = `axis:${serial}:${timestamp}:${entered}:${out}`;
    const reading = cumulative(envelope, { line: '', key, deviceAtMs: null }, { in: entered, out });
    return { readings: [reading], refusals: [] };
  });
