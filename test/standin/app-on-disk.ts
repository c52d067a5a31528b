import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export type AppOnDisk = {
  /** The folder of the app. */
  readonly path: string;
  /** The module that starts it. */
  readonly entry: string;
  readonly name: string;
  readonly version: string;
};

/** The app that the arguments of `electron` name: a folder with a package.json, or a file. */
export function appOnDisk(argv: readonly string[]): AppOnDisk {
  const args = argv.slice(1);
  const named = args.find((argument, index) => !argument.startsWith('-') && !isRequire(args[index - 1]));
  const path = resolve(named ?? '.');
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  const manifest = readManifest(folder);
  const entry = folder === path ? join(folder, manifest.main ?? 'index.js') : path;
  const name = manifest.productName ?? manifest.name ?? 'Electron';
  return { path: folder, entry, name, version: manifest.version ?? '0.0.0' };
}

/** The modules that `-r` names: they run before the app. */
export function requiredModules(argv: readonly string[]): readonly string[] {
  return argv.filter((_, index) => isRequire(argv[index - 1]));
}

const isRequire = (argument: string | undefined) => argument === '-r' || argument === '--require';

type Manifest = { name?: string; productName?: string; version?: string; main?: string };

function readManifest(folder: string): Manifest {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
