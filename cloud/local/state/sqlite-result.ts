/** Result codes of SQLite; extended codes carry them in their low byte. */
const BUSY = 5;
const FULL = 13;
/** The index of a write-ahead log could not be made as large as it must be (SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_SHMMAP). */
const NO_ROOM_FOR_INDEX = [4_874, 5_386];

export const isBusy = (error: unknown): boolean => ((errcodeOf(error) ?? 0) & 0xff) === BUSY;

/** Whether it failed, in SQLite or in Node, for want of room on a disk. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const errcode = errcodeOf(error);
  if (errcode !== undefined) return (errcode & 0xff) === FULL || NO_ROOM_FOR_INDEX.includes(errcode);
  return 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

const errcodeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined;
