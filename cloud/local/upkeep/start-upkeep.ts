import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { PlatformDatabase } from '../open-data-folder.ts';
import { copyDatabaseFile, copyOpenDatabase } from '../state/copy-database.ts';
import { lastTime, type TimeOfDay } from './back-up-time.ts';
import { freeBytes, inMib } from './free-bytes.ts';
import {
  type KeptBackup,
  keptBackups,
  ownOldest,
  removeBackup,
  removeBeyondKept,
  removeUnfinished,
} from './kept-backups.ts';
import { makeBackup } from './make-backup.ts';
import type { Manifest } from './manifest.ts';
import { openUpkeepDoor, type UpkeepDoor } from './upkeep-door.ts';

const LOOK_EVERY_MS = 60_000;
/** A back-up that was due while the machine was off waits until the cloud has found its feet. */
const FIRST_AFTER_MS = 300_000;
const AGAIN_AFTER_MS = 3_600_000;
/** With less free space the log warns, and the cloud removes its own old back-ups. */
export const LOW_BYTES = 512 * 1024 * 1024;
const CLOSE_WITHIN_MS = 10_000;

export type UpkeepOptions = {
  readonly dataFolder: string;
  readonly productFile: string | undefined;
  readonly database: PlatformDatabase;
  /** Undefined: none by itself. */
  readonly backUpAt: TimeOfDay | undefined;
  readonly lowBytes?: number;
  readonly firstAfterMs?: number;
  readonly log: Logger;
  readonly now: () => number;
};

export type Upkeep = {
  /** Waits for one that is being made, then makes another. */
  backUp(why: Manifest['why']): Promise<KeptBackup>;
  /** What it does by itself every minute. */
  look(): Promise<void>;
  /** Waits for what is being made, but not for ever. */
  close(): Promise<void>;
};

/** Looks after the data folder of a running cloud: daily back-ups, those that its owner asks for, and the room on the disk. */
export async function startUpkeep(options: UpkeepOptions): Promise<Upkeep> {
  const { dataFolder, database, log } = options;
  await removeUnfinished(dataFolder);
  const source = {
    ...options,
    copy: (file: { readonly role: string; readonly path: string }, to: string) =>
      // The platform's is locked by this very connection.
      file.role === 'platform' ? copyOpenDatabase(database, to) : copyDatabaseFile(file.path, to),
  };
  let last: Promise<unknown> = Promise.resolve();
  const backUp = (why: Manifest['why']): Promise<KeptBackup> => {
    const made = last.then(async () => {
      const backup = await makeBackup(source, why);
      log.info({ folder: backup.folder, why }, 'backed up');
      await removeBeyondKept(dataFolder);
      return backup;
    });
    last = made.catch(() => undefined);
    return made;
  };
  const door = keptDoor({ dataFolder, backUp: () => backUp('asked'), log });
  await door.open();
  const lookOnce = createLook(options, backUp);
  const look = async () => {
    await door.open();
    await lookOnce();
  };
  const timer = setInterval(() => {
    look().catch((error) => log.error({ err: error }, 'the data folder cannot be looked after'));
  }, LOOK_EVERY_MS);

  const close = async () => {
    clearInterval(timer);
    const closing = new AbortController();
    await Promise.race([last, delay(CLOSE_WITHIN_MS, undefined, { signal: closing.signal }).catch(() => {})]);
    closing.abort();
    await door.close();
  };
  return { backUp, look, close };
}

/** A door that could not be opened, as on a full disk, is tried again: without it the cloud counts all the same. */
function keptDoor(options: Parameters<typeof openUpkeepDoor>[0]) {
  let isClosed = false;
  let opening: Promise<UpkeepDoor | undefined> | undefined;
  const open = async () => {
    if (isClosed) return;
    opening ??= openUpkeepDoor(options).catch((error: unknown) => {
      opening = undefined;
      options.log.warn({ err: error }, 'no back-up can be asked for while this cloud runs, for the moment');
      return undefined;
    });
    await opening;
  };
  const close = async () => {
    isClosed = true;
    await (await opening)?.close();
  };
  return { open, close };
}

function createLook(
  {
    dataFolder,
    productFile,
    backUpAt,
    lowBytes = LOW_BYTES,
    firstAfterMs = FIRST_AFTER_MS,
    log,
    now,
  }: UpkeepOptions,
  backUp: Upkeep['backUp'],
): () => Promise<void> {
  const startedMs = performance.now();
  /** When one failed. */
  let triedMs: number | undefined;
  let looking: Promise<void> | undefined;

  const isDue = async (at: TimeOfDay): Promise<boolean> => {
    const nowMs = performance.now();
    if (nowMs - startedMs < firstAfterMs) return false;
    if (triedMs !== undefined && nowMs - triedMs < AGAIN_AFTER_MS) return false;
    // One of a time yet to come was made by a clock that was wrong.
    const made = (await keptBackups(dataFolder)).filter(({ madeAtMs }) => madeAtMs <= now());
    const newestMs = made.findLast(({ manifest }) => manifest.why === 'daily')?.madeAtMs;
    return newestMs === undefined || newestMs < lastTime(at, now());
  };

  const once = async () => {
    await watchDisk(dataFolder, lowBytes, log);
    if (backUpAt === undefined || !(await isDue(backUpAt))) return;
    triedMs = performance.now();
    if (productFile === undefined) {
      log.warn(
        'only the platform is backed up: the PostgreSQL database is to be backed up by its owner (pg_dump)',
      );
    }
    await backUp('daily');
    triedMs = undefined;
  };
  return () => {
    looking ??= once().finally(() => {
      looking = undefined;
    });
    return looking;
  };
}

async function watchDisk(dataFolder: string, lowBytes: number, log: Logger): Promise<void> {
  for (const backup of await ownOldest(dataFolder)) {
    if ((await freeBytes(dataFolder)) >= lowBytes) return;
    await removeBackup(backup);
    log.warn({ folder: backup.folder }, 'the disk is nearly full: the oldest back-up is removed');
  }
  const free = await freeBytes(dataFolder);
  if (free < lowBytes) log.warn({ freeBytes: free }, `the disk is nearly full: ${inMib(free)} are left`);
}
