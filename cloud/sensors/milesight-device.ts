import * as z from 'zod/mini';
import type { Decoded, Envelope } from './decoded.ts';
import {
  isoTimeSchema,
  isRecord,
  nameOrEmptySchema,
  nameSchema,
  ordinalSchema,
  passedSchema,
  totalSchema,
} from './vendor-fields.ts';
import {
  cumulative,
  decodedPart,
  increment,
  lastMomentMs,
  NOTHING,
  type Passed,
  type Path,
  refusedAt,
  together,
} from './vendor-readings.ts';

/**
 * The JSON that a VS125 or VS135 pushes. One document may tell of the same people up to three times; the first of these
 * that it has is credited, the others never. Totals start over at the device's midnight.
 */
const SECTIONS = ['line_total_data', 'line_periodic_data', 'line_trigger_data'] as const;
type Section = (typeof SECTIONS)[number];

export const milesightDevice = {
  carries: (document: unknown): boolean =>
    isRecord(document) && ('device_info' in document || SECTIONS.some((section) => section in document)),

  recognises: (document: unknown): boolean =>
    isRecord(document) &&
    isRecord(document.device_info) &&
    SECTIONS.some((section) => Array.isArray(document[section])),

  decode: (document: unknown, envelope: Envelope): Decoded => {
    const section = SECTIONS.find((name) => isRecord(document) && !isEmpty(document[name]));
    // Regions, dwell times, alarms: nobody went through a door.
    if (section === undefined) return NOTHING;
    return decodedPart(deviceSchema, document, [], (device) => {
      const lines = device[section];
      if (!Array.isArray(lines)) return refusedAt([section], 'expected an array');
      return counted(section, lines, messageOf(device, envelope), envelope);
    });
  },
};

const isEmpty = (lines: unknown) => lines === undefined || (Array.isArray(lines) && lines.length === 0);

const deviceSchema = z.looseObject({
  device_info: z.optional(
    z.looseObject(
      { device_sn: z.optional(nameSchema), running_time: z.optional(ordinalSchema) },
      'expected an object',
    ),
  ),
  time_info: z.optional(
    z.looseObject(
      {
        start_time: z.optional(isoTimeSchema),
        end_time: z.optional(isoTimeSchema),
        time: z.optional(isoTimeSchema),
      },
      'expected an object',
    ),
  ),
});

const lineSchema = <Total extends z.ZodMiniType>(total: Total) =>
  z
    .looseObject(
      {
        line: z.optional(ordinalSchema),
        line_name: z.optional(nameOrEmptySchema),
        line_uuid: z.optional(nameSchema),
        total,
      },
      'expected an object',
    )
    .check(
      z.refine((line) => Boolean(line.line_name) || line.line !== undefined, 'expected line_name or line'),
    );
const totalledLineSchema = lineSchema(
  z.looseObject({ in_counted: totalSchema, out_counted: totalSchema }, 'expected an object'),
);
const passedLineSchema = lineSchema(
  z.looseObject({ in: passedSchema, out: passedSchema }, 'expected an object'),
);

type Message = { readonly key: string; readonly deviceAtMs: number | null };

/**
 * The device's clock is known to freeze; how long it has been running then still tells its messages apart.
 */
function messageOf(device: z.output<typeof deviceSchema>, envelope: Envelope): Message {
  const { device_sn = '', running_time } = device.device_info ?? {};
  const { start_time, end_time, time } = device.time_info ?? {};
  const atMs = end_time ?? time ?? null;
  const moment = [start_time, atMs, running_time].filter((part) => part !== undefined && part !== null);
  return {
    key: `milesight:${device_sn}:${moment.length > 0 ? moment.join('/') : envelope.messageKey}`,
    deviceAtMs: atMs !== null && start_time !== undefined ? lastMomentMs(start_time, atMs) : atMs,
  };
}

function counted(section: Section, lines: readonly unknown[], message: Message, envelope: Envelope): Decoded {
  const named = new Set<string>();
  const parts = lines.map((line, index): Decoded => {
    const path: Path = [section, index];
    return section === 'line_total_data'
      ? decodedPart(totalledLineSchema, line, path, (whole) =>
          credited(whole, { in: whole.total.in_counted, out: whole.total.out_counted }, path),
        )
      : decodedPart(passedLineSchema, line, path, (whole) => credited(whole, whole.total, path));
  });
  return together(parts);

  function credited(line: NamedLine, people: Passed, path: Path): Decoded {
    const name = line.line_name || `Line${line.line}`;
    // Totals of two lines under one name would each look like the other, started over.
    if (named.has(name)) return refusedAt([...path, 'line_name'], 'expected a name of its own for each line');
    named.add(name);
    const key = `${message.key}:${people.in}:${people.out}:${line.line_uuid ?? name}`;
    const which = { line: name, key, deviceAtMs: message.deviceAtMs };
    const readingOf = section === 'line_total_data' ? cumulative : increment;
    return { readings: [readingOf(envelope, which, { in: people.in, out: people.out })], refusals: [] };
  }
}

type NamedLine = {
  readonly line?: number | undefined;
  readonly line_name?: string | undefined;
  readonly line_uuid?: string | undefined;
};
