import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLineProcess } from './line-process.ts';

const NATIVE = join(import.meta.dirname, 'native');

/** How a device makes itself known. */
export type Credentials = { readonly id: string; readonly userName: string; readonly password: string };

export type LoadTarget = {
  readonly port: number;
  /** File of the authority; null for plain TCP. */
  readonly caFile: string | null;
  readonly devices: readonly Credentials[];
};

/** `acks` within `ms`; `busy`: of the load's own core, 0 to 1. */
export type LoadRun = {
  readonly acks: number;
  readonly ms: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly busy: number;
};

/** Devices that publish as fast as they are acknowledged. */
export type IngestLoad = {
  /** Resolves once everything that was sent is acknowledged. */
  run(inFlight: number, ms: number): Promise<LoadRun>;
  /** How many each device has had acknowledged, all runs together. */
  acknowledged(): Promise<readonly number[]>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type LoadProgram = { readonly command: readonly string[]; readonly says: string };

/** In C over OpenSSL; the same in Node where the machine has no compiler or not its headers. */
export function loadProgram(folder: string): LoadProgram {
  const file = compiledWithTls('ingest-load', folder);
  if (file !== null) return { command: [file], says: 'a C client over OpenSSL' };
  const publisher = join(import.meta.dirname, 'peers/ingest-publisher.ts');
  return { command: [process.execPath, publisher], says: 'a Node client' };
}

/** Null where there is no compiler, or it finds no OpenSSL. */
export function compiledWithTls(name: string, folder: string): string | null {
  const file = join(folder, `${name}-tls`);
  const source = join(NATIVE, `${name}.c`);
  const flags = ['-O2', '-DWITH_TLS', '-o', file, source, '-lssl', '-lcrypto'];
  return spawnSync('cc', flags).status === 0 ? file : null;
}

/** Connects all devices of the target. `folder` takes its plan. */
export async function startLoad(
  program: LoadProgram,
  folder: string,
  { port, caFile, devices }: LoadTarget,
): Promise<IngestLoad> {
  const plan = join(folder, `plan-${port}`);
  const lines = [
    `127.0.0.1\t${port}\t${caFile ?? '-'}`,
    ...devices.map(({ id, userName, password }) => `${id}\t${userName}\t${password}`),
  ];
  writeFileSync(plan, `${lines.join('\n')}\n`, { mode: 0o600 });
  const load = startLineProcess('load', [...program.command, plan]);
  await load.next('ready');
  return {
    async run(inFlight, ms) {
      const answer = await load.ask(`run ${inFlight} ${ms}`, 'ran');
      const [acks = 0, tookMs = 0, p50Ms = 0, p99Ms = 0, busy = 0] = answer.map(Number);
      return { acks, ms: tookMs, p50Ms, p99Ms, busy };
    },
    acknowledged: async () => (await load.ask('counts', 'counts')).map(Number),
    [Symbol.asyncDispose]: () => load[Symbol.asyncDispose](),
  };
}
