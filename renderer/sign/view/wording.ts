import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { ageWords } from './age-words.ts';
import type { StoreView } from './store-view.ts';

const SECOND_MS = 1_000;

/** How old the count is. `detail` may be left out where room is short. */
export type FreshnessWords = { readonly main: string; readonly detail: string };

/** Only a live count is called live: an ageing one is solid, but has only its age to say. */
export function freshnessWords(
  { freshness, ageMs, doors }: StoreView,
  strings: GlassStrings,
): FreshnessWords {
  if (ageMs === null) return { main: strings.neverHeard, detail: '' };
  const age = ageWords(ageMs, strings);
  if (freshness !== 'live') return { main: strings.ago(age), detail: '' };
  const speaking = doors.filter((door) => !door.silent).length;
  if (speaking < doors.length)
    return { main: strings.doorsLive(speaking), detail: `${strings.comma}${strings.ago(age)}` };
  return { main: ageMs < SECOND_MS ? strings.liveNow : strings.live(age), detail: '' };
}
