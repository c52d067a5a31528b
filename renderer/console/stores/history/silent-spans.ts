import type { AlertEvent } from '../../../../cloud/contracts/alert.ts';

const SECOND_MS = 1_000;

export type SilentSpan = { readonly source: string; readonly from: number; readonly until: number };

/** When a sensor told nothing, Unix seconds, from what its alerts are on record with. */
export function silentSpans(events: readonly AlertEvent[], nowMs: number): readonly SilentSpan[] {
  const spans: SilentSpan[] = [];
  const since = new Map<string, number>();
  for (const { source, event, atMs } of ofSilence(events)) {
    const began = since.get(source);
    if (event === 'raised' && began === undefined) since.set(source, atMs);
    if (event !== 'cleared' || began === undefined) continue;
    spans.push(spanOf(source, began, atMs));
    since.delete(source);
  }
  return [...spans, ...[...since].map(([source, began]) => spanOf(source, began, nowMs))];
}

const ofSilence = (events: readonly AlertEvent[]): readonly AlertEvent[] =>
  events.filter(({ type }) => type === 'sensor-silent').toSorted((one, other) => one.atMs - other.atMs);

const spanOf = (source: string, fromMs: number, untilMs: number): SilentSpan => ({
  source,
  from: fromMs / SECOND_MS,
  until: untilMs / SECOND_MS,
});
