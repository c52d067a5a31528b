export type StoreErrorCode =
  /** The url names no engine that there is. */
  | 'ERR_STORE_URL'
  /** This runtime has no `node:sqlite`. */
  | 'ERR_STORE_NO_SQLITE'
  /** The database was written by a newer program. */
  | 'ERR_STORE_NEWER'
  /** The database cannot be opened, reached or written now. */
  | 'ERR_STORE_UNAVAILABLE'
  /** Two transactions stood in each other's way, also after several tries. */
  | 'ERR_STORE_CONFLICT'
  /** The database refused a statement: a wrong value, or a fault in the program. */
  | 'ERR_STORE_QUERY'
  /** The store is closed. */
  | 'ERR_STORE_CLOSED'
  /** Something was asked of a transaction that is over. */
  | 'ERR_STORE_TRANSACTION_OVER';

/** What went wrong with the database. The message names neither its address nor its password. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
