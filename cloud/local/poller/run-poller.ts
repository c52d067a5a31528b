// Beside the embedded cloud: asks the cameras that do not speak by themselves, and hands on what they say.
import { pino } from 'pino';
import { HostError } from '../host-error.ts';
import { pollCamera } from './poll-camera.ts';
import { readConfig } from './read-config.ts';

const log = pino({ name: 'poller' }, pino.destination({ dest: 1, sync: true }));
const stopping = new AbortController();
const stop = () => stopping.abort();
process.once('SIGTERM', stop).once('SIGINT', stop).once('disconnect', stop);

try {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new HostError('ERR_OPTIONS', 'expected a configuration file as the argument');
  const { config, warnings } = await readConfig(file);
  for (const warning of warnings) log.warn({ file }, warning);
  const { cloudUrl, cameras } = config;
  log.info({ cloudUrl, cameras: cameras.map(({ sensorId }) => sensorId) }, 'polling');
  await Promise.all(cameras.map((camera) => pollCamera(camera, { cloudUrl, log, signal: stopping.signal })));
  log.info('stopped');
} catch (error) {
  process.stderr.write(`vitrine poller: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  if (process.connected) process.disconnect();
}
