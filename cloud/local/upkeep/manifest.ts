import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { UpkeepError } from './upkeep-error.ts';

export const MANIFEST = 'manifest.json';
const FORMAT = 1;

const fileSchema = z.object({
  name: z.string().refine((name) => name === basename(name) && !name.startsWith('.'), 'expected a file name'),
  /** `platform`: what Azure would remember; `product`: the app's own database; `other`: beside them in the data folder. */
  role: z.enum(['platform', 'product', 'other']),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** SQLite's `user_version`. */
  schemaVersion: z.int(),
});
export type BackupFile = z.infer<typeof fileSchema>;

export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  /** `daily`: by the cloud itself, which also removes it in time; `asked`: by its owner. */
  why: z.enum(['daily', 'asked']),
  programVersion: z.string().regex(/^\d+\.\d+\.\d+/),
  /** `postgres`: the product's database is not in this back-up. */
  productDatabase: z.enum(['sqlite', 'postgres']),
  files: z.array(fileSchema).min(1),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const newManifest = (made: Omit<Manifest, 'format'>): Manifest => ({ format: FORMAT, ...made });

/** Throws an UpkeepError ERR_BACKUP that names what is wrong. */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, MANIFEST);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new UpkeepError('ERR_BACKUP', `${folder} is no back-up: ${file} cannot be read`, { cause });
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new UpkeepError('ERR_BACKUP', `${file}: ${wrong.join('; ')}`);
}
