import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

const kept = resolve(import.meta.dirname, '../old-databases');

/** A copy of a file that an older program left. */
export function anOldDatabase(name: string): Disposable & { readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'old-database-'));
  const file = join(folder, name);
  writeFileSync(file, gunzipSync(readFileSync(join(kept, `${name}.gz`))));
  return { file, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
