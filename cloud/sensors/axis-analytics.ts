import * as z from 'zod/mini';
import type { JsonAdapter } from './adapter.ts';
import type { Decoded, Envelope } from './decoded.ts';
import { epochMsSchema, isRecord, nameSchema, totalTextSchema } from './vendor-fields.ts';
import { absolute, cumulative, decodedPart, NOTHING, refusedAt } from './vendor-readings.ts';

/** `axis:CameraApplicationPlatform/ObjectAnalytics/Device1Scenario2`: the last part names the scenario. */
const TOPIC = /(?:^|[:/])CameraApplicationPlatform\/(?:[A-Za-z]+:)?ObjectAnalytics\/([^/]+)$/;
const EXPECTED_TOPIC = 'expected axis:CameraApplicationPlatform/ObjectAnalytics/ and a scenario';

/** AXIS Object Analytics over MQTT. Its counts are text. */
export const axisAnalytics: JsonAdapter = {
  recognises: (document) =>
    isRecord(document) && typeof document.topic === 'string' && TOPIC.test(document.topic),
  decode: (document, envelope) =>
    decodedPart(analyticsSchema, document, [], (analytics) => counted(analytics, envelope)),
};

const analyticsSchema = z.looseObject({
  topic: z.pipe(
    z.string(EXPECTED_TOPIC).check(z.regex(TOPIC, EXPECTED_TOPIC)),
    z.pipe(
      z.transform((topic: string) => TOPIC.exec(topic)?.[1] ?? ''),
      nameSchema,
    ),
  ),
  timestamp: epochMsSchema,
  serial: z.optional(nameSchema),
  message: z.looseObject(
    { data: z.record(z.string(), z.unknown(), 'expected an object') },
    'expected an object',
  ),
});
type Analytics = z.output<typeof analyticsSchema>;

const DATA = ['message', 'data'];

function counted(analytics: Analytics, envelope: Envelope): Decoded {
  const { data } = analytics.message;
  // Says again, under one name for all scenarios, what each says for itself.
  if (analytics.topic.endsWith('ANY')) return NOTHING;
  if (isCrossline(data)) {
    return decodedPart(crosslineSchema, data, DATA, (totals) => crossed(analytics, totals, envelope));
  }
  if (isOccupancy(data)) {
    return decodedPart(occupancySchema, data, DATA, (people) => occupied(analytics, people, envelope));
  }
  // An object came or went: no count.
  if ('active' in data) return NOTHING;
  return refusedAt(DATA, 'expected totalHuman of a crossline scenario, or human of an occupancy scenario');
}

/** `scenario` is a name that the installer may change; what a scenario counts is told by its fields first. */
const isCrossline = (data: Record<string, unknown>) =>
  'totalHuman' in data || 'reason' in data || (data.scenario === 'Crossline' && 'total' in data);
const isOccupancy = (data: Record<string, unknown>) =>
  'human' in data || (data.scenario === 'Occupancy' && 'total' in data);

const crosslineSchema = z
  .looseObject({ totalHuman: z.optional(totalTextSchema), total: z.optional(totalTextSchema) })
  .check(
    z.refine((data) => data.totalHuman !== undefined || data.total !== undefined, 'expected totalHuman'),
  );
const occupancySchema = z
  .looseObject({ human: z.optional(totalTextSchema), total: z.optional(totalTextSchema) })
  .check(z.refine((data) => data.human !== undefined || data.total !== undefined, 'expected human'));

/** A crossline is crossed one way: a door needs one scenario for IN and another, at its other side, for OUT. */
function crossed(analytics: Analytics, data: z.output<typeof crosslineSchema>, envelope: Envelope): Decoded {
  const entered = data.totalHuman ?? data.total ?? 0;
  const which = whichOf(analytics, entered);
  return { readings: [cumulative(envelope, which, { in: entered, out: 0 })], refusals: [] };
}

function occupied(analytics: Analytics, data: z.output<typeof occupancySchema>, envelope: Envelope): Decoded {
  const people = data.human ?? data.total ?? 0;
  return { readings: [absolute(envelope, whichOf(analytics, people), people)], refusals: [] };
}

const whichOf = ({ serial = '', topic, timestamp }: Analytics, count: number) => ({
  line: topic,
  key: `axis:${serial}:${topic}:${timestamp}:${count}`,
  deviceAtMs: timestamp,
});
