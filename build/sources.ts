import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Everything that may change what a bundle holds. A folder stands for all of its files. */
const SOURCES = ['cloud', 'renderer', 'main', 'build/bundles.ts', 'package-lock.json', 'tsconfig.json'];

/** A hash over the names and contents of what the bundles are made from. */
export async function hashOfSources(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await filesUnder(root)) {
    const content = await readFile(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** True if `dist` was finished from exactly these sources. */
export async function isFresh(root: string, dist: string): Promise<boolean> {
  const stamp = stampIn(dist);
  return existsSync(stamp) && (await readFile(stamp, 'utf8')) === (await hashOfSources(root));
}

/** Runs a build, and remembers what it was made from if it succeeds. */
export async function stamped(root: string, dist: string, build: () => Promise<void>): Promise<void> {
  const stamp = stampIn(dist);
  await rm(stamp, { force: true });
  const madeFrom = await hashOfSources(root);
  await build();
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, madeFrom);
}

const stampIn = (dist: string): string => join(dist, '.made-from');

async function filesUnder(root: string): Promise<readonly string[]> {
  const lists = await Promise.all(
    SOURCES.filter((path) => existsSync(join(root, path))).map(async (path) => {
      if (path.includes('.')) return [path];
      const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    }),
  );
  return lists.flat().sort();
}
