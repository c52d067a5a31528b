import type { FeedState } from '../../../cloud/contracts/feed.ts';
import type { Board, Picture } from '../../../cloud/contracts/sign-report.ts';
import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { UNKNOWN_AFTER_MS } from '../../../cloud/domain/freshness.ts';
import { managerAlerts, overAlerts, wallAlerts } from './drawn-alerts.ts';
import type { MessageStand } from './messages-now.ts';
import { isLive, type StoreView, storeView } from './store-view.ts';
import type { WallTile } from './wall-tiles.ts';

/** What the glass says that it shows, with each picture. */
export type Drawn = Picture;

/** How the glass shows it. `tiles`: those of a wall that have a place on it. */
export type Shown = {
  readonly board: Board;
  readonly asleep: boolean;
  readonly tiles: readonly WallTile[];
  /** What an operator says; left out or null: nothing. */
  readonly message?: MessageStand | null;
};

const NOTHING = { storeId: null, epoch: null, revision: null, freshness: null, leaseMs: 0 } as const;
/** As many as a picture may name. */
const MOST_ALERTS = 32;

/** `elapsedMs`: since the state was received, when it is drawn. */
export function drawnOf(state: FeedState, elapsedMs: number, shown: Shown): Drawn {
  switch (state.kind) {
    case 'starting':
      return { ...NOTHING, kind: 'starting', storeGroupId: null, identify: false };
    case 'unassigned':
      return { ...NOTHING, kind: 'unassigned', storeGroupId: null, identify: state.identify ?? false };
    case 'remembered': {
      const [first] = state.stores;
      const { storeGroupId } = state;
      if (first === undefined || first.trueAtMs === null) {
        return { ...NOTHING, kind: 'starting', storeGroupId: null, identify: false };
      }
      const said = { ...NOTHING, kind: 'remembered', storeGroupId, identify: false } as const;
      const { store, epoch, revision } = first.content;
      const large = shown.board === 'wall' ? {} : { storeId: store.id, epoch, revision };
      return { ...said, ...large, freshness: 'unknown', board: shown.board, asleep: false, alerts: [] };
    }
    case 'following': {
      const { storeGroupId, identify = false, stores } = state;
      const said = { ...NOTHING, kind: 'store', storeGroupId, identify } as const;
      const { board, asleep, message } = shown;
      // Under the name of the sign nobody reads them.
      const messages = asleep || identify || !message ? [] : [message.message.messageId];
      if (stores.length === 0) return { ...said, messages };
      const alerts = asleep ? [] : alertsOf(state, elapsedMs, shown).slice(0, MOST_ALERTS);
      return { ...said, ...pictured(state.stores, elapsedMs, board), board, asleep, alerts, messages };
    }
    default:
      return state satisfies never;
  }
}

type Following = Extract<FeedState, { kind: 'following' }>;

function alertsOf(
  { stores, link }: Following,
  elapsedMs: number,
  { board, tiles, message }: Shown,
): readonly string[] {
  const [first] = stores;
  if (first === undefined || board === 'door') return [];
  // At its foot a message that takes the whole glass tells of its alerts no more than that a store is over its limit.
  if (message?.form === 'full') {
    const seen = board === 'wall' ? stores : [first];
    return seen.flatMap((store) => overAlerts(store.content, storeView(store, elapsedMs))).slice(0, 1);
  }
  return board === 'wall'
    ? wallAlerts(tiles)
    : managerAlerts(first.content, storeView(first, elapsedMs), link);
}

/** The store that stands largest; of a wall, as fresh as the freshest of its tiles. */
function pictured(stores: readonly Snapshot[], elapsedMs: number, board: Board): Partial<Drawn> {
  const views = stores.map((store) => ({ store, view: storeView(store, elapsedMs) }));
  const leases = views.map(({ store, view }) => leaseMs(store, view, board));
  if (board === 'wall') {
    const freshest = views.toSorted((a, b) => ageOf(a.view) - ageOf(b.view))[0];
    return { freshness: freshest?.view.freshness ?? null, leaseMs: Math.max(...leases) };
  }
  const [first] = views;
  if (first === undefined) return {};
  const { store, epoch, revision } = first.store.content;
  return { storeId: store.id, epoch, revision, freshness: first.view.freshness, leaseMs: leases[0] ?? 0 };
}

const ageOf = ({ ageMs }: StoreView): number => ageMs ?? Number.POSITIVE_INFINITY;

/** Until the figure gives way by itself: to `No live count`, and on a door at once to `ask our staff`. */
function leaseMs({ proof }: Snapshot, { freshness, ageMs }: StoreView, board: Board): number {
  if (freshness === 'unknown' || ageMs === null) return 0;
  if (board === 'door') return isLive(freshness) ? Math.max(0, Math.floor(proof.liveForMs - ageMs)) : 0;
  return Math.max(0, Math.floor(Math.max(UNKNOWN_AFTER_MS, proof.liveForMs) - ageMs));
}
