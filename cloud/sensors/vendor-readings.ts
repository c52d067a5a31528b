import type * as z from 'zod/mini';
import {
  type AbsoluteReading,
  type CumulativeReading,
  type IncrementReading,
  MAX_READINGS_PER_MESSAGE,
} from '../contracts/telemetry.ts';
import type { Decoded, Envelope, Refusal } from './decoded.ts';
import { notAReading, tooManyReadings } from './refusals.ts';

/** Vendors' counters know no boot and no sequence: which reading it is, and of which line, is all there is. */
export type Which = {
  readonly line: string;
  readonly key: string;
  readonly deviceAtMs: number | null;
};
export type Passed = { readonly in: number; readonly out: number };

export const increment = (envelope: Envelope, which: Which, passed: Passed): IncrementReading => ({
  kind: 'increment',
  ...common(envelope, which),
  in: passed.in,
  out: passed.out,
});

export const cumulative = (
  envelope: Envelope,
  which: Which,
  totals: Passed,
  wrapsAt: number | null = null,
): CumulativeReading => ({
  kind: 'cumulative',
  ...common(envelope, which),
  in: totals.in,
  out: totals.out,
  wrapsAt,
});

export const absolute = (envelope: Envelope, which: Which, people: number): AbsoluteReading => ({
  kind: 'absolute',
  ...common(envelope, which),
  people,
});

const common = (envelope: Envelope, which: Which) => ({
  sensorId: envelope.sensorId,
  line: which.line,
  key: which.key,
  boot: '',
  sequence: null,
  deviceAtMs: which.deviceAtMs,
  enqueuedAtMs: envelope.enqueuedAtMs,
});

/** An interval ends just before its end: the people of a day's last minute are of that day, and come before a reset at midnight. */
export const lastMomentMs = (fromMs: number, toMs: number): number => Math.max(fromMs, toMs - 1);

export const NOTHING: Decoded = { readings: [], refusals: [] };

export const refused = (refusal: Refusal): Decoded => ({ readings: [], refusals: [refusal] });

export type Path = readonly (string | number)[];

export const refusedAt = (path: Path, expected: string): Decoded =>
  refused(notAReading({ issues: [{ path: [], message: expected }] }, path));

/** One part of a document by itself: a bad one is refused by its path, and takes no good one with it. */
export function decodedPart<Schema extends z.ZodMiniType>(
  schema: Schema,
  part: unknown,
  path: Path,
  decodedOf: (part: z.output<Schema>) => Decoded,
): Decoded {
  const result = schema.safeParse(part);
  return result.success ? decodedOf(result.data) : refused(notAReading(result.error, path));
}

export function together(parts: readonly Decoded[]): Decoded {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return {
    readings: parts.flatMap(({ readings }) => readings),
    refusals: parts.flatMap(({ refusals }) => refusals),
  };
}

/** A document with more than a message may hold is refused whole. */
export function withinLimit(decoded: Decoded): Decoded {
  const parts = decoded.readings.length + decoded.refusals.length;
  return parts > MAX_READINGS_PER_MESSAGE ? refused(tooManyReadings(parts)) : decoded;
}
