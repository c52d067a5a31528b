import * as z from 'zod/mini';
import type { JsonAdapter } from './adapter.ts';
import type { Decoded, Envelope } from './decoded.ts';
import { isRecord, totalTextSchema } from './vendor-fields.ts';
import { cumulative, decodedPart, refusedAt } from './vendor-readings.ts';

const channelSchema = z
  .string('expected digits as text')
  .check(z.regex(/^\d{1,5}$/, 'expected a channel, 0 or more'));
const utcSchema = z
  .string('expected digits as text')
  .check(z.regex(/^\d{1,11}$/, 'expected seconds since 1970'));

const summarySchema = z.object({
  'summary.Channel': z._default(channelSchema, '0'),
  /** When it was asked. */
  'summary.UTC': z.optional(utcSchema),
  'summary.EnteredSubtotal.Total': z.optional(totalTextSchema),
  'summary.ExitedSubtotal.Total': z.optional(totalTextSchema),
  'summary.EnteredSubtotal.Today': z.optional(totalTextSchema),
  'summary.ExitedSubtotal.Today': z.optional(totalTextSchema),
});
type Summary = z.infer<typeof summarySchema>;

/** What `getSummary` answers: totals, one `key=value` a line. */
export const dahuaSummary: JsonAdapter = {
  recognises: (document) =>
    isRecord(document) &&
    Object.keys(document).some((key) => /^summary\.(Entered|Exited)Subtotal\./.test(key)),
  decode: (document, envelope) =>
    decodedPart(summarySchema, document, [], (summary) => summarised(summary, envelope)),
};

function summarised(summary: Summary, envelope: Envelope): Decoded {
  const totals = totalsOf(summary, 'Total') ?? totalsOf(summary, 'Today');
  if (totals === undefined)
    return refusedAt(
      ['summary.EnteredSubtotal.Total'],
      'expected it beside summary.ExitedSubtotal.Total, or both as .Today',
    );
  const { 'summary.Channel': line, 'summary.UTC': utc } = summary;
  const key = `dahua:${line}:${utc ?? envelope.messageKey}:${totals.in}:${totals.out}`;
  const which = { line, key, deviceAtMs: utc === undefined ? null : Number(utc) * 1000 };
  return { readings: [cumulative(envelope, which, totals)], refusals: [] };
}

/** `Total` is since the camera's last reset; `Today` starts over at midnight, as any counter may. `Hour` is a part of both. */
function totalsOf(summary: Summary, since: 'Total' | 'Today') {
  const [entered, exited] = [
    summary[`summary.EnteredSubtotal.${since}`],
    summary[`summary.ExitedSubtotal.${since}`],
  ];
  return entered === undefined || exited === undefined ? undefined : { in: entered, out: exited };
}
