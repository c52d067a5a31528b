import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DIST, ROOT } from './places.ts';
import { isFresh, stamped } from './sources.ts';

if (import.meta.main) await buildAll();

/** Builds everything into `dist`, and prints a line for each bundle. */
export async function buildAll(): Promise<void> {
  // Loading the bundler takes longer than finding out that there is nothing to build.
  const { BUNDLES } = await import('./bundles.ts');
  await stamped(ROOT, DIST, async () => {
    for (const bundle of BUNDLES) {
      const startedAt = performance.now();
      await bundle.build(ROOT, DIST);
      const seconds = (performance.now() - startedAt) / 1_000;
      const size = Math.round((await bytesIn(join(DIST, bundle.name))) / 1_024);
      console.log(`  built ${bundle.name.padEnd(9)} ${String(size).padStart(5)} kB  ${seconds.toFixed(1)} s`);
    }
  });
}

/** Builds everything, unless `dist` was made from exactly these sources. */
export async function buildIfStale(): Promise<void> {
  if (!(await isFresh(ROOT, DIST))) await buildAll();
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(({ parentPath, name }) => stat(join(parentPath, name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
