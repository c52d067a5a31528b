import type { FeedState, KeptSnapshot } from '../contracts/feed.ts';
import { pause } from './child-controller.ts';

/** At most so often is it written: flash wears out. */
const SPACING_MS = 1_000;

export type SnapshotKeeper = {
  /** To be told each state as it comes, with its ages true at that moment. */
  keep(state: FeedState): void;
  /** Writes what is not yet written, and stops. */
  close(): Promise<void>;
};

export type SnapshotKeeperOptions = {
  /** As the reader of it will name it. */
  readonly cloud: string;
  /** Keeps that instead of what was kept before; none: forgets for good. */
  readonly write: (snapshot: KeptSnapshot | 'none') => Promise<void>;
  /** Unix ms. */
  readonly now: () => number;
  readonly onFailure: (error: unknown) => void;
  readonly spacingMs?: number | undefined;
};

/** Keeps the newest state. A sign without a place, or one that was taken out of service, forgets: it must not wake up with the count of a store it left. */
export function createSnapshotKeeper(options: SnapshotKeeperOptions): SnapshotKeeper {
  const { cloud, write, now, onFailure, spacingMs = SPACING_MS } = options;
  const closing = new AbortController();
  let next: KeptSnapshot | 'none' | undefined;
  let writing: Promise<void> | undefined;

  const writeAll = async (): Promise<void> => {
    while (next !== undefined) {
      const snapshot = next;
      next = undefined;
      await write(snapshot).catch(onFailure);
      // Closing ends the pause, and what came meanwhile is still written.
      await pause(spacingMs, closing.signal);
    }
    writing = undefined;
  };

  return {
    keep(state) {
      const saysNothing = (state.kind === 'starting' && !state.revoked) || state.kind === 'remembered';
      if (closing.signal.aborted || saysNothing) return;
      const isPlaced = state.kind === 'following' && state.stores.length > 0;
      next = isPlaced ? snapshotToKeep(state, cloud, now()) : 'none';
      writing ??= writeAll();
    },
    async close() {
      closing.abort();
      await writing;
    },
  };
}

/** `nowMs`: when the state's ages are true, Unix ms. */
export function snapshotToKeep(
  { storeGroupId, stores, sign }: Extract<FeedState, { kind: 'following' }>,
  cloud: string,
  nowMs: number,
): KeptSnapshot {
  return {
    cloud,
    storeGroupId,
    stores: stores.map(({ content, proof: { ageMs } }) => ({
      content,
      trueAtMs: ageMs === null ? null : nowMs - ageMs,
    })),
    ...(sign === undefined ? {} : { sign }),
  };
}

/** What was kept stands until the cloud has spoken, unless it wants this sign no more. */
export function withMemory(state: FeedState, remembered: KeptSnapshot | null): FeedState {
  if (state.kind !== 'starting' || state.revoked === true || remembered === null) return state;
  const { cloud: _, ...kept } = remembered;
  const { problem, trouble } = state;
  return { kind: 'remembered', ...kept, problem, ...(trouble && { trouble }) };
}
