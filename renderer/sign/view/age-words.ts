import type { GlassStrings } from '../../design/strings/glass-strings.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `2 s`, `4 min`, `3 h`, `2 d`, as the language says it. */
export function ageWords(ageMs: number, { age }: Pick<GlassStrings, 'age'>): string {
  if (ageMs < MINUTE_MS) return age(Math.floor(ageMs / SECOND_MS), 'second');
  if (ageMs < HOUR_MS) return age(Math.floor(ageMs / MINUTE_MS), 'minute');
  if (ageMs < 2 * DAY_MS) return age(Math.floor(ageMs / HOUR_MS), 'hour');
  return age(Math.floor(ageMs / DAY_MS), 'day');
}
