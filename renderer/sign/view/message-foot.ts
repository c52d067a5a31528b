import type { Board } from '../../../cloud/contracts/sign-report.ts';
import type { Shape } from '../../design/shape.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { closedAt } from './closing.ts';
import { doorFace } from './door-face.ts';
import { type DoorWords, doorLines } from './door-lines.ts';
import { DOOR_SHAPES } from './door-shapes.ts';
import { localTime } from './local-time.ts';
import { asOfWords } from './moment-words.ts';
import { isLive, type StoreView, storeView } from './store-view.ts';
import { type WallStore, type WallTile, wallTiles } from './wall-tiles.ts';
import { freshnessWords } from './wording.ts';

/** What stays in sight of the stores while a message takes the whole glass. */
export type MessageFoot = {
  readonly shape: Shape | null;
  /** Of a store among several; empty: there is only one. */
  readonly name: string;
  readonly strong: string;
  readonly plain: string;
  readonly strip: {
    readonly count: number;
    readonly limit: number;
    readonly drawn: 'solid' | 'hollow' | 'hatched';
    /** For those who listen. */
    readonly label: string;
  } | null;
};

export type FootMoment = {
  readonly stores: readonly WallStore[];
  readonly remembered: boolean;
  readonly elapsedMs: number;
  readonly nowMs: number;
  readonly cloudNowMs: number | null;
};

export type FootWishes = {
  readonly board: Board;
  readonly strings: GlassStrings;
  readonly words: DoorWords;
};

/** Null: a group without stores. */
export function messageFoot(now: FootMoment, wishes: FootWishes): MessageFoot | null {
  const [first] = now.stores;
  if (first === undefined) return null;
  if (wishes.board === 'door') return customersFoot(first, now, wishes);
  const tiles = wallTiles(wishes.board === 'wall' ? now.stores : [first], now);
  const over = tiles.filter(({ state }) => state === 'over');
  const tile = over[0] ?? tiles.find(({ content }) => content === first.snapshot.content);
  if (tile === undefined) return null;
  const foot = staffFoot(tile, now, wishes.strings);
  const name = tiles.length > 1 ? tile.content.store.name : '';
  const { comma, andMore } = wishes.strings;
  return over.length > 1
    ? { ...foot, name, plain: `${foot.plain}${comma}${andMore(over.length - 1)}` }
    : { ...foot, name };
}

const SHAPES: Readonly<Record<WallTile['state'], Shape | null>> = {
  over: 'octagon',
  full: 'octagon',
  nearly: 'triangle',
  stale: 'ring',
  unknown: 'ring',
  closed: 'moon',
  open: null,
};

function staffFoot(
  { content, view, state, trueAtMs }: WallTile,
  now: FootMoment,
  strings: GlassStrings,
): MessageFoot {
  const { count, limits, store } = content;
  const limit = limits.hard;
  const foot = { shape: SHAPES[state], name: '' };
  if (view.freshness === 'unknown') {
    const label = strings.noLiveCount;
    return { ...foot, strong: label, plain: '', strip: { count, limit, drawn: 'hatched', label } };
  }
  const inside = strings.wall.inside(count);
  const label = strings.ofLimit(count, limit);
  const strip = { count, limit, drawn: isLive(view.freshness) ? 'solid' : 'hollow', label } as const;
  if (strip.drawn === 'hollow') {
    const time = localTime(strings.language, store.timeZone);
    const moment = { atMs: trueAtMs ?? now.nowMs, nowMs: now.nowMs, time };
    const asOf = asOfWords(moment, strings)
      .map(({ text }) => text)
      .join(' ');
    return { ...foot, strong: inside, plain: `${strings.comma}${asOf}`, strip };
  }
  const fresh = `${strings.comma}${freshWords(view, strings)}`;
  if (state === 'open') return { ...foot, strong: inside, plain: fresh, strip };
  const told = state === 'over' ? label : inside;
  return {
    ...foot,
    strong: strings.states[state === 'stale' ? 'unknown' : state],
    plain: `${strings.comma}${told}${fresh}`,
    strip,
  };
}

/** Without an age that would grow each second beside what has to be read. */
function freshWords(view: StoreView, strings: GlassStrings): string {
  const isWhole = view.freshness === 'live' && view.doors.every(({ silent }) => !silent);
  return isWhole ? strings.message.live : freshnessWords(view, strings).main;
}

/** For customers, whom nothing under an alarm may ask in or bid wait. */
function customersFoot(
  { snapshot }: WallStore,
  { elapsedMs, cloudNowMs, remembered }: FootMoment,
  { strings, words }: FootWishes,
): MessageFoot {
  const { content } = snapshot;
  const { store, opening } = content;
  const face = remembered ? ({ state: 'unknown' } as const) : doorFace(snapshot, elapsedMs, cloudNowMs);
  const { word, next } = doorLines(face, strings, { timeZone: store.timeZone, cloudNowMs }, words);
  const foot = { shape: DOOR_SHAPES[face.state], name: '', strong: word };
  const rest = (said: string) => (said === '' ? '' : `${strings.comma}${said}`);
  if (face.state === 'closed') {
    const opensAtMs = closedAt(opening, cloudNowMs)?.opensAtMs ?? null;
    if (opensAtMs === null || cloudNowMs === null) return { ...foot, plain: '', strip: null };
    const when = localTime(strings.language, store.timeZone).soon(opensAtMs, cloudNowMs);
    return { ...foot, plain: rest(strings.opensAt(when)), strip: null };
  }
  if (face.state === 'unknown') {
    const label = strings.door.noLiveCount;
    return { ...foot, plain: rest(next), strip: { count: 0, limit: 1, drawn: 'hatched', label } };
  }
  const { count } = content;
  const strip = {
    count,
    limit: face.limit,
    drawn: 'solid',
    label: strings.ofLimit(count, face.limit),
  } as const;
  const inside = strings.wall.inside(count);
  const fresh = rest(freshWords(storeView(snapshot, elapsedMs), strings));
  return face.state === 'full'
    ? { ...foot, strong: strings.states.full, plain: `${rest(inside)}${fresh}`, strip }
    : { ...foot, shape: null, strong: inside, plain: fresh, strip };
}
