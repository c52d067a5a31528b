import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderInUse, holdDataFolder } from '../open-data-folder.ts';
import { openPlatformDatabase } from '../state/open-platform-database.ts';
import { beginProductEpoch, productEpoch } from '../state/product-epoch.ts';
import { readPlatform } from '../state/read-platform.ts';
import { isBusy } from '../state/sqlite-result.ts';
import { checkedBackup } from './check-backup.ts';
import { PLATFORM_FILE, timeInPath } from './data-files.ts';
import { keepNames, keepOnDisk, writeDurably } from './durable-files.ts';
import { finishRestore, PLAN, RESTORED, type RestorePlan, UNDECIDED } from './finish-restore.ts';
import type { Manifest } from './manifest.ts';
import { UpkeepError } from './upkeep-error.ts';

export type Restored = {
  readonly manifest: Manifest;
  /** The folders that take what was there before, one beside each place of a database; empty ones on a new machine. */
  readonly asides: readonly string[];
  /** Devices of the hub that came after the back-up: they are unknown now. */
  readonly lostDevices: readonly string[];
};

/**
 * Puts a back-up in the place of what is in a data folder, whose cloud does not run. Whenever it is broken off, the next
 * start finds either what was before or all of the back-up. Throws a HostError ERR_DATA_FOLDER_IN_USE or an UpkeepError;
 * nothing is changed then.
 */
export async function restoreBackup(options: {
  readonly backup: string;
  readonly dataFolder: string;
  /** Undefined: on a PostgreSQL server, which this leaves alone. */
  readonly productFile: string | undefined;
  readonly now: () => number;
}): Promise<Restored> {
  const { backup, dataFolder, productFile, now } = options;
  const manifest = await checkedBackup(backup);
  if ((productFile === undefined) !== (manifest.productDatabase === 'postgres')) {
    throw new UpkeepError(
      'ERR_BACKUP',
      productFile === undefined
        ? `${backup} holds the app's database, and --database names a PostgreSQL server: leave --database out`
        : `${backup} holds no database of the app, which was on a PostgreSQL server: name it with --database`,
    );
  }
  const release = holdDataFolder(dataFolder, productFile);
  try {
    await finishRestore(dataFolder);
    const files = manifest.files.map(({ name, role }) => ({
      name,
      to: role === 'product' && productFile !== undefined ? productFile : join(dataFolder, name),
    }));
    const places = [...new Set(files.map(({ to }) => dirname(to)))];
    const aside = freeName(places, `before-restore-${timeInPath(now())}`);
    const lostDevices = await decide({
      ...options,
      plan: { aside, files },
      madeAtMs: Date.parse(manifest.madeAt),
    });
    await finishRestore(dataFolder);
    return { manifest, asides: places.map((place) => join(place, aside)), lostDevices };
  } catch (error) {
    throw isBusy(error) ? folderInUse(dataFolder, error) : error;
  } finally {
    release();
  }
}

/** A clock that is set back may give a time twice; what an earlier restore has set aside is not touched. */
function freeName(places: readonly string[], wanted: string): string {
  let name = wanted;
  for (let number = 2; places.some((place) => existsSync(join(place, name))); number += 1)
    name = `${wanted}-${number}`;
  return name;
}

type Decision = {
  readonly backup: string;
  readonly dataFolder: string;
  readonly plan: RestorePlan;
  readonly madeAtMs: number;
  readonly now: () => number;
};

/** Gathers all that the restore needs, then decides it by one rename. Gives the devices that will be unknown. */
async function decide({ backup, dataFolder, plan, madeAtMs, now }: Decision): Promise<readonly string[]> {
  const undecided = join(dataFolder, UNDECIDED);
  try {
    await mkdir(undecided, { mode: 0o700 });
    const copies = plan.files.map(({ name }) => ({ from: join(backup, name), to: join(undecided, name) }));
    for (const { from, to } of copies) await copyFile(from, to);
    const lostDevices = beginAnew(join(undecided, PLATFORM_FILE), dataFolder, Math.max(now(), madeAtMs));
    for (const { to } of copies) await keepOnDisk(to);
    await writeDurably(join(undecided, PLAN), JSON.stringify(plan));
    await keepNames(undecided);
    await rename(undecided, join(dataFolder, RESTORED));
    await keepNames(dataFolder);
    return lostDevices;
  } catch (error) {
    await rm(undecided, { recursive: true, force: true });
    throw error;
  }
}

/** The restored platform takes note that the older count begins a later epoch. Gives the devices that it does not know. */
function beginAnew(platformFile: string, dataFolder: string, notBeforeMs: number): readonly string[] {
  const before = readPlatform(join(dataFolder, PLATFORM_FILE));
  const platform = openPlatformDatabase(platformFile);
  try {
    const given = Math.max(before.productEpochMs ?? 0, productEpoch(platform) ?? 0);
    beginProductEpoch(platform, given);
    beginProductEpoch(platform, notBeforeMs);
  } finally {
    platform.close();
  }
  const { deviceIds } = readPlatform(platformFile);
  return before.deviceIds.filter((id) => !deviceIds.includes(id));
}
