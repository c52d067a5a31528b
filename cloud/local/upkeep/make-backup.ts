import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkCopy } from '../state/check-database.ts';
import { bytesOf, type DataFile, dataFilesOf, timeInPath } from './data-files.ts';
import { keepNames, keepOnDisk, sha256Of, writeDurably } from './durable-files.ts';
import { freeBytes, inMib } from './free-bytes.ts';
import { backupsFolderOf, type KeptBackup, ownOldest, removeBackup, UNFINISHED } from './kept-backups.ts';
import { type BackupFile, MANIFEST, type Manifest, newManifest } from './manifest.ts';
import { PROGRAM_VERSION } from './program-version.ts';
import { UpkeepError } from './upkeep-error.ts';

/** Stays free beside a back-up: counting comes first. */
const LEFT_FREE_BYTES = 64 * 1024 * 1024;

export type BackupSource = {
  readonly dataFolder: string;
  /** Undefined: on a PostgreSQL server, whose back-ups are its owner's. */
  readonly productFile: string | undefined;
  /** Copies one database, as it is at one moment. */
  readonly copy: (file: DataFile, to: string) => Promise<void>;
  readonly now: () => number;
};

/**
 * Copies every database of a data folder into a folder of its own, named by the time (UTC), and checks the copies. Under
 * that name there is only ever a whole back-up that is on the disk. Throws an UpkeepError.
 */
export async function makeBackup(source: BackupSource, why: Manifest['why']): Promise<KeptBackup> {
  const { dataFolder, productFile } = source;
  const files = dataFilesOf(dataFolder, productFile);
  if (!files.some(({ role }) => role === 'platform')) {
    throw new UpkeepError(
      'ERR_NO_DATA',
      `there is nothing to back up in ${dataFolder}: no cloud has run on it`,
    );
  }
  const parent = backupsFolderOf(dataFolder);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await makeRoom(
    dataFolder,
    files.reduce((sum, { path }) => sum + bytesOf(path), 0),
  );
  const madeAtMs = source.now();
  const name = freeName(parent, timeInPath(madeAtMs));
  const unfinished = join(parent, `${UNFINISHED}${name}`);
  try {
    await mkdir(unfinished, { mode: 0o700 });
    const copied: BackupFile[] = [];
    for (const file of files) copied.push(await copiedFile(file, unfinished, source));
    const manifest = newManifest({
      madeAt: new Date(madeAtMs).toISOString(),
      why,
      programVersion: PROGRAM_VERSION,
      productDatabase: productFile === undefined ? 'postgres' : 'sqlite',
      files: copied,
    });
    await writeDurably(join(unfinished, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await keepNames(unfinished);
    const folder = join(parent, name);
    await rename(unfinished, folder);
    await keepNames(parent);
    return { folder, madeAtMs, manifest };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** A clock that is set back may give a time twice. */
function freeName(parent: string, time: string): string {
  let name = time;
  for (let number = 2; existsSync(join(parent, name)); number += 1) name = `${time}-${number}`;
  return name;
}

async function copiedFile(file: DataFile, folder: string, { copy }: BackupSource): Promise<BackupFile> {
  const { name, role } = file;
  const to = join(folder, name);
  await copy(file, to);
  const { fault, schemaVersion } = await checkCopy(to);
  if (fault !== null) {
    throw new UpkeepError('ERR_COPY', `${file.path} is damaged, its copy is not kept: ${fault}`);
  }
  await keepOnDisk(to);
  return { name, role, bytes: (await stat(to)).size, sha256: await sha256Of(to), schemaVersion };
}

async function makeRoom(dataFolder: string, bytes: number): Promise<void> {
  const needed = bytes + LEFT_FREE_BYTES;
  const parent = backupsFolderOf(dataFolder);
  for (const backup of await ownOldest(dataFolder)) {
    if ((await freeBytes(parent)) >= needed) return;
    await removeBackup(backup);
  }
  const free = await freeBytes(parent);
  if (free >= needed) return;
  throw new UpkeepError(
    'ERR_NO_ROOM',
    `no room for a back-up in ${parent}: it needs ${inMib(needed)}, ${inMib(free)} are free`,
  );
}
