export type UpkeepErrorCode =
  /** There is nothing to back up. */
  | 'ERR_NO_DATA'
  /** The disk has no room for it. */
  | 'ERR_NO_ROOM'
  /** A copy is not sound. */
  | 'ERR_COPY'
  /** What was to be restored is no back-up, or not the one that was made. */
  | 'ERR_BACKUP'
  /** It was made by a newer program. */
  | 'ERR_BACKUP_NEWER'
  /** The running cloud could not do what it was asked to. */
  | 'ERR_ASKED';

/** Why a back-up or a restore was not made. The message is one line a person can act on. */
export class UpkeepError extends Error {
  override readonly name = 'UpkeepError';
  readonly code: UpkeepErrorCode;

  constructor(code: UpkeepErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
