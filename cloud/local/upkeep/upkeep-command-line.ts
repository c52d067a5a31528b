import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HostError } from '../host-error.ts';
import { productFileOf } from './data-files.ts';

const DATABASE = /^(sqlite:.|postgres(ql)?:\/\/)/;

/** What the commands of a data folder's owner are called with. Paths are relative to the folder they are called in. */
export type UpkeepCommandLine = {
  readonly dataFolder: string;
  /** Undefined: on a PostgreSQL server. */
  readonly productFile: string | undefined;
  readonly folders: readonly string[];
};

/** Throws a HostError ERR_OPTIONS that names the option. */
export function parseUpkeepCommandLine(args: readonly string[]): UpkeepCommandLine {
  const { values, positionals } = parsed(args);
  if (values.data.trim() === '') throw new HostError('ERR_OPTIONS', '--data: expected a folder, got nothing');
  if (values.database !== undefined && !DATABASE.test(values.database)) {
    throw new HostError('ERR_OPTIONS', '--database: expected sqlite:/absolute/path.db or postgres://...');
  }
  const dataFolder = resolve(values.data);
  return {
    dataFolder,
    productFile: productFileOf(dataFolder, values.database),
    folders: positionals.map((folder) => resolve(folder)),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { data: { type: 'string', default: 'data' }, database: { type: 'string' } },
    });
  } catch (cause) {
    throw new HostError('ERR_OPTIONS', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
