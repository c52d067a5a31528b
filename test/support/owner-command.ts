import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../cloud/local/upkeep');

export type Said = { readonly code: number; readonly out: string; readonly err: string };

/** `npm run backup` or `npm run restore`, as its owner calls it. */
export const ownerCommand = (name: 'backup' | 'restore', args: readonly string[]): Promise<Said> =>
  new Promise((done) => {
    execFile(process.execPath, [resolve(folder, `run-${name}.ts`), ...args], (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      done({ code, out, err });
    });
  });

/** Where the command says that the back-up is. */
export function backupFolderIn({ out, err }: Said): string {
  const [, folder] = /^Backed up to (\S+) \(/.exec(out) ?? [];
  if (folder === undefined) throw new Error(`no back-up was made: ${out}${err}`);
  return folder;
}
