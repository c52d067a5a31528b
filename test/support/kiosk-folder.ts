import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one shell, gone with the test. */
export function aKioskFolder(): Disposable & { readonly folder: string; path(name: string): string } {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-kiosk-'));
  return {
    folder,
    path: (name) => join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
