import type { Kysely } from 'kysely';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** What the records are written in: SQL, and the few words in which the engines differ. */
export type Sql = { readonly db: Kysely<Tables>; readonly dialect: SqlDialect };

/** An open database. */
export type Engine = Sql & {
  readonly name: 'sqlite' | 'postgres';
  /** Resolves once all that was committed until now survives a loss of power. Throws a StoreError. */
  settled(): Promise<void>;
  /** Throws a StoreError where nothing that is written can be settled any more. */
  checkWritable(): void;
  close(): Promise<void>;
};
