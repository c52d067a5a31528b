import {
  MAX_READINGS_PER_MESSAGE,
  type Reading,
  type ReadingPayload,
  readingPayloadSchema,
} from '../contracts/telemetry.ts';
import type { Decoded, Envelope, Refusal } from './decoded.ts';

/** A clock this far ahead of the hub's is wrong; the hub's time of arrival is used instead. */
const MAX_AHEAD_MS = 5 * 60_000;
/** IoT Hub keeps a message for at most 7 days: an older reading is a wrong clock, not a late message. */
const MAX_LATE_MS = 7 * 24 * 3_600_000;

const MAX_DETAIL_LENGTH = 300;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Vitrine's own JSON: one reading, or an array of them. Never throws. */
export function decodeVitrineJson(body: Uint8Array, envelope: Envelope): Decoded {
  const parsed = jsonOf(body);
  if (!parsed.ok) return { readings: [], refusals: [parsed.refusal] };
  const many = Array.isArray(parsed.value);
  const items: readonly unknown[] = many ? (parsed.value as unknown[]) : [parsed.value];
  if (items.length > MAX_READINGS_PER_MESSAGE) return { readings: [], refusals: [tooMany(items.length)] };
  const readings: Reading[] = [];
  const refusals: Refusal[] = [];
  for (const [index, item] of items.entries()) {
    const result = readingPayloadSchema.safeParse(item);
    if (result.success) readings.push(readingOf(result.data, envelope, many ? `#${index}` : ''));
    else refusals.push({ reason: 'not-a-reading', detail: detailOf(result.error, many ? index : null) });
  }
  return { readings, refusals };
}

function readingOf(payload: ReadingPayload, envelope: Envelope, suffix: string): Reading {
  const boot = payload.boot ?? '';
  const sequence = payload.sequence ?? null;
  return {
    kind: payload.kind,
    sensorId: envelope.sensorId,
    key: sequence === null ? `${envelope.messageKey}${suffix}` : `s:${boot}:${sequence}`,
    boot,
    sequence,
    atMs: atMsOf(payload.at, envelope.enqueuedAtMs),
    in: payload.in ?? 0,
    out: payload.out ?? 0,
  };
}

function atMsOf(at: string | undefined, enqueuedAtMs: number): number {
  if (at === undefined) return enqueuedAtMs;
  const atMs = Date.parse(at);
  const plausible = atMs <= enqueuedAtMs + MAX_AHEAD_MS && atMs >= enqueuedAtMs - MAX_LATE_MS;
  return plausible ? Math.min(atMs, enqueuedAtMs) : enqueuedAtMs;
}

function jsonOf(body: Uint8Array): { ok: true; value: unknown } | { ok: false; refusal: Refusal } {
  try {
    return { ok: true, value: JSON.parse(utf8.decode(body)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      refusal: { reason: 'not-json', detail: printable(`expected UTF-8 JSON: ${why}`) },
    };
  }
}

function detailOf(
  error: { issues: readonly { path: PropertyKey[]; message: string }[] },
  index: number | null,
) {
  const where = index === null ? [] : [index];
  const issues = error.issues
    .slice(0, 3)
    .map((issue) => `${[...where, ...issue.path].map(String).join('.') || 'body'}: ${issue.message}`)
    .join('; ');
  return printable(issues);
}

/** Parser messages quote the body, which may hold what no database takes as text. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_DETAIL_LENGTH);

const tooMany = (count: number): Refusal => ({
  reason: 'too-many-readings',
  detail: `body: expected at most ${MAX_READINGS_PER_MESSAGE} readings in one message, got ${count}`,
});
