import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';

const root = join(import.meta.dirname, '../..');

const config = await extractConfig(join(root, '.dependency-cruiser.mjs'));

export const ruleNames = (config.forbidden ?? []).map(({ name }) => name ?? '');

/** What dependency-cruiser says of a tree by the project's table of layers. */
export async function cruised(folder: string, paths: readonly string[]): Promise<ICruiseResult> {
  const { forbidden = [], options = {} } = config;
  const { output } = await cruise(
    [...paths],
    { ...options, ruleSet: { forbidden }, validate: true, baseDir: folder },
    options.enhancedResolveOptions ?? {},
  );
  if (typeof output === 'string') throw new Error(`expected a result, got ${output}`);
  return output;
}

export type Tree = {
  readonly folder: string;
  write(path: string, source: string): void;
  [Symbol.dispose](): void;
};

/** A folder of its own that finds the project's packages. */
export function aTree(files: Readonly<Record<string, string>>): Tree {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-layers-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const write = (path: string, source: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  };
  for (const [path, source] of Object.entries(files)) write(path, source);
  return { folder, write, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
