import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { clockWords } from './words.ts';

const DAY_MS = 24 * 3_600_000;

type Opened = Pick<SnapshotContent, 'opening' | 'store'>;

/** By its opening hours; never where its owner told none. */
export function isClosedAt({ opening }: Pick<SnapshotContent, 'opening'>, nowMs: number): boolean {
  if (!opening) return false;
  const { open, changesAtMs } = opening;
  // The news of the change may be a moment behind the clock.
  const hasChanged = changesAtMs !== null && changesAtMs <= nowMs;
  return open === hasChanged;
}

/** `Open until 21:00`, `Closed, opens Mon 09:00`; empty where no hours are known. */
export function openingWords({ opening, store }: Opened, nowMs: number): string {
  if (!opening) return '';
  const { changesAtMs } = opening;
  const next = changesAtMs === null || changesAtMs <= nowMs ? null : changesAtMs;
  const isClosed = isClosedAt({ opening }, nowMs);
  if (next === null) return isClosed ? 'Closed' : 'Open';
  const when = whenWords(next, nowMs, store.timeZone);
  return isClosed ? `Closed, opens ${when}` : `Open until ${when}`;
}

/** `09:00` if it is the same day there, else `Mon 09:00`, or `30 Nov 09:00` where the weekday would mislead. */
function whenWords(atMs: number, nowMs: number, timeZone: string): string {
  const clock = clockWords(atMs, timeZone);
  const part = (options: Intl.DateTimeFormatOptions, ms: number) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(ms);
  const date = { day: 'numeric', month: 'short' } as const;
  if (part(date, atMs) === part(date, nowMs)) return clock;
  return `${atMs - nowMs < 6 * DAY_MS ? part({ weekday: 'short' }, atMs) : part(date, atMs)} ${clock}`;
}
