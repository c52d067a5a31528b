import { readFile, stat } from 'node:fs/promises';
import { HostError } from '../host-error.ts';
import { type PollerConfig, pollerConfigOf } from './config.ts';

const GROUP_AND_OTHERS = 0o077;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** `warnings`: what works, but lets others read what they should not. */
export type ReadConfig = { readonly config: PollerConfig; readonly warnings: readonly string[] };

/** @throws HostError ERR_OPTIONS that says what is wrong with the file. */
export async function readConfig(file: string): Promise<ReadConfig> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new HostError('ERR_OPTIONS', `cannot read ${file}: ${codeOf(cause)}`, { cause });
  });
  const config = pollerConfigOf(text);
  const warnings: string[] = [];
  if (await isReadableByOthers(file)) {
    warnings.push('others on this machine can read the configuration and the passwords in it: chmod 600');
  }
  const { protocol, hostname } = new URL(config.cloudUrl);
  if (protocol === 'http:' && !LOOPBACK.test(hostname)) {
    warnings.push('the ingest keys cross the network in the clear: cloudUrl should start with https://');
  }
  return { config, warnings };
}

/** Windows keeps its permissions elsewhere. */
async function isReadableByOthers(file: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const { mode } = await stat(file);
  return (mode & GROUP_AND_OTHERS) !== 0;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
