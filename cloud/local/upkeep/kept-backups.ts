import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keepNames } from './durable-files.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { UpkeepError } from './upkeep-error.ts';

/** How many of those that the cloud makes by itself are kept. */
export const KEPT_DAILY = 7;
/** Begins the name of a folder that is being made or removed; it is no back-up. */
export const UNFINISHED = '.unfinished-';

export type KeptBackup = { readonly folder: string; readonly madeAtMs: number; readonly manifest: Manifest };

export const backupsFolderOf = (dataFolder: string): string => join(dataFolder, 'backups');

/** Whole back-ups, the oldest first. */
export async function keptBackups(dataFolder: string): Promise<readonly KeptBackup[]> {
  const parent = backupsFolderOf(dataFolder);
  const kept: KeptBackup[] = [];
  for (const name of await namesIn(parent)) {
    if (name.startsWith('.')) continue;
    const folder = join(parent, name);
    const manifest = await manifestIn(folder);
    if (manifest !== undefined) kept.push({ folder, madeAtMs: Date.parse(manifest.madeAt), manifest });
  }
  return kept.toSorted((one, other) => one.madeAtMs - other.madeAtMs);
}

/** The cloud's own that nobody would miss, the oldest first: it never removes the newest back-up, nor one that was asked for. */
export async function ownOldest(dataFolder: string): Promise<readonly KeptBackup[]> {
  const kept = await keptBackups(dataFolder);
  return kept.slice(0, -1).filter(({ manifest }) => manifest.why === 'daily');
}

export async function removeBackup({ folder }: Pick<KeptBackup, 'folder'>): Promise<void> {
  // Out of sight first: what is removed in part must not pass for whole.
  const parent = join(folder, '..');
  const removed = join(parent, `${UNFINISHED}${folder.slice(parent.length + 1)}`);
  await rename(folder, removed);
  await keepNames(parent);
  await rm(removed, { recursive: true });
}

export async function removeBeyondKept(dataFolder: string): Promise<readonly string[]> {
  const daily = (await keptBackups(dataFolder)).filter(({ manifest }) => manifest.why === 'daily');
  const old = daily.slice(0, -KEPT_DAILY);
  for (const backup of old) await removeBackup(backup);
  return old.map(({ folder }) => folder);
}

/** Of a process that ended in the middle of one. Whoever calls it holds the data folder. */
export async function removeUnfinished(dataFolder: string): Promise<void> {
  const parent = backupsFolderOf(dataFolder);
  for (const name of await namesIn(parent)) {
    if (name.startsWith(UNFINISHED)) await rm(join(parent, name), { recursive: true });
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function manifestIn(folder: string): Promise<Manifest | undefined> {
  try {
    return await readManifest(folder);
  } catch (error) {
    // Something of the owner's own; it is left alone.
    if (error instanceof UpkeepError) return undefined;
    throw error;
  }
}
