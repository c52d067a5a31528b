import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod';
import { type Manifest, manifestSchema } from './manifest.ts';
import { BACKUP_PATH, doorFileOf, doorSchema, HEARD, refusalSchema } from './upkeep-door.ts';
import { UpkeepError } from './upkeep-error.ts';

/** A cloud says at once that it has heard; a program that has its port now may say nothing, ever. */
const HEARD_WITHIN_MS = 10_000;

export type MadeBackup = { readonly folder: string; readonly manifest: Manifest };

const answerSchema = z.union([z.object({ folder: z.string(), manifest: manifestSchema }), refusalSchema]);

/** Has the cloud that runs on a data folder back it up. Undefined where none does. Throws an UpkeepError. */
export async function askRunningCloud(
  dataFolder: string,
  heardWithinMs = HEARD_WITHIN_MS,
): Promise<MadeBackup | undefined> {
  const door = await doorOf(dataFolder);
  const answer = door && (await post(door, heardWithinMs));
  if (answer === undefined) return undefined;
  const said = answerSchema.safeParse(answer);
  if (!said.success) throw noAnswer('what it said is no answer', said.error);
  if ('folder' in said.data) return said.data;
  throw new UpkeepError('ERR_ASKED', said.data.message);
}

const noAnswer = (why: string, cause: unknown): UpkeepError =>
  new UpkeepError('ERR_ASKED', `the running cloud did not answer: ${why}`, { cause });

async function doorOf(dataFolder: string) {
  try {
    return doorSchema.parse(JSON.parse(await readFile(doorFileOf(dataFolder), 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * What the cloud says; undefined where none has heard: the file of one that was killed names a port that is nobody's by
 * now, or another program's. Not by `fetch`, which gives up after five minutes: a large back-up may take longer.
 */
function post({ port, key }: z.infer<typeof doorSchema>, heardWithinMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let isHeard = false;
    const asked = request({ host: '127.0.0.1', port, path: BACKUP_PATH, method: 'POST', agent: false });
    const foreign = () => {
      clearTimeout(limit);
      resolve(undefined);
      asked.destroy();
    };
    const limit = setTimeout(foreign, heardWithinMs);
    const failed = (error: Error) => (isHeard ? reject(noAnswer(error.message, error)) : foreign());
    asked
      .setHeader('authorization', `Bearer ${key}`)
      .on('information', ({ statusCode }) => {
        if (statusCode !== HEARD) return;
        isHeard = true;
        clearTimeout(limit);
      })
      .on('response', (response) => {
        if (isHeard) json(response).then(resolve, failed);
        else foreign();
      })
      .on('upgrade', (_, socket) => {
        socket.destroy();
        foreign();
      })
      .on('error', failed)
      .end();
  });
}
