import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import type { GlassStrings, Phrase } from '../../design/strings/glass-strings.ts';
import { type FigureSize, figureSize } from './figure-size.ts';
import type { LocalTime } from './local-time.ts';
import { asOfWords } from './moment-words.ts';
import { isLive, type StoreView } from './store-view.ts';
import { type FreshnessWords, freshnessWords } from './wording.ts';

/** What fits beside a limit of two digits; beside a longer one there is no room. */
const MAX_SHOWN_MARGIN = 99;

/** What stands where the count stands. */
export type CountWords =
  | {
      readonly kind: 'figure';
      readonly count: number;
      readonly size: FigureSize;
      readonly hollow: boolean;
      /** `of 60`, `±4 of 60` */
      readonly limit: string;
      /** Whether the limit says how far the count may be off. */
      readonly margin: boolean;
      /** `22 may enter`, `4 over`, or `as of 10:32` */
      readonly room: Phrase;
      readonly fresh: FreshnessWords;
    }
  | {
      readonly kind: 'unknown';
      readonly title: string;
      readonly detail: string;
      /** `before restart` */
      readonly note: string | undefined;
    };

/** Unix ms, as the sign's clock is set: when the count was true, and now. While it is closed nobody may enter. */
export type Moments = {
  readonly heardAtMs: number;
  readonly nowMs: number;
  readonly time: LocalTime;
  readonly closed?: boolean;
};

export function countWords(
  { count, limits, mayEnter, margin }: SnapshotContent,
  view: StoreView,
  moments: Moments,
  strings: GlassStrings,
): CountWords {
  if (view.freshness === 'unknown') {
    const isKnown = view.remembered || view.ageMs !== null;
    const detail = isKnown ? lastKnown(count, moments, strings) : strings.neverHeard;
    const note = view.remembered ? strings.beforeRestart : undefined;
    return { kind: 'unknown', title: strings.noLiveCount, detail, note };
  }
  const hollow = !isLive(view.freshness);
  const live =
    view.state === 'over'
      ? strings.over(count - limits.hard)
      : moments.closed
        ? []
        : strings.mayEnter(mayEnter);
  const size = figureSize(count, limits.hard);
  const withMargin = margin > 0 && margin <= MAX_SHOWN_MARGIN && !size.tight;
  return {
    kind: 'figure',
    count,
    size,
    hollow,
    limit: withMargin ? `±${margin} ${strings.of(limits.hard)}` : strings.of(limits.hard),
    margin: withMargin,
    room: hollow ? asOfWords({ ...moments, atMs: moments.heardAtMs }, strings) : live,
    fresh: freshnessWords(view, strings),
  };
}

function lastKnown(count: number, { heardAtMs, nowMs, time }: Moments, strings: GlassStrings): string {
  const moment = time.moment(heardAtMs, nowMs);
  return time.sameDay(heardAtMs, nowMs)
    ? strings.lastKnown(count, moment)
    : strings.lastKnownOn(count, moment);
}
