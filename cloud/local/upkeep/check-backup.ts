import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkDatabase } from '../state/check-database.ts';
import { PLATFORM_SCHEMA_VERSION } from '../state/open-platform-database.ts';
import { sha256Of } from './durable-files.ts';
import { type BackupFile, type Manifest, readManifest } from './manifest.ts';
import { isNewerThanProgram, PROGRAM_VERSION } from './program-version.ts';
import { UpkeepError } from './upkeep-error.ts';

/** The manifest of a back-up that is whole, sound, and no newer than this program. Throws an UpkeepError that says what it is not. */
export async function checkedBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const { programVersion, files } = manifest;
  if (isNewerThanProgram(programVersion)) {
    throw newer(folder, `Vitrine ${programVersion}, this is ${PROGRAM_VERSION}`);
  }
  const platform = files.find(({ role }) => role === 'platform');
  if (platform === undefined)
    throw new UpkeepError('ERR_BACKUP', `${folder}: the platform's database is not in it`);
  if (platform.schemaVersion > PLATFORM_SCHEMA_VERSION) {
    throw newer(
      folder,
      `step ${platform.schemaVersion} of ${platform.name}, this program knows ${PLATFORM_SCHEMA_VERSION}`,
    );
  }
  for (const file of files) await checkFile(folder, file);
  return manifest;
}

const newer = (folder: string, than: string): UpkeepError =>
  new UpkeepError(
    'ERR_BACKUP_NEWER',
    `${folder} was made by a newer program (${than}): install that one, then restore it`,
  );

async function checkFile(folder: string, { name, bytes, sha256, schemaVersion }: BackupFile): Promise<void> {
  const path = join(folder, name);
  const fault = (what: string, cause?: unknown) =>
    new UpkeepError('ERR_BACKUP', `${path}: ${what}`, { cause });
  const { size } = await stat(path).catch((cause) => {
    throw fault('the file is missing', cause);
  });
  if (size !== bytes) throw fault(`expected ${bytes} bytes, it has ${size}`);
  if ((await sha256Of(path)) !== sha256) throw fault('it is not what was backed up: its SHA-256 is another');
  const checked = await checkDatabase(path);
  if (checked.fault !== null) throw fault(`the database is damaged: ${checked.fault}`);
  if (checked.schemaVersion !== schemaVersion) {
    throw fault(`expected step ${schemaVersion}, it is at ${checked.schemaVersion}`);
  }
}
