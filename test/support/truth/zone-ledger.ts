const MINUTE_MS = 60_000;

type Entry = { readonly kind: 'passed' | 'added'; readonly people: number; readonly atMs: number };

/** How many should be in a zone, and why: everything that ever happened in it, with when it was true. */
export type ZoneLedger = { people: number; setAtMs: number | null; readonly entries: Entry[] };

export const aZoneLedger = (): ZoneLedger => ({ people: 0, setAtMs: null, entries: [] });

/** Who passed before the zone was last set was seen by whoever set it. */
export function passed(zone: ZoneLedger, people: number, atMs: number): void {
  zone.entries.push({ kind: 'passed', people, atMs });
  if (zone.setAtMs === null || atMs >= zone.setAtMs) zone.people += people;
}

export function added(zone: ZoneLedger, people: number, atMs: number): void {
  zone.entries.push({ kind: 'added', people, atMs });
  zone.people += people;
}

/**
 * So many were inside at that moment, and who passed since is on top. What a person added in the very minute is part of
 * what was seen. Of a moment before the zone was last set, it is history.
 */
export function setTo(zone: ZoneLedger, people: number, atMs: number): void {
  if (zone.setAtMs !== null && atMs < zone.setAtMs) return;
  const nextMinuteMs = (Math.floor(atMs / MINUTE_MS) + 1) * MINUTE_MS;
  const since = zone.entries.filter((entry) => entry.atMs >= (entry.kind === 'passed' ? atMs : nextMinuteMs));
  zone.people = since.reduce((sum, entry) => sum + entry.people, people);
  zone.setAtMs = atMs;
}
