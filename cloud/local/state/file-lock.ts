import { DatabaseSync } from 'node:sqlite';
import { isBusy } from './sqlite-result.ts';

/**
 * Holds a lock that the system lets go of when this process ends, however that ends; Node has none of its own, so it is
 * SQLite's, on an empty file that stays behind. Gives the way to let go; undefined where another holds it.
 * Nobody may open that file in another way: closing it would end the lock (POSIX fcntl).
 */
export function holdFileLock(file: string): (() => void) | undefined {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    // In memory: the lock is all there is, no journal comes to lie beside it.
    lock.exec('pragma journal_mode = memory; begin exclusive;');
    return () => lock.close();
  } catch (cause) {
    lock.close();
    if (isBusy(cause)) return undefined;
    throw cause;
  }
}
