import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import type { DoorFace } from './door-face.ts';
import { localTime } from './local-time.ts';

export type DoorWords = Partial<Readonly<Record<DoorFace['state'], string | undefined>>>;

/** What the board for customers says in one language; empty: nothing. */
export type DoorLines = {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly word: string;
  /** Beside the figure, at its top. */
  readonly of: string;
  /** Beside the figure, at its foot: what a customer may do. */
  readonly next: string;
};

export type Place = { readonly timeZone: string; readonly cloudNowMs: number | null };

/** `words`: the operator's own instead of ours. */
export function doorLines(
  face: DoorFace,
  strings: GlassStrings,
  { timeZone, cloudNowMs }: Place,
  words: DoorWords = {},
): DoorLines {
  const { language, direction, door } = strings;
  const word = words[face.state] ?? door.words[face.state];
  const lines = { language, direction, word, of: '', next: '' };
  switch (face.state) {
    case 'unknown':
      return { ...lines, next: door.noLiveCount };
    case 'closed': {
      if (face.opensAtMs === null || cloudNowMs === null) return lines;
      const day = localTime(language, timeZone).dayName(face.opensAtMs, cloudNowMs);
      return { ...lines, of: door.opens, next: day };
    }
    default:
      return { ...lines, of: door.ofInside(face.limit), next: nextOf(face, door) };
  }
}

/** `09:00`, by the clock of the store; null where nobody told when it opens. */
export function openingFigure(face: DoorFace, strings: GlassStrings, { timeZone }: Place): string | null {
  if (face.state !== 'closed' || face.opensAtMs === null) return null;
  return localTime(strings.language, timeZone).time(face.opensAtMs);
}

function nextOf(
  { state, mayEnter, wait }: Extract<DoorFace, { count: number }>,
  door: GlassStrings['door'],
): string {
  if (state !== 'full') return door.mayEnter(mayEnter);
  if (wait === null) return '';
  return (wait.over ? door.longWait : door.wait)(wait.minutes);
}
