import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SECRET = 'not for the world';

export type SignPage = Disposable & { readonly folder: string };

/** A built sign page in a folder, with secrets beside it and symbolic links that lead to them. */
export function aSignPage(): SignPage {
  const parent = mkdtempSync(join(tmpdir(), 'sign-page-'));
  const folder = join(parent, 'sign');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(parent, 'sign-secret'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Sign</title>');
  writeFileSync(join(folder, 'assets/sign-a1b2.js'), 'export {};');
  writeFileSync(join(folder, 'assets/strange.exe'), 'MZ');
  for (const file of ['secret.txt', 'sign-secret/secret.txt', 'sign/.env'])
    writeFileSync(join(parent, file), SECRET);
  symlinkSync(join(parent, 'secret.txt'), join(folder, 'link.txt'));
  symlinkSync(parent, join(folder, 'up'));
  symlinkSync(join(parent, 'sign-secret'), join(folder, 'twin'));
  return { folder, [Symbol.dispose]: () => rmSync(parent, { recursive: true }) };
}
