import * as z from 'zod/mini';
import type { Decoded, Envelope } from './decoded.ts';
import { isRecord, passedSchema, totalSchema } from './vendor-fields.ts';
import {
  absolute,
  cumulative,
  decodedPart,
  increment,
  type Path,
  together,
  type Which,
} from './vendor-readings.ts';

/** Totals of a line have 4 bytes. */
const TOTALS_WRAP_AT = 4_294_967_296;

const LINE_COUNT = /^(line_\d{1,2})_(?:total|period)_(?:in|out)$/;
const REGION_COUNT = /^(region_\d{1,2})_count$/;

export type Counts = ReadonlyMap<string, unknown>;

/** Those fields of a decoded payload that count people: `line_1_total_in`, `line_1_period_in`, `region_1_count`. */
export const milesightCounts = (decoded: unknown): Counts =>
  new Map(
    Object.entries(isRecord(decoded) ? decoded : {}).filter(
      ([name]) => LINE_COUNT.test(name) || REGION_COUNT.test(name),
    ),
  );

type Message = { readonly key: string; readonly deviceAtMs: number | null };

/** One reading a line, from its totals where the payload has them, else from its period: they tell of the same people. */
export function readingsOfCounts(counts: Counts, path: Path, message: Message, envelope: Envelope): Decoded {
  const lines = places(counts, LINE_COUNT).map((line) => {
    const has = (field: string) => counts.has(`${line}_${field}`);
    return has('total_in') || has('total_out')
      ? totals(counts, line, path, message, envelope)
      : period(counts, line, path, message, envelope);
  });
  const regions = places(counts, REGION_COUNT).map((region) =>
    present(counts, region, path, message, envelope),
  );
  return together([...lines, ...regions]);
}

const places = (counts: Counts, field: RegExp) => [
  ...new Set([...counts.keys()].flatMap((name) => field.exec(name)?.[1] ?? [])),
];

const whichOf = (message: Message, line: string, people: readonly number[]): Which => ({
  line,
  key: `${message.key}:${people.join(':')}:${line}`,
  deviceAtMs: message.deviceAtMs,
});

const totals = (counts: Counts, line: string, path: Path, message: Message, envelope: Envelope) => {
  const [entered, left] = [`${line}_total_in`, `${line}_total_out`];
  const fields = z.object({ [entered]: totalSchema, [left]: totalSchema });
  return decodedPart(fields, Object.fromEntries(counts), path, (people) => {
    const passed = { in: people[entered] ?? 0, out: people[left] ?? 0 };
    const which = whichOf(message, line, [passed.in, passed.out]);
    return { readings: [cumulative(envelope, which, passed, TOTALS_WRAP_AT)], refusals: [] };
  });
};

const period = (counts: Counts, line: string, path: Path, message: Message, envelope: Envelope) => {
  const [entered, left] = [`${line}_period_in`, `${line}_period_out`];
  const fields = z.object({ [entered]: passedSchema, [left]: passedSchema });
  return decodedPart(fields, Object.fromEntries(counts), path, (people) => {
    const passed = { in: people[entered] ?? 0, out: people[left] ?? 0 };
    const which = whichOf(message, line, [passed.in, passed.out]);
    return { readings: [increment(envelope, which, passed)], refusals: [] };
  });
};

const present = (counts: Counts, region: string, path: Path, message: Message, envelope: Envelope) => {
  const field = `${region}_count`;
  return decodedPart(totalSchema, counts.get(field), [...path, field], (people) => ({
    readings: [absolute(envelope, whichOf(message, region, [people]), people)],
    refusals: [],
  }));
};
