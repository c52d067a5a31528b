import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HostError } from './host-error.ts';
import { holdFileLock } from './state/file-lock.ts';
import { openPlatformDatabase } from './state/open-platform-database.ts';
import { isBusy, isDiskFull } from './state/sqlite-result.ts';
import { PLATFORM_FILE } from './upkeep/data-files.ts';
import { finishRestore } from './upkeep/finish-restore.ts';

export type PlatformDatabase = ReturnType<typeof openPlatformDatabase>;
export type DataFolder = { readonly database: PlatformDatabase; readonly close: () => void };

const LOCK_FILE = 'in-use.lock';

/**
 * Opens the folder of one embedded cloud and its `platform.db`, for this process alone, and keeps others from the app's
 * own file as well; a restore that was broken off is finished first. Throws a HostError: ERR_DATA_FOLDER_IN_USE,
 * ERR_DATABASE_NEWER or ERR_DISK_FULL.
 */
export async function openDataFolder(folder: string, productFile: string | undefined): Promise<DataFolder> {
  const release = holdDataFolder(folder, productFile);
  let database: PlatformDatabase | undefined;
  try {
    await finishRestore(folder);
    database = openPlatformDatabase(join(folder, PLATFORM_FILE));
    // Programs from before there was a lock file know this one. It is taken by now, and kept.
    database.exec('begin immediate; commit;');
  } catch (cause) {
    database?.close();
    release();
    if (isBusy(cause)) throw folderInUse(folder, cause);
    throw isDiskFull(cause) ? diskFull(folder, cause) : cause;
  }
  const opened = database;
  const close = () => {
    opened.close();
    release();
  };
  return { database, close };
}

/**
 * For whoever works on a data folder: a cloud, or a back-up or restore without one. The system ends the hold with the
 * process, however that ends. Gives the way to let go. Throws a HostError ERR_DATA_FOLDER_IN_USE.
 */
export function holdDataFolder(folder: string, productFile: string | undefined): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const releaseFolder = holdFileLock(join(folder, LOCK_FILE));
  if (releaseFolder === undefined) throw folderInUse(folder);
  if (productFile === undefined) return releaseFolder;
  try {
    mkdirSync(dirname(productFile), { recursive: true, mode: 0o700 });
    const releaseProduct = holdFileLock(`${productFile}.lock`);
    if (releaseProduct === undefined) {
      throw new HostError(
        'ERR_DATA_FOLDER_IN_USE',
        `another cloud uses the database ${productFile}: stop it, or choose another with --database`,
      );
    }
    return () => {
      releaseProduct();
      releaseFolder();
    };
  } catch (error) {
    releaseFolder();
    throw error;
  }
}

export const folderInUse = (folder: string, cause?: unknown): HostError =>
  new HostError(
    'ERR_DATA_FOLDER_IN_USE',
    `another cloud runs on the data folder ${folder}: stop it, or choose another with --data`,
    { cause },
  );

export const diskFull = (folder: string, cause: unknown): HostError =>
  new HostError('ERR_DISK_FULL', `the disk of the data folder ${folder} is full: make room on it`, { cause });
