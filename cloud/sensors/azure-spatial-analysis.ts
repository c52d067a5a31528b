import * as z from 'zod/mini';
import type { JsonAdapter } from './adapter.ts';
import type { Decoded, Envelope } from './decoded.ts';
import { deviceAtMs } from './device-at-ms.ts';
import { isRecord, nameSchema, totalSchema } from './vendor-fields.ts';
import {
  absolute,
  decodedPart,
  increment,
  NOTHING,
  type Path,
  together,
  withinLimit,
} from './vendor-readings.ts';

const COUNTED = ['personCountEvent', 'personLineEvent', 'personZoneEnterExitEvent'];

const messageSchema = z.object(
  {
    events: z
      .array(z.looseObject({ type: z.string('expected text') }, 'expected an object'), 'expected an array')
      // Distances and the like may stand beside them; a message of nothing else comes from the wrong operation.
      .check(
        z.refine(
          (events) => events.length === 0 || events.some(({ type }) => COUNTED.includes(type)),
          `expected an event of type ${COUNTED.join(', ')}`,
        ),
      ),
    sourceInfo: z.optional(
      z.object({ timestamp: z.optional(z.string('expected text')) }, 'expected an object'),
    ),
  },
  'expected an object with events',
);

const common = { id: nameSchema, zone: nameSchema };
const statusOf = <In extends string, Out extends string>(inwards: In, outwards: Out) =>
  z.object({
    ...common,
    properties: z.object(
      { status: z.enum([inwards, outwards], `expected ${inwards} or ${outwards}`) },
      'expected an object with status',
    ),
  });
const countSchema = z.object({
  ...common,
  properties: z.object({ personCount: totalSchema }, 'expected an object with personCount'),
});
const lineSchema = statusOf('CrossRight', 'CrossLeft');
const zoneSchema = statusOf('Enter', 'Exit');

/** Azure AI Vision spatial analysis: the service was retired in 2025, its containers and its format live on. */
export const azureSpatialAnalysis: JsonAdapter = {
  recognises: (document) =>
    isRecord(document) && Array.isArray(document.events) && isRecord(document.sourceInfo),
  decode: (document, envelope) =>
    withinLimit(
      decodedPart(messageSchema, document, [], ({ events, sourceInfo }) =>
        together(
          events.map((event, index) =>
            happened(event, ['events', index], deviceAtMs(sourceInfo?.timestamp), envelope),
          ),
        ),
      ),
    ),
};

function happened(
  event: { readonly type: string },
  path: Path,
  atMs: number | null,
  envelope: Envelope,
): Decoded {
  const whichOf = ({ id, zone }: { readonly id: string; readonly zone: string }) => ({
    line: zone,
    key: `azure:${id}`,
    deviceAtMs: atMs,
  });
  const passed = (inwards: boolean) => ({ in: inwards ? 1 : 0, out: inwards ? 0 : 1 });
  switch (event.type) {
    case 'personCountEvent':
      return decodedPart(countSchema, event, path, (count) => ({
        readings: [absolute(envelope, whichOf(count), count.properties.personCount)],
        refusals: [],
      }));
    // From left to right, seen from the start of the line towards its end, is IN; else the sensor is flipped.
    case 'personLineEvent':
      return decodedPart(lineSchema, event, path, (line) => ({
        readings: [increment(envelope, whichOf(line), passed(line.properties.status === 'CrossRight'))],
        refusals: [],
      }));
    case 'personZoneEnterExitEvent':
      return decodedPart(zoneSchema, event, path, (zone) => ({
        readings: [increment(envelope, whichOf(zone), passed(zone.properties.status === 'Enter'))],
        refusals: [],
      }));
    default:
      return NOTHING;
  }
}
