import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { filesBeside } from './data-files.ts';
import { keepNames, moveDurably } from './durable-files.ts';

/** Where files gather before the restore is decided. */
export const UNDECIDED = '.restoring';
/** From the moment this folder is there the restore is decided; whoever opens the data folder next carries it out. */
export const RESTORED = 'restored';
/** What is left of a restore that is done. */
const ENDED = '.restored';
export const PLAN = 'plan.json';

export const planSchema = z.object({
  /** The name of the folders, one beside each file that is replaced, that take what was there before: new with each plan. */
  aside: z.string(),
  files: z.array(z.object({ name: z.string(), to: z.string() })),
});
export type RestorePlan = z.infer<typeof planSchema>;

/**
 * Puts restored files in their places, and what is there aside; what a restore that was not decided has left goes. May
 * be broken off anywhere and called again. Nothing to do where no restore was begun. Whoever calls it holds the data folder.
 */
export async function finishRestore(dataFolder: string): Promise<void> {
  const ended = join(dataFolder, ENDED);
  // They hold keys, and may hold a whole copy.
  for (const name of [UNDECIDED, ENDED]) await rm(join(dataFolder, name), { recursive: true, force: true });
  const restored = join(dataFolder, RESTORED);
  if (!existsSync(restored)) return;
  // A plan is on the disk before its folder has this name, and goes last of all: without one all is done.
  if (existsSync(join(restored, PLAN))) await carryOut(restored);
  // What is removed in part must not pass for decided.
  await rename(restored, ended);
  await keepNames(dataFolder);
  await rm(ended, { recursive: true });
  await keepNames(dataFolder);
}

async function carryOut(restored: string): Promise<void> {
  const { aside, files } = planSchema.parse(JSON.parse(await readFile(join(restored, PLAN), 'utf8')));
  for (const { name, to } of files) {
    const from = join(restored, name);
    // It is in its place already.
    if (!existsSync(from)) continue;
    await setAside(to, join(dirname(to), aside));
    await moveDurably(from, to);
  }
}

async function setAside(file: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const present of filesBeside(file)) {
    const kept = join(folder, basename(present));
    // It was set aside before the restore was broken off. What is here now is a copy, from one disk to another, that
    // was to go: the restored file, which comes again, or a log of the one before, which would spoil the restored one.
    if (existsSync(kept)) await rm(present);
    else await moveDurably(present, kept);
  }
}
