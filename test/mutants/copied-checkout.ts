import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** What no test reads, or what is linked instead. */
const NOT_COPIED = new Set(['node_modules', 'dist', 'data', 'test-results', 'playwright-report', '.git']);

/** The checkout a second time, so that faults are planted where nobody works. The packages are the same. */
export function copiedCheckout(root: string): { readonly root: string; [Symbol.dispose](): void } {
  const copy = mkdtempSync(join(tmpdir(), 'vitrine-mutants-'));
  for (const entry of readdirSync(root).filter((name) => !NOT_COPIED.has(name))) {
    const filter = (source: string) => !NOT_COPIED.has(basename(source));
    cpSync(join(root, entry), join(copy, entry), { recursive: true, filter });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return { root: copy, [Symbol.dispose]: () => rmSync(copy, { recursive: true, force: true }) };
}
