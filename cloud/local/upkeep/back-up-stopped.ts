import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { folderInUse, holdDataFolder } from '../open-data-folder.ts';
import { copyDatabaseFile } from '../state/copy-database.ts';
import { isBusy } from '../state/sqlite-result.ts';
import { PLATFORM_FILE } from './data-files.ts';
import { finishRestore } from './finish-restore.ts';
import { removeUnfinished } from './kept-backups.ts';
import { makeBackup } from './make-backup.ts';
import { UpkeepError } from './upkeep-error.ts';

/** Backs up a data folder whose cloud does not run. Throws an UpkeepError or a HostError ERR_DATA_FOLDER_IN_USE. */
export async function backUpStopped(options: {
  readonly dataFolder: string;
  readonly productFile: string | undefined;
  readonly now: () => number;
}) {
  const { dataFolder, productFile } = options;
  // Holding a folder makes it; one that was mistyped should not come to be.
  if (!existsSync(join(dataFolder, PLATFORM_FILE))) {
    throw new UpkeepError(
      'ERR_NO_DATA',
      `no cloud has run on the data folder ${dataFolder}: name another with --data`,
    );
  }
  const release = holdDataFolder(dataFolder, productFile);
  try {
    await finishRestore(dataFolder);
    await removeUnfinished(dataFolder);
    return await makeBackup({ ...options, copy: ({ path }, to) => copyDatabaseFile(path, to) }, 'asked');
  } catch (error) {
    throw isBusy(error) ? folderInUse(dataFolder, error) : error;
  } finally {
    release();
  }
}
