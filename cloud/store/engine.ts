import type { Kysely } from 'kysely';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** What the records are written in: SQL, and the few words in which the engines differ. */
export type Sql = { readonly db: Kysely<Tables>; readonly dialect: SqlDialect };

export type AccessMode = 'read write' | 'read only';

/** An open database. */
export type Engine = Sql & {
  readonly name: 'sqlite' | 'postgres';
  /** Resolves once all that was committed until now survives a loss of power. Throws a StoreError. */
  settled(): Promise<void>;
  /** Throws a StoreError where nothing can be settled now, and where it must not be written to. */
  checkUsable(accessMode: AccessMode): void;
  close(): Promise<void>;
};
