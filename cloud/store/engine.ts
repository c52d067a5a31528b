import type { Kysely } from 'kysely';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** What the records are written in: SQL, and the few words in which the engines differ. */
export type Sql = { readonly db: Kysely<Tables>; readonly dialect: SqlDialect };

/** An open database. */
export type Engine = Sql & { readonly name: 'sqlite' | 'postgres' };
