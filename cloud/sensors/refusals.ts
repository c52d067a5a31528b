import { MAX_READINGS_PER_MESSAGE } from '../contracts/telemetry.ts';
import type { Refusal } from './decoded.ts';

const MAX_DETAIL_LENGTH = 300;
const MAX_ISSUES_NAMED = 3;

type SchemaError = { readonly issues: readonly { path: PropertyKey[]; message: string }[] };

/** Names the field that was wrong by its path in the body, and what was expected there. */
export function notAReading(error: SchemaError, path: readonly (string | number)[] = []): Refusal {
  const detail = error.issues
    .slice(0, MAX_ISSUES_NAMED)
    .map((issue) => `${[...path, ...issue.path].map(String).join('.') || 'body'}: ${issue.message}`)
    .join('; ');
  return { reason: 'not-a-reading', detail: printable(detail) };
}

export const tooManyReadings = (count: number): Refusal => ({
  reason: 'too-many-readings',
  detail: `body: expected at most ${MAX_READINGS_PER_MESSAGE} readings in one message, got ${count}`,
});

/** Parser messages quote the body, which may hold what no database takes as text. */
export const printable = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_DETAIL_LENGTH);
