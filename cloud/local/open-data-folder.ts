import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HostError } from './host-error.ts';
import { openPlatformDatabase } from './state/open-platform-database.ts';

export type PlatformDatabase = ReturnType<typeof openPlatformDatabase>;

/** SQLITE_BUSY; extended codes carry it in their low byte. */
const BUSY = 5;

/**
 * Opens the folder of one embedded cloud and its `platform.db`, for this process alone: the system holds the lock, so it
 * ends with the process, however that ends. Throws a HostError ERR_DATA_FOLDER_IN_USE. The caller closes the database.
 */
export function openDataFolder(folder: string): PlatformDatabase {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let database: PlatformDatabase | undefined;
  try {
    database = openPlatformDatabase(join(folder, 'platform.db'));
    // The lock is taken with the next write, and kept.
    database.exec('pragma locking_mode = exclusive; begin immediate; commit;');
    return database;
  } catch (cause) {
    database?.close();
    if (!isBusy(cause)) throw cause;
    throw new HostError(
      'ERR_DATA_FOLDER_IN_USE',
      `another cloud runs on the data folder ${folder}: stop it, or choose another with --data`,
      { cause },
    );
  }
}

const isBusy = (cause: unknown): boolean =>
  cause instanceof Error &&
  'errcode' in cause &&
  typeof cause.errcode === 'number' &&
  (cause.errcode & 0xff) === BUSY;
