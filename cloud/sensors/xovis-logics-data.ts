import * as z from 'zod/mini';
import type { Decoded, Envelope } from './decoded.ts';
import { epochOrIsoSchema, nameSchema, ordinalSchema, passedSchema, totalSchema } from './vendor-fields.ts';
import {
  absolute,
  decodedPart,
  increment,
  lastMomentMs,
  NOTHING,
  type Path,
  together,
} from './vendor-readings.ts';

const OBJECT = 'expected an object';
const ARRAY = 'expected an array';

const logicsDataSchema = z.looseObject({
  logics_data: z.looseObject(
    {
      package_info: z.optional(z.looseObject({ agent_id: z.optional(ordinalSchema) }, OBJECT)),
      logics: z.array(z.unknown(), ARRAY),
    },
    OBJECT,
  ),
});
const logicSchema = z.looseObject(
  {
    id: ordinalSchema,
    name: nameSchema,
    info: z.optional(z.string('expected text')),
    records: z.array(z.unknown(), ARRAY),
  },
  OBJECT,
);
const recordSchema = z.looseObject(
  {
    from: epochOrIsoSchema,
    to: epochOrIsoSchema,
    counts: z.array(z.looseObject({ name: z.string('expected text'), value: z.unknown() }, OBJECT), ARRAY),
  },
  OBJECT,
);

type Logic = { readonly agent: number | ''; readonly id: number; readonly line: string };
type Interval = { readonly from: number; readonly to: number };

/** One reading for each record of each logic: `fw` and `bw` are who passed, `balance` is who is there. */
export const xovisLogicsData = (document: unknown, envelope: Envelope): Decoded =>
  decodedPart(logicsDataSchema, document, [], ({ logics_data: { package_info, logics } }) =>
    together(
      logics.map((logic, index) =>
        concluded(logic, ['logics_data', 'logics', index], package_info?.agent_id ?? '', envelope),
      ),
    ),
  );

const concluded = (part: unknown, path: Path, agent: number | '', envelope: Envelope) =>
  decodedPart(logicSchema, part, path, ({ id, name, info = '', records }) => {
    // Counts groups of people (XLT_GROUP_LINE_IN_OUT_COUNT), each of whom another logic counts.
    if (info.includes('_GROUP_')) return NOTHING;
    const logic = { agent, id, line: name };
    return together(
      records.map((record, index) => recorded(record, [...path, 'records', index], logic, envelope)),
    );
  });

const recorded = (part: unknown, path: Path, logic: Logic, envelope: Envelope) =>
  decodedPart(recordSchema, part, path, ({ counts, from, to }) => {
    const interval = { from, to };
    const countOf = (name: string) => counts.find((count) => count.name === name)?.value;
    const forward = countOf('fw');
    const backward = countOf('bw');
    if (forward !== undefined || backward !== undefined) {
      return passed({ fw: forward ?? 0, bw: backward ?? 0 }, path, logic, interval, envelope);
    }
    const balance = countOf('balance');
    return balance === undefined ? NOTHING : present({ balance }, path, logic, interval, envelope);
  });

const passedBySchema = z.object({ fw: passedSchema, bw: passedSchema });
const presentSchema = z.object({ balance: totalSchema });

const passed = (counts: unknown, path: Path, logic: Logic, { from, to }: Interval, envelope: Envelope) =>
  decodedPart(passedBySchema, counts, [...path, 'counts'], ({ fw, bw }) => {
    const which = { line: logic.line, key: keyOf(logic, from), deviceAtMs: lastMomentMs(from, to) };
    return { readings: [increment(envelope, which, { in: fw, out: bw })], refusals: [] };
  });

const present = (counts: unknown, path: Path, logic: Logic, { from, to }: Interval, envelope: Envelope) =>
  decodedPart(presentSchema, counts, [...path, 'counts'], ({ balance }) => {
    const which = { line: logic.line, key: keyOf(logic, from), deviceAtMs: to };
    return { readings: [absolute(envelope, which, balance)], refusals: [] };
  });

const keyOf = ({ agent, id }: Logic, fromMs: number) => `xovis:logic:${agent}:${id}:${fromMs}`;
