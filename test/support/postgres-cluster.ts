import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { PostgresBinaries } from './postgres-binaries.ts';

const READY = 'database system is ready to accept connections';

export type Cluster = { readonly url: string; stop(): Promise<void> };

/** A PostgreSQL of our own in a temporary folder, reached by a Unix socket inside it. Never run as root. */
export async function startCluster(binaries: PostgresBinaries): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-pg-'));
  const user = unprivilegedUser();
  chmodSync(folder, 0o755);
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  try {
    const bin = binaries.prepare(folder);
    const run = (program: string, args: readonly string[]) =>
      spawn(join(bin, program), args, {
        cwd: folder,
        env: { PATH: process.env.PATH ?? '', HOME: folder, LC_ALL: 'C' },
        stdio: ['ignore', 'ignore', 'pipe'],
        ...user,
      });
    await initialized(run, join(folder, 'data'));
    const server = await serving(run, folder);
    return {
      url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
      async stop() {
        await stopped(server);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

type Run = (program: string, args: readonly string[]) => ChildProcess;

/** In a language that sorts as a dictionary does, where "a-b" stands behind "a1": the order of ids must not care. */
async function initialized(run: Run, data: string): Promise<void> {
  const language = [
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=en-US-u-ka-shifted',
    '--encoding=UTF8',
  ];
  const initdb = run('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', ...language]);
  const [[code], said] = await Promise.all([once(initdb, 'close'), errorsOf(initdb)]);
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${said.trim()}`);
}

async function serving(run: Run, folder: string): Promise<ChildProcess> {
  const settings = ['-c', 'listen_addresses=', '-c', 'fsync=off'];
  const server = run('postgres', ['-D', join(folder, 'data'), '-k', folder, ...settings]);
  // Whatever ends this process, the server does not outlive it.
  const kill = () => server.kill('SIGINT');
  process.once('exit', kill);
  server.once('exit', () => process.off('exit', kill));
  let said = '';
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.once('exit', (code) => failed(new Error(`postgres ended with ${code}: ${said.trim()}`)));
    server.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      said = said.includes(READY) ? READY : said + chunk;
      if (said.includes(READY)) ready();
    });
  });
  return server;
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  // A fast shutdown: does not wait for clients.
  server.kill('SIGINT');
  await exit;
}

const errorsOf = (child: ChildProcess) => (child.stderr === null ? '' : text(child.stderr));

/** PostgreSQL refuses to run as root: user postgres, else nobody. Undefined if we are not root. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (user === undefined) throw new Error('root, and no user postgres or nobody to run PostgreSQL as');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}
