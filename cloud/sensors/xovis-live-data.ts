import * as z from 'zod/mini';
import type { Decoded, Envelope } from './decoded.ts';
import { epochOrIsoSchema, nameSchema, ordinalSchema } from './vendor-fields.ts';
import { decodedPart, increment, NOTHING, type Path, together } from './vendor-readings.ts';

const OBJECT = 'expected an object';
const ARRAY = 'expected an array';

const liveDataSchema = z.looseObject({
  live_data: z.looseObject(
    {
      package_info: z.optional(z.looseObject({ agent_id: z.optional(ordinalSchema) }, OBJECT)),
      frames: z.array(z.unknown(), ARRAY),
    },
    OBJECT,
  ),
});

const trackedObjectSchema = z.looseObject(
  { track_id: ordinalSchema, type: z.string('expected text') },
  OBJECT,
);
const frameSchema = z.looseObject(
  {
    time: epochOrIsoSchema,
    tracked_objects: z.optional(z.array(trackedObjectSchema, ARRAY)),
    events: z.optional(z.array(z.unknown(), ARRAY)),
  },
  OBJECT,
);

const eventSchema = z.looseObject({ type: z.string('expected text') }, OBJECT);
const crossingSchema = z.looseObject({
  attributes: z
    .looseObject(
      {
        track_id: ordinalSchema,
        // The event's place among all of its frame.
        sequence_number: z.optional(ordinalSchema),
        geometry_id: z.optional(ordinalSchema),
        geometry_name: z.optional(nameSchema),
      },
      OBJECT,
    )
    .check(
      z.refine(
        ({ geometry_id, geometry_name }) => geometry_id !== undefined || geometry_name !== undefined,
        'expected geometry_name or geometry_id',
      ),
    ),
});

/** What the events of one frame have in common. */
type Frame = { readonly agent: number | ''; readonly timeMs: number; readonly groups: ReadonlySet<number> };

/** One increment for each person over a line. */
export const xovisLiveData = (document: unknown, envelope: Envelope): Decoded =>
  decodedPart(liveDataSchema, document, [], ({ live_data: { package_info, frames } }) =>
    together(
      frames.map((frame, index) =>
        framed(frame, ['live_data', 'frames', index], package_info?.agent_id ?? '', envelope),
      ),
    ),
  );

const framed = (part: unknown, path: Path, agent: number | '', envelope: Envelope) =>
  decodedPart(frameSchema, part, path, ({ time, tracked_objects = [], events = [] }) => {
    const groups = new Set(
      tracked_objects.filter(({ type }) => type === 'GROUP').map(({ track_id }) => track_id),
    );
    const frame = { agent, timeMs: time, groups };
    return together(
      events.map((event, index) => happened(event, [...path, 'events', index], frame, envelope)),
    );
  });

const happened = (event: unknown, path: Path, frame: Frame, envelope: Envelope) =>
  decodedPart(eventSchema, event, path, ({ type }) => {
    if (type === 'LINE_CROSS_FORWARD') return crossed(event, path, frame, { in: 1, out: 0 }, envelope);
    if (type === 'LINE_CROSS_BACKWARD') return crossed(event, path, frame, { in: 0, out: 1 }, envelope);
    return NOTHING;
  });

const crossed = (
  event: unknown,
  path: Path,
  { agent, timeMs, groups }: Frame,
  passed: { readonly in: number; readonly out: number },
  envelope: Envelope,
) =>
  decodedPart(crossingSchema, event, path, ({ attributes }) => {
    const { track_id, sequence_number = '', geometry_id, geometry_name } = attributes;
    // A group crosses besides the people that it is made of.
    if (groups.has(track_id)) return NOTHING;
    const line = geometry_name ?? String(geometry_id);
    const key = `xovis:live:${agent}:${timeMs}:${track_id}:${sequence_number}:${geometry_id ?? line}`;
    return { readings: [increment(envelope, { line, key, deviceAtMs: timeMs }, passed)], refusals: [] };
  });
