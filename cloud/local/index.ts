// The embedded cloud as a process. Nothing of the product is in it: the functions app is a file that it loads.
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { parseCommandLine } from './command-line.ts';
import { diskFull } from './open-data-folder.ts';
import { leaveParent, tellParent } from './parent-process.ts';
import { startLocalCloud } from './start-local-cloud.ts';
import { isDiskFull } from './state/sqlite-result.ts';

/** A stop that takes longer has hung. */
const STOP_WITHIN_MS = 30_000;
/** Of a start that failed nothing is left to wait for, whatever it may have left running. */
const END_WITHIN_MS = 2_000;

// What this process makes is its owner's alone: keys, counts, the databases' journals. Windows knows no such mask.
process.umask(0o077);

const log = pino({ name: 'cloud' }, pino.destination({ dest: 1, sync: true }));
const stopping = new AbortController();
const stop = () => stopping.abort();
process.once('SIGTERM', stop).once('SIGINT', stop).once('disconnect', stop);

try {
  const options = parseCommandLine(process.argv.slice(2));
  const cloud = await startLocalCloud({ ...options, log, now: Date.now }).catch((error: unknown) => {
    throw isDiskFull(error) ? diskFull(resolve(options.dataFolder), error) : error;
  });
  const { httpUrl, networkUrls, iotHub, caFile, authority, hostKey } = cloud;
  log.info({ httpUrl, networkUrls, iotHub, authority }, 'ready');
  // The parent is told the key as well; the log never is.
  tellParent({ kind: 'ready', httpUrl, networkUrls, iotHub, caFile, authority, hostKey });

  if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await cloud.close();
  log.info('stopped');
  leaveParent();
} catch (error) {
  process.stderr.write(`vitrine cloud: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  setTimeout(() => process.exit(1), END_WITHIN_MS).unref();
  leaveParent();
}
