import * as z from 'zod/mini';
import { MAX_READINGS_PER_MESSAGE } from '../contracts/telemetry.ts';
import type { JsonAdapter } from './adapter.ts';
import type { Decoded, Envelope } from './decoded.ts';
import { tooManyReadings } from './refusals.ts';
import { isRecord, ordinalSchema, totalSchema } from './vendor-fields.ts';
import { cumulative, decodedPart, NOTHING, type Path, refusedAt, together } from './vendor-readings.ts';

const LOCAL_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const MIDNIGHT = ' 00:00:00';

const rowSchema = z.object(
  {
    Channel: z._default(ordinalSchema, 0),
    AreaID: z._default(ordinalSchema, 1),
    EnteredSubtotal: totalSchema,
    ExitedSubtotal: totalSchema,
    /** By the camera's clock, in a zone that it does not tell. */
    StartTime: z.optional(
      z.string('expected text').check(z.regex(LOCAL_TIME, 'expected 2026-11-21 10:00:00')),
    ),
  },
  'expected an object with Channel, StartTime, EnteredSubtotal and ExitedSubtotal',
);
type Row = z.infer<typeof rowSchema>;

/**
 * What `doFind` answers: people per interval. The newest row still grows while it is asked for again, and those of the
 * hours to come are 0. Added row by row they would count many times over, so the rows of a day are taken together: as
 * the total since the first of them began. A row without a time is a counter that was read, and a total by itself.
 */
export const dahuaRows: JsonAdapter = {
  recognises: (document) => {
    const [first] = rowsOf(document);
    return isRecord(first?.row) && 'EnteredSubtotal' in first.row && 'ExitedSubtotal' in first.row;
  },
  decode,
};

function decode(document: unknown, envelope: Envelope): Decoded {
  const rows = rowsOf(document);
  if (rows.length > MAX_READINGS_PER_MESSAGE)
    return { readings: [], refusals: [tooManyReadings(rows.length)] };
  const good: Row[] = [];
  const bad = rows.map(({ row, path }) =>
    decodedPart(rowSchema, row, path, (read) => {
      good.push(read);
      return NOTHING;
    }),
  );
  const { refusals } = together(bad);
  // Without one of its rows a day's total would be too small, and be taken for a counter that started over.
  if (refusals.length > 0) return { readings: [], refusals };
  const days = Map.groupBy(good, (row) => `${lineOf(row)} ${row.StartTime?.slice(0, 10) ?? ''}`);
  // The older day first: after the newer one it would be taken for one more day.
  const inOrder = [...days].sort(([one], [other]) => (one < other ? -1 : 1));
  return together(inOrder.map(([, rows]) => summed(rows, envelope)));
}

/** By themselves, or in `info` as `doFind` nests them. */
function rowsOf(document: unknown): readonly { readonly row: unknown; readonly path: Path }[] {
  const params = isRecord(document) ? document.params : undefined;
  const places = [
    { rows: document, path: [] },
    { rows: isRecord(document) ? document.info : undefined, path: ['info'] },
    { rows: isRecord(params) ? params.info : undefined, path: ['params', 'info'] },
  ];
  for (const { rows, path } of places) {
    if (Array.isArray(rows)) return rows.map((row, index) => ({ row, path: [...path, index] }));
  }
  return [{ row: document, path: [] }];
}

/** Most channels have one area only, so the first bears the name of its channel alone, which is what the summary has. */
const lineOf = ({ Channel, AreaID }: Row): string =>
  AreaID === 1 ? String(Channel) : `${Channel}/${AreaID}`;

const sumSchema = z.object({ in: totalSchema, out: totalSchema });

function summed(rows: readonly Row[], envelope: Envelope): Decoded {
  const [first] = rows;
  if (first === undefined) return NOTHING;
  const line = lineOf(first);
  const starts = rows.map(({ StartTime = '' }) => StartTime).sort();
  const [start = ''] = starts;
  if (new Set(starts).size < starts.length)
    return refusedAt(['StartTime'], `expected one row of channel ${line} for each`);
  // The windows of two requests might overlap, and people of the hours in both would count twice.
  if (rows.length > 1 && !start.endsWith(MIDNIGHT))
    return refusedAt(['StartTime'], `expected the rows of a day from 00:00:00 on, got them from ${start}`);
  const sum = {
    in: rows.reduce((people, { EnteredSubtotal }) => people + EnteredSubtotal, 0),
    out: rows.reduce((people, { ExitedSubtotal }) => people + ExitedSubtotal, 0),
  };
  return decodedPart(sumSchema, sum, ['EnteredSubtotal'], (totals) => {
    const boot = start.replace(' ', 'T');
    const key = `dahua:${line}:${boot || envelope.messageKey}:${totals.in}:${totals.out}`;
    const reading = { ...cumulative(envelope, { line, key, deviceAtMs: null }, totals), boot };
    return { readings: [reading], refusals: [] };
  });
}
