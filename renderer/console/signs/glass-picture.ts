import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { Board } from '../../../cloud/contracts/sign-report.ts';
import type { OccupancyState, Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { type KnownStores, shownStore } from './places.ts';

/** What stands on a glass, drawn small. Hatched: nobody can say whether it still stands there. */
export type GlassPicture = {
  readonly ground: OccupancyState | 'blank' | 'plain';
  readonly words: string;
  /** Empty where no figure stands. */
  readonly figure: string;
  /** `of 60`, `may enter` */
  readonly beside: string;
  readonly hatched: boolean;
};

const DOOR_WORDS: Readonly<Record<OccupancyState, string>> = {
  open: 'Come in',
  nearly: 'Nearly full',
  full: 'Please wait',
  over: 'Please wait',
  unknown: 'Ask staff',
};

export const STORE_WORDS: Readonly<Record<OccupancyState, string>> = {
  open: 'Open',
  nearly: 'Nearly full',
  full: 'Full',
  over: 'Over limit',
  unknown: 'No live count',
};

/** Drawn from what the sign reported as painted, and from what the cloud knows of that store. */
export function glassPicture(sign: ListedSign, known: KnownStores): GlassPicture {
  const painted = sign.report?.painted ?? null;
  if (sign.state === 'dark') return said('blank', 'Nothing painted');
  if (painted === null || sign.state === 'unknown') return { ...said('unknown', 'Not known'), hatched: true };
  if (painted.kind === 'starting') return said('plain', 'Starting');
  if (painted.kind === 'unassigned') return said('plain', 'Shows a code');
  const store = shownStore(known, sign);
  const isLive = painted.freshness === 'live' || painted.freshness === 'ageing';
  if (store === undefined) return { ...said('unknown', 'Store not known'), hatched: true };
  const { board } = sign.settings;
  if (painted.kind === 'remembered' || !isLive) return boardPicture(board, store, 'unknown');
  if (sign.state === 'still' && painted.revision !== store.content.revision) {
    return { ...said('unknown', 'An older figure'), hatched: true };
  }
  return { ...boardPicture(board, store, store.content.state), hatched: sign.state === 'still' };
}

/** A store as this board shows it: the places left for customers, the count for everybody else. */
export function boardPicture(board: Board, { content }: Snapshot, state: OccupancyState): GlassPicture {
  const words = board === 'door' ? DOOR_WORDS[state] : STORE_WORDS[state];
  const { count, limits, mayEnter } = content;
  const picture = said(state, words);
  if (state === 'unknown') return picture;
  if (board !== 'door') return { ...picture, figure: String(count), beside: `of ${limits.hard}` };
  return state === 'full' || state === 'over'
    ? picture
    : { ...picture, figure: String(mayEnter), beside: MAY_ENTER };
}

/** `Nearly full, 13 may enter`, `Nearly full, 56 of 60 inside` */
export function pictureWords({ words, figure, beside }: GlassPicture): string {
  if (figure === '') return words;
  return `${words}, ${figure} ${beside}${beside === MAY_ENTER ? '' : ' inside'}`;
}

const MAY_ENTER = 'may enter';

const said = (ground: GlassPicture['ground'], words: string): GlassPicture => ({
  ground,
  words,
  figure: '',
  beside: '',
  hatched: false,
});

/** Words alone, where no store stands behind them. */
export const plainPicture = (words: string): GlassPicture => said('plain', words);
