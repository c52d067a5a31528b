import type { GlassStrings, Phrase } from '../../design/strings/glass-strings.ts';
import type { LocalTime } from './local-time.ts';
import { asOfWords, momentWords } from './moment-words.ts';
import { isLive } from './store-view.ts';
import type { WallTile } from './wall-tiles.ts';

/** What a tile says: `figure` is how its count is drawn, `aside` a word beside it, `foot` the line at its foot. */
export type TileWords = {
  readonly state: string;
  readonly figure: 'solid' | 'hollow' | 'none';
  readonly aside: string;
  readonly foot: string;
};

export type TileMoment = {
  readonly time: LocalTime;
  readonly nowMs: number;
  readonly cloudNowMs: number | null;
  /** Room for more than fifteen letters at the foot. */
  readonly wide: boolean;
};

export function tileWords(tile: WallTile, moment: TileMoment, strings: GlassStrings): TileWords {
  const { states } = strings;
  const { content, view, state } = tile;
  const word = states[state === 'stale' ? 'unknown' : state];
  const known = view.freshness === 'stale' ? 'hollow' : 'none';
  const figure = isLive(view.freshness) ? 'solid' : known;
  switch (state) {
    case 'over': {
      const by = joined(strings.over(content.count - content.limits.hard));
      return { state: word, figure, aside: '', foot: by };
    }
    case 'unknown':
    case 'stale':
      return { state: word, figure, aside: '', foot: sinceWords(tile, moment, strings) };
    case 'closed':
      return { state: word, figure, aside: word, foot: opensWords(tile, moment, strings) };
    case 'full':
      return { state: word, figure, aside: '', foot: word };
    default: {
      const foot = strings.wall.roomFor(content.mayEnter);
      return { state: word, figure, aside: state === 'nearly' ? word : '', foot };
    }
  }
}

const joined = (phrase: Phrase): string => phrase.map(({ text }) => text).join(' ');

function sinceWords(
  { trueAtMs, view }: WallTile,
  { time, nowMs }: TileMoment,
  strings: GlassStrings,
): string {
  if (trueAtMs === null || (view.ageMs === null && !view.remembered)) return strings.neverHeard;
  const moment = { atMs: trueAtMs, nowMs, time };
  // An old figure is told with its time; where there is none, since when nothing is known.
  return view.freshness === 'stale'
    ? joined(asOfWords(moment, strings))
    : strings.wall.since(momentWords(moment, strings));
}

function opensWords(
  { closed }: WallTile,
  { time, cloudNowMs, wide }: TileMoment,
  strings: GlassStrings,
): string {
  const opensAtMs = closed?.opensAtMs ?? null;
  if (opensAtMs === null || cloudNowMs === null) return strings.states.closed;
  const when = time.soon(opensAtMs, cloudNowMs);
  return wide ? strings.opensAt(when) : when;
}
