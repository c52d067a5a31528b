// The embedded cloud as a process. Nothing of the product is in it: the functions app is a file that it loads.
import { once } from 'node:events';
import { pino } from 'pino';
import { parseCommandLine } from './command-line.ts';
import { leaveParent, tellParent } from './parent-process.ts';
import { startLocalCloud } from './start-local-cloud.ts';

/** A stop that takes longer has hung. */
const STOP_WITHIN_MS = 30_000;

const log = pino({ name: 'cloud' }, pino.destination({ dest: 1, sync: true }));
const stopping = new AbortController();
const stop = () => stopping.abort();
process.once('SIGTERM', stop).once('SIGINT', stop).once('disconnect', stop);

try {
  const cloud = await startLocalCloud({ ...parseCommandLine(process.argv.slice(2)), log, now: Date.now });
  const { httpUrl, iotHub, caFile, hostKey } = cloud;
  log.info({ httpUrl, iotHub, caFile }, 'ready');
  // The parent is told the key as well; the log never is.
  tellParent({ kind: 'ready', httpUrl, iotHub, caFile, hostKey });

  if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await cloud.close();
  log.info('stopped');
  leaveParent();
} catch (error) {
  process.stderr.write(`vitrine cloud: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  leaveParent();
}
