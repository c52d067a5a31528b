// `npm run backup`: backs up a data folder, by the cloud that runs on it or without one, and says where to.
import { askRunningCloud } from './ask-running-cloud.ts';
import { backUpStopped } from './back-up-stopped.ts';
import { inMib } from './free-bytes.ts';
import { parseUpkeepCommandLine } from './upkeep-command-line.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const options = parseUpkeepCommandLine(process.argv.slice(2));
  const { folder, manifest } =
    (await askRunningCloud(options.dataFolder)) ?? (await backUpStopped({ ...options, now: Date.now }));
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  say(`Backed up to ${folder} (${manifest.files.map(({ name }) => name).join(', ')}; ${inMib(bytes)})`);
  if (manifest.productDatabase === 'postgres') {
    say('The counts are in PostgreSQL and not in this back-up: back them up with pg_dump, before this one.');
  }
  say('It is on the same disk, and holds the keys of this installation: keep a copy in a safe place.');
} catch (error) {
  process.stderr.write(`vitrine backup: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
