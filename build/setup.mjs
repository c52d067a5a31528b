import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// Plain JavaScript without a dependency: this runs on whatever Node is there, before anything is installed.

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');
const SAY_EVERY_MS = 10_000;
const STOPPED_BY_SIGNAL = 128;
const STOP_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
/** The first Node that runs TypeScript without a flag. */
const NODE_FOR_TYPESCRIPT = [22, 18];

/**
 * Runs one of our scripts, `build/start.ts`, with the arguments of this process, on a Node that can,
 * after the packages of the lockfile are there. Ends this process as the script ended.
 * @param {string} script
 * @param {readonly string[]} more folders of ours that have packages of their own
 */
export async function runInstalled(script, more = []) {
  await ensureInstalled(ROOT, 'about a minute');
  for (const folder of more) await ensureInstalled(join(ROOT, folder), 'some seconds');
  const child = spawn(nodeForTypeScript(), [join(ROOT, script), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(ROOT, 'node_modules', '.bin')}${pathDelimiter}${process.env.PATH}` },
  });
  process.exitCode = await endOf(child);
}

const pathDelimiter = process.platform === 'win32' ? ';' : ':';

/**
 * Brings a folder's node_modules to what its package-lock.json says, where it is not so already.
 * Leaves the process if that fails.
 * @param {string} folder
 * @param {string} time how long it takes, for people
 */
async function ensureInstalled(folder, time) {
  if (isInstalled(folder)) return;
  const what = `Installing packages into ${join(folder, 'node_modules')}`;
  const stopSaying = sayElapsed(`${what} (${time}, once)`);
  const npm = npmCommand();
  const child = spawn(npm.command, [...npm.first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: npm.shell,
  });
  /** @type {Buffer[]} */
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await endOf(child);
  stopSaying();
  if (code === 0) return;
  if (code < STOPPED_BY_SIGNAL)
    console.error(`${Buffer.concat(output)}\nnpm ci failed in ${folder} (exit code ${code}).`);
  process.exit(code);
}

/**
 * Whether npm's own record of what it installed agrees with the lockfile. npm writes that record last,
 * so an installation that was interrupted has none.
 * @param {string} folder
 */
function isInstalled(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  const wanted = Object.entries(packagesOf(join(folder, 'package-lock.json'))).filter(
    ([path]) => path !== '',
  );
  return wanted.every(([path, { version, optional }]) =>
    installed[path] ? installed[path].version === version : optional === true,
  );
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}

function nodeForTypeScript() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const packaged = join(ROOT, 'node_modules', `node-${system}-${process.arch}`, 'bin', 'node');
  const own = [packaged, `${packaged}.exe`].find((path) => existsSync(path));
  if (own) return own;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = NODE_FOR_TYPESCRIPT;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return process.execPath;
  console.error(
    `This is Node ${process.versions.node}, and no newer one comes packaged for ${system}-${process.arch}: ` +
      `install Node ${wantedMajor}.${wantedMinor} or newer (https://nodejs.org), then run the same command again.`,
  );
  return process.exit(1);
}

function npmCommand() {
  const npm = process.env.npm_execpath;
  return npm && existsSync(npm) && /\.[cm]?js$/.test(npm)
    ? { command: process.execPath, first: [npm], shell: false }
    : { command: 'npm', first: [], shell: process.platform === 'win32' };
}

/**
 * @param {string} what
 * @returns {() => void} call it when done
 */
function sayElapsed(what) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1_000);
  console.log(what);
  const timer = process.stdout.isTTY
    ? setInterval(() => process.stdout.write(`\r  ${seconds()} s`), 1_000)
    : setInterval(() => console.log(`  still installing, ${seconds()} s`), SAY_EVERY_MS);
  return () => {
    clearInterval(timer);
    console.log(`${process.stdout.isTTY ? '\r' : ''}  took ${seconds()} s`);
  };
}

/**
 * Waits for a child and passes on to it the signals that would end this process.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit code, 128 and more for a signal as in a shell
 */
function endOf(child) {
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => child.kill(signal);
  for (const signal of STOP_SIGNALS) process.on(signal, passOn);
  return new Promise((done) => {
    const end = (/** @type {number} */ code) => {
      for (const signal of STOP_SIGNALS) process.off(signal, passOn);
      done(code);
    };
    child.on('error', (error) => {
      console.error(error.message);
      end(1);
    });
    child.on('exit', (code, signal) => end(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}
