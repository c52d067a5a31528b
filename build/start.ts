import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildIfStale } from './build.ts';
import { DEMONSTRATION } from './demonstration/demonstration-store.ts';
import { createHostApi } from './demonstration/host-api.ts';
import { type CloudReady, runCloud } from './start/cloud.ts';
import { openCloudLog } from './start/cloud-log.ts';
import { prepareDemonstration, runSensors } from './start/demonstration.ts';
import { firstKey, firstKeyWords } from './start/first-key.ts';
import { isPortFree } from './start/free-port.ts';
import { watchCount } from './start/live-line.ts';
import { OptionError, type StartOptions, startOptions, USAGE } from './start/options.ts';
import { SIGN_WORDS, showSign } from './start/show-sign.ts';
import { createTerminal } from './start/terminal.ts';
import { trustCloud } from './start/trust.ts';
import { watchWaitingSigns } from './start/waiting-signs.ts';
import { beginWords, whereWords } from './start/words.ts';

const terminal = createTerminal(process.stdout, Date.now);
const stop = new AbortController();
/** Why it stops when a person wants it to; any other end is a failure. */
const ASKED_TO = new Error('stopped');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop.abort(ASKED_TO));

try {
  const given = startOptions(process.argv.slice(2));
  if (given.help) terminal.say(USAGE);
  else await start({ ...given, data: resolve(given.data) });
} catch (error) {
  const asked = stop.signal.reason === ASKED_TO;
  process.exitCode = asked ? 0 : 1;
  if (!asked) terminal.say(wordsOf(error));
} finally {
  stop.abort();
  terminal.close();
}

/** The whole product on this machine, until somebody stops it. */
async function start(options: StartOptions): Promise<void> {
  await refuseTakenPorts(options);
  await openDataFolder(options.data);
  terminal.say('Vitrine');
  await buildIfStale();
  const say = (line: string): void => terminal.say(`  ${line}`);
  const log = openCloudLog(join(options.data, 'cloud.log'), say, Date.now);
  const running = runCloud({ options, log, say, signal: stop.signal });
  try {
    const cloud = await running.ready;
    await serve(cloud, options, say);
  } finally {
    stop.abort();
    await running.ended.catch(() => {});
    log.close();
  }
}

async function serve(cloud: CloudReady, options: StartOptions, say: (line: string) => void): Promise<void> {
  const { signal } = stop;
  const { data, certificate } = options;
  const running = { cloud, data, certificate, signUrl: new URL('/', cloud.httpUrl).href };
  trustCloud(cloud);
  const order = options.demo ? await prepareDemonstration(running) : undefined;
  terminal.say(whereWords(running));
  if (order === undefined) terminal.say(beginWords(running));
  const api = createHostApi(cloud.httpUrl, cloud.hostKey);
  const key = await firstKey(api);
  if (key !== undefined) terminal.say(firstKeyWords(cloud.httpUrl, key));
  const sign = await showSign({ options, cloud, signUrl: running.signUrl, say, signal });
  terminal.say(`  ${SIGN_WORDS[sign.shown]} Ctrl+C stops everything.\n`);
  const { storeId } = DEMONSTRATION;
  await Promise.all(
    order === undefined
      ? [sign.closed, watchWaitingSigns({ api, cloud, say: terminal.say, signal })]
      : [
          sign.closed,
          runSensors({ order, cloud, say, signal }),
          watchCount({ api, storeId, show: terminal.show, signal }),
        ],
  );
}

async function openDataFolder(data: string): Promise<void> {
  try {
    await mkdir(data, { recursive: true, mode: 0o700 });
    await access(data, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new Error(`--data ${data}: expected a folder that can be written${code}`, { cause });
  }
}

async function refuseTakenPorts({ host, iotHubHost, httpPort, iotHubPort }: StartOptions): Promise<void> {
  for (const [option, port, at] of [
    ['--http-port', httpPort, host],
    ['--iot-hub-port', iotHubPort, iotHubHost ?? host],
  ] as const) {
    if (await isPortFree(port, at)) continue;
    throw new Error(
      `Port ${port} is taken. Is Vitrine running already? Else choose another: npm start -- ${option} ${port + 1}`,
    );
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof OptionError) return `${error.message}\n\n${USAGE}`;
  return error instanceof Error ? error.message : String(error);
}
