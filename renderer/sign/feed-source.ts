import type { FeedState } from '../../cloud/contracts/feed.ts';

/** Where the glass hears from. A new listener is told the newest state at once; the answer ends it. */
export type FeedSource = { subscribe(listener: (state: FeedState) => void): () => void };

/** A feed that remembers its newest state; `tell` passes one on. */
export function createFeed(first: FeedState): FeedSource & { tell(state: FeedState): void } {
  const listeners = new Set<(state: FeedState) => void>();
  let newest = first;
  return {
    subscribe(listener) {
      listeners.add(listener);
      listener(newest);
      return () => listeners.delete(listener);
    },
    tell(state) {
      newest = state;
      for (const listener of listeners) listener(state);
    },
  };
}
