import { chmodSync, lstatSync, mkdirSync, readdirSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const STICKY = 0o1000;
const FOR_OTHERS = 0o077;
/** What a data folder of ours holds at its top, however old it is. */
const OUR_FILE = /\.(db|db-wal|db-shm|db-journal|log|log\.old|json|lock)$/;
const OUR_MARK = 'platform.db';

/**
 * Makes a data folder, and one that is there already, readable by its owner only: the folder itself, which alone keeps
 * others out, and its files, which may be moved elsewhere. `ca.pem` stays for all. A folder that is not clearly one of ours
 * (of other things, of another user, shared like /tmp) is left as it is, and that is told. On Windows nothing is done: a
 * folder there takes the rights of the one it lies in, and only those under a user's profile are that user's alone.
 */
export function makeOwnerOnly(folder: string, log: Logger): void {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  if (process.platform === 'win32') return;
  try {
    if (!isOurs(folder)) {
      if (isOpen(lstatSync(folder)))
        log.warn({ folder }, 'other users of this machine can look into the data folder');
      return;
    }
    restrict(folder, FOLDER_MODE);
    for (const name of readdirSync(folder)) if (OUR_FILE.test(name)) restrict(join(folder, name), FILE_MODE);
  } catch (error) {
    log.warn({ err: error, folder }, 'the data folder cannot be kept from other users of this machine');
  }
}

function isOurs(folder: string): boolean {
  const { mode, uid } = lstatSync(folder);
  const names = readdirSync(folder);
  return (
    dirname(folder) !== folder &&
    (mode & STICKY) === 0 &&
    uid === process.getuid?.() &&
    (names.includes(OUR_MARK) || names.every((name) => OUR_FILE.test(name)))
  );
}

/** A link is left alone: it may lead anywhere. */
function restrict(path: string, mode: number): void {
  const stats = lstatSync(path);
  if (isOpen(stats) && (stats.isFile() || stats.isDirectory())) chmodSync(path, mode);
}

const isOpen = ({ mode }: Stats): boolean => (mode & FOR_OTHERS) !== 0;
