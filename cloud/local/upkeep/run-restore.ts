// `npm run restore -- <folder>`: puts a back-up in the place of a data folder's databases. The cloud must be stopped.
import { HostError } from '../host-error.ts';
import { restoreBackup } from './restore-backup.ts';
import { parseUpkeepCommandLine } from './upkeep-command-line.ts';

const USAGE = 'npm run restore -- <folder of the back-up> [--data <folder>] [--database <url>]';

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const { folders, ...options } = parseUpkeepCommandLine(process.argv.slice(2));
  const [backup, ...more] = folders;
  if (backup === undefined || more.length > 0)
    throw new HostError('ERR_OPTIONS', `expected one folder: ${USAGE}`);
  const { manifest, asides, lostDevices } = await restoreBackup({ ...options, backup, now: Date.now });
  say(
    `Restored ${options.dataFolder} to ${manifest.madeAt}. What was there is kept in ${asides.join(' and ')}`,
  );
  if (options.productFile === undefined) {
    say('The counts are in PostgreSQL: restore them from your own back-up (pg_restore).');
  }
  if (lostDevices.length > 0) {
    say(
      `Sensors that came later are refused now; put their stores again to make them anew: ${lostDevices.join(', ')}`,
    );
  }
  say(
    'Keys, certificates and signs are those of that time; signs that came later enrol again by themselves.',
  );
} catch (error) {
  process.stderr.write(`vitrine restore: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
