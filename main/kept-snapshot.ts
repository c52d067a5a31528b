import { join } from 'node:path';
import * as z from 'zod';
import { pause } from '../cloud/client/child-controller.ts';
import type { FeedState } from '../cloud/contracts/feed.ts';
import { rememberedStoreSchema } from '../cloud/contracts/feed.ts';
import { idSchema } from '../cloud/contracts/identifiers.ts';
import { removeForGood, writeAtomically } from './atomic-file.ts';
import { type Kept, readSealed, sealed } from './sealed-json.ts';

export const SNAPSHOT_FILE = 'last-snapshot.json';

/** At most so often is it written: flash wears out. */
const SPACING_MS = 1_000;

const keptSnapshotSchema = z.object({
  /** The cloud it came from, as the settings name it: what another one said is worth nothing here. */
  cloud: z.string(),
  storeGroupId: idSchema,
  stores: z.array(rememberedStoreSchema),
});
export type KeptSnapshot = z.infer<typeof keptSnapshotSchema>;

/** What the glass of `folder` last showed. */
export function readKeptSnapshot(folder: string): Promise<Kept<KeptSnapshot>> {
  return readSealed(join(folder, SNAPSHOT_FILE), keptSnapshotSchema);
}

/** `nowMs`: when the state's ages are true, Unix ms. */
export function snapshotToKeep(
  { storeGroupId, stores }: Extract<FeedState, { kind: 'following' }>,
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
  };
}

export type SnapshotKeeper = {
  /** To be told each state as it comes, with its ages true at that moment. */
  keep(state: FeedState): void;
  /** Writes what is not yet written, and stops. */
  close(): Promise<void>;
};

type SnapshotKeeperOptions = {
  readonly folder: string;
  readonly cloud: string;
  /** Unix ms. */
  readonly now: () => number;
  readonly onFailure: (error: unknown) => void;
  readonly spacingMs?: number;
};

/** Keeps the newest state on disk. A sign without a place, or one that was taken out of service, forgets: it must not wake up with the count of a store it left. */
export function createSnapshotKeeper(options: SnapshotKeeperOptions): SnapshotKeeper {
  const { folder, cloud, now, onFailure, spacingMs = SPACING_MS } = options;
  const file = join(folder, SNAPSHOT_FILE);
  const closing = new AbortController();
  let next: KeptSnapshot | 'none' | undefined;
  let writing: Promise<void> | undefined;

  const writeAll = async (): Promise<void> => {
    while (next !== undefined) {
      const snapshot = next;
      next = undefined;
      await write(file, snapshot).catch(onFailure);
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

const write = (file: string, snapshot: KeptSnapshot | 'none'): Promise<void> =>
  snapshot === 'none' ? removeForGood(file) : writeAtomically(file, sealed(snapshot));
