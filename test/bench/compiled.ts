import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const FLAGS = ['-O2', '-Wall'];

/** Compiles `native/<name>.c` into the folder and gives the file; null where the machine has no `cc`. Throws where it refuses. */
export function compiled(name: string, folder: string): string | null {
  const file = join(folder, name);
  const { error, status, stderr } = spawnSync('cc', [
    ...FLAGS,
    '-o',
    file,
    join(import.meta.dirname, 'native', `${name}.c`),
  ]);
  if (error !== undefined) return null;
  if (status !== 0) throw new Error(`cc refuses ${name}.c: ${String(stderr)}`);
  return file;
}
