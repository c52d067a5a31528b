import type { Snapshot, SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { type Closed, closedAt } from './closing.ts';
import { isLive, rememberedView, type StoreView, storeView } from './store-view.ts';

/** `stale` and `unknown` are both not known; only one of them still has a figure. */
export type TileState = 'over' | 'unknown' | 'stale' | 'full' | 'nearly' | 'open' | 'closed';

export type WallTile = {
  readonly content: SnapshotContent;
  readonly state: TileState;
  readonly view: StoreView;
  readonly closed: Closed | null;
  /** Unix ms, as the sign's clock is set: when the count was true. */
  readonly trueAtMs: number | null;
};

/** A store as it is told of, and when its count was true by the sign's own clock. */
export type WallStore = { readonly snapshot: Snapshot; readonly trueAtMs: number | null };

export type WallMoment = {
  readonly elapsedMs: number;
  readonly cloudNowMs: number | null;
  readonly remembered: boolean;
};

const WORST_FIRST: readonly TileState[] = ['over', 'unknown', 'stale', 'full', 'nearly', 'open', 'closed'];

/** Worst first; among equals in the cloud's order, so that no tile moves while nothing changes. */
export function wallTiles(stores: readonly WallStore[], moment: WallMoment): readonly WallTile[] {
  const rank = ({ state }: WallTile) => WORST_FIRST.indexOf(state);
  return stores.map((store) => tileOf(store, moment)).toSorted((one, other) => rank(one) - rank(other));
}

function tileOf({ snapshot, trueAtMs }: WallStore, moment: WallMoment): WallTile {
  const { content } = snapshot;
  const view = moment.remembered ? rememberedView(content) : storeView(snapshot, moment.elapsedMs);
  const closed = moment.remembered ? null : closedAt(content.opening, moment.cloudNowMs);
  return { content, state: stateOf(view, closed), view, closed, trueAtMs };
}

function stateOf({ state, freshness }: StoreView, closed: Closed | null): TileState {
  if (state === 'over') return 'over';
  if (closed !== null) return 'closed';
  if (isLive(freshness)) return state;
  return freshness === 'stale' ? 'stale' : 'unknown';
}

/** All that is counted now, and how many stores are not in it. */
export function wallSum(tiles: readonly WallTile[]): {
  readonly inside: number;
  readonly notCounted: number;
} {
  const counted = tiles.filter(({ view }) => isLive(view.freshness));
  const inside = counted.reduce((sum, { content }) => sum + content.count, 0);
  return { inside, notCounted: tiles.length - counted.length };
}

/** Digits that every tile keeps room for. */
export const wallDigits = (tiles: readonly WallTile[]): number =>
  Math.max(1, ...tiles.map(({ content }) => String(Math.max(content.count, content.limits.hard)).length));
