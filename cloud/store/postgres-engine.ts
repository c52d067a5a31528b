import { Kysely, PostgresDialect } from 'kysely';
import type { Engine } from './engine.ts';
import { guardedDialect, type OnStatement } from './guarded-dialect.ts';
import { postgresDialect } from './sql-dialect.ts';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;
/** A batch that cannot be kept in 20 s is sent again by the hub; to wait longer helps nobody. */
const QUERY_TIMEOUT_MS = 20_000;
/** PostgreSQL's number for its type int8. */
const INT8 = 20;

/** `url`: as libpq writes it. Connects with the first statement. */
export async function openPostgresEngine(url: string, onStatement?: OnStatement): Promise<Engine> {
  const { Pool, types } = await import('pg');
  const pool = new Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'vitrine',
    // Ours are Unix ms and counts, far below 2^53; pg would give them as text.
    types: {
      getTypeParser: (type, format) => (type === INT8 ? Number : types.getTypeParser(type, format)),
    },
  });
  // A connection that breaks while nobody asks anything of it is dropped by the pool; whoever holds it learns it from
  // their next statement. Unheard, either event would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const inner = new PostgresDialect({ pool });
  const db = new Kysely<Tables>({
    dialect: guardedDialect(inner, {
      begin: 'begin',
      beginToLook: 'begin isolation level repeatable read read only',
      storeErrorOf,
      onStatement,
    }),
  });
  // Its server answers a commit when it is on its disk.
  return {
    name: 'postgres',
    db,
    dialect: postgresDialect,
    settled: async () => {},
    checkUsable() {},
    close: () => db.destroy(),
  };
}

/** Serialization failure and deadlock: the same work may well succeed the next time. */
const CONFLICTS = new Set(['40001', '40P01']);
/** Classes of SQLSTATE that speak of the server and not of the statement (PostgreSQL, appendix A). */
const UNAVAILABLE = /^(08|25|28|3D|53|57|58)/;

function storeErrorOf(cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  // Only what the server says has a severity; a broken socket has a code too, but no SQLSTATE.
  const fromServer = cause instanceof Error && 'severity' in cause && 'code' in cause;
  const code = fromServer ? String(cause.code) : '';
  if (CONFLICTS.has(code)) {
    return new StoreError('ERR_STORE_CONFLICT', 'the transaction met another one', { cause });
  }
  return fromServer && !UNAVAILABLE.test(code)
    ? new StoreError('ERR_STORE_QUERY', 'PostgreSQL refused a statement', { cause })
    : new StoreError('ERR_STORE_UNAVAILABLE', 'PostgreSQL cannot be used now', { cause });
}
