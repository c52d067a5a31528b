import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HostError } from '../host-error.ts';
import type { BackupFile } from './manifest.ts';

export const PLATFORM_FILE = 'platform.db';
export const PRODUCT_FILE = 'vitrine.db';
const SQLITE_URL = 'sqlite:';
const DATABASE = /^[^.].*\.db$/;

/** A database of an embedded cloud: where it is, and its name in a back-up. */
export type DataFile = Pick<BackupFile, 'name' | 'role'> & { readonly path: string };

/** Where the app's database is; undefined: on a PostgreSQL server. Throws a HostError ERR_OPTIONS. */
export function productFileOf(dataFolder: string, url: string | undefined): string | undefined {
  if (url === undefined) return join(dataFolder, PRODUCT_FILE);
  if (url === `${SQLITE_URL}:memory:`) {
    throw new HostError(
      'ERR_OPTIONS',
      '--database: expected a file, got :memory:, which forgets every count',
    );
  }
  return url.startsWith(SQLITE_URL) ? resolve(url.slice(SQLITE_URL.length)) : undefined;
}

/**
 * The databases of a data folder in the order in which they are copied: the platform's last, so that what it remembers
 * having given out (event numbers) is never behind what the product has seen.
 */
export function dataFilesOf(dataFolder: string, productFile: string | undefined): readonly DataFile[] {
  const named = existsSync(dataFolder) ? readdirSync(dataFolder).filter((name) => DATABASE.test(name)) : [];
  const others = named
    .filter((name) => name !== PLATFORM_FILE && name !== PRODUCT_FILE)
    .map((name): DataFile => ({ name, role: 'other', path: join(dataFolder, name) }))
    .filter(({ path }) => path !== productFile);
  const product: readonly DataFile[] =
    productFile === undefined ? [] : [{ name: PRODUCT_FILE, role: 'product', path: productFile }];
  const platform: DataFile = { name: PLATFORM_FILE, role: 'platform', path: join(dataFolder, PLATFORM_FILE) };
  return [...product, ...others, platform].filter(({ path }) => existsSync(path));
}

/** Of a database and what SQLite keeps beside it. */
export const filesBeside = (path: string): readonly string[] =>
  [path, `${path}-wal`, `${path}-shm`, `${path}-journal`].filter((file) => existsSync(file));

export const bytesOf = (path: string): number =>
  filesBeside(path).reduce((sum, file) => sum + statSync(file).size, 0);

/** `2026-11-22T03-04-05-678Z`: a time as part of a path, on Windows too. */
export const timeInPath = (atMs: number): string => new Date(atMs).toISOString().replaceAll(/[:.]/g, '-');
