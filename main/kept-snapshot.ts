import { join } from 'node:path';
import {
  createSnapshotKeeper as createKeeper,
  type SnapshotKeeper,
} from '../cloud/client/snapshot-keeper.ts';
import { type KeptSnapshot, keptSnapshotSchema } from '../cloud/contracts/feed.ts';
import { removeForGood, writeAtomically } from './atomic-file.ts';
import { type Kept, readSealed, sealed } from './sealed-json.ts';

export const SNAPSHOT_FILE = 'last-snapshot.json';

/** What the glass of `folder` last showed. */
export function readKeptSnapshot(folder: string): Promise<Kept<KeptSnapshot>> {
  return readSealed(join(folder, SNAPSHOT_FILE), keptSnapshotSchema);
}

type SnapshotKeeperOptions = {
  readonly folder: string;
  readonly cloud: string;
  /** Unix ms. */
  readonly now: () => number;
  readonly onFailure: (error: unknown) => void;
  readonly spacingMs?: number;
};

/** Keeps the newest state on disk, or none. */
export function createSnapshotKeeper({ folder, ...options }: SnapshotKeeperOptions): SnapshotKeeper {
  const file = join(folder, SNAPSHOT_FILE);
  return createKeeper({
    ...options,
    write: (snapshot) =>
      snapshot === 'none' ? removeForGood(file) : writeAtomically(file, sealed(snapshot)),
  });
}
