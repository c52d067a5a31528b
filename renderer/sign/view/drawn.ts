import type { FeedState } from '../../../cloud/contracts/feed.ts';
import type { Picture } from '../../../cloud/contracts/sign-report.ts';
import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { UNKNOWN_AFTER_MS } from '../../../cloud/domain/freshness.ts';
import { type StoreView, storeView } from './store-view.ts';

/** What the glass says that it shows, with each picture. */
export type Drawn = Picture;

const NOTHING = { storeId: null, epoch: null, revision: null, freshness: null, leaseMs: 0 } as const;

/** `elapsedMs`: since the state was received, when it is drawn. */
export function drawnOf(state: FeedState, elapsedMs: number): Drawn {
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
      const { store, epoch, revision } = first.content;
      const shown = { storeId: store.id, epoch, revision, freshness: 'unknown' as const };
      return { ...NOTHING, ...shown, kind: 'remembered', storeGroupId, identify: false };
    }
    case 'following': {
      const [first] = state.stores;
      const { storeGroupId, identify = false } = state;
      if (first === undefined) return { ...NOTHING, kind: 'store', storeGroupId, identify };
      const { store, epoch, revision } = first.content;
      const view = storeView(first, elapsedMs);
      const shown = { storeId: store.id, epoch, revision, freshness: view.freshness };
      return { ...shown, kind: 'store', storeGroupId, leaseMs: leaseMs(first, view), identify };
    }
    default:
      return state satisfies never;
  }
}

/** Until the figure gives way to `No live count` by itself. */
function leaseMs({ proof }: Snapshot, { freshness, ageMs }: StoreView): number {
  if (freshness === 'unknown' || ageMs === null) return 0;
  return Math.max(0, Math.floor(Math.max(UNKNOWN_AFTER_MS, proof.liveForMs) - ageMs));
}
