import type { Engine } from './engine.ts';
import { StoreError } from './store-error.ts';

/** Work that could not be kept is tried again at least this often; until then its failure stands. */
const TRIED_AGAIN_WITHIN_MS = 6_000;
const FULL_IN_SQLITE = 13;
/** The index of the log could not be made as large as it must be (SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_SHMMAP). */
const NO_ROOM_FOR_INDEX = [4_874, 5_386];
const FULL_IN_POSTGRES = '53100';

export type WriteWatch = {
  /** Told of a transaction that failed. */
  failed(error: unknown): void;
  /** Why nothing can be written; undefined where there is no sign of it. */
  now(): Promise<string | undefined>;
};

/**
 * Remembers that the database could not be written, and looks whether it can be again: what only reads goes on as ever,
 * so whoever asks could not tell. While nothing fails it costs nothing.
 */
export function watchWriting(engine: Engine): WriteWatch {
  let trouble: { readonly words: string; readonly sinceMs: number } | undefined;
  const failed = (error: unknown) => {
    if (error instanceof StoreError && error.code === 'ERR_STORE_UNAVAILABLE') {
      trouble = { words: wordsOf(error), sinceMs: performance.now() };
    }
  };
  const now = async () => {
    // Its own small write may find the room that a batch did not, so it is not asked while somebody keeps trying.
    if (trouble === undefined || performance.now() - trouble.sinceMs < TRIED_AGAIN_WITHIN_MS)
      return trouble?.words;
    try {
      engine.checkUsable('read write');
      await writeSomething(engine);
      await engine.settled();
      trouble = undefined;
    } catch (error) {
      failed(error);
    }
    return trouble?.words;
  };
  return { failed, now };
}

/** Another value each time: SQLite does not write what is there already. */
async function writeSomething({ db }: Engine): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name: 'written', value: 0 })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((values) => ({ value: values('meta.value', '+', 1) })),
    )
    .execute();
}

/** Why it could not be used, in words for its owner. */
export const wordsOf = ({ message, cause }: StoreError): string =>
  isDiskFull(cause) ? 'the disk is full: nothing can be counted until there is room' : message;

function isDiskFull(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const errcode = 'errcode' in cause ? Number(cause.errcode) : 0;
  if ((errcode & 0xff) === FULL_IN_SQLITE || NO_ROOM_FOR_INDEX.includes(errcode)) return true;
  return 'code' in cause && (cause.code === FULL_IN_POSTGRES || cause.code === 'ENOSPC');
}
