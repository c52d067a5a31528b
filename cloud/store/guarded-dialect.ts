import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import { StoreError } from './store-error.ts';

/** Told before and after each statement, and each commit; what it throws ends the transaction as a crash would. */
export type OnStatement = (when: 'before' | 'after', statement: string) => void;

type Guard = {
  /** The words that begin a transaction. */
  readonly begin: string;
  /** Those of one that only reads, and sees one moment. */
  readonly beginToLook: string;
  readonly storeErrorOf: (cause: unknown) => StoreError;
  readonly onStatement?: OnStatement | undefined;
};

/**
 * Kysely's dialect, with three promises more: what the database throws is a StoreError; a transaction begins with the
 * given words; and once it is over nothing that was left running can reach the connection, which may be another's by then.
 */
export const guardedDialect = (inner: Dialect, guard: Guard): Dialect => ({
  createAdapter: () => inner.createAdapter(),
  createIntrospector: (db) => inner.createIntrospector(db),
  createQueryCompiler: () => inner.createQueryCompiler(),
  createDriver: () => new GuardedDriver(inner.createDriver(), guard),
});

class GuardedDriver implements Driver {
  readonly #inner: Driver;
  readonly #guard: Guard;

  constructor(inner: Driver, guard: Guard) {
    this.#inner = inner;
    this.#guard = guard;
  }

  init(): Promise<void> {
    return this.#inner.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    try {
      return new GuardedConnection(await this.#inner.acquireConnection(), this.#guard);
    } catch (cause) {
      throw this.#guard.storeErrorOf(cause);
    }
  }

  async beginTransaction(connection: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    await connection.executeQuery(
      CompiledQuery.raw(accessMode === 'read only' ? this.#guard.beginToLook : this.#guard.begin),
    );
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    this.#guard.onStatement?.('before', 'commit');
    try {
      await this.#inner.commitTransaction(guarded(connection).end());
    } catch (cause) {
      throw this.#guard.storeErrorOf(cause);
    }
    this.#guard.onStatement?.('after', 'commit');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#inner.rollbackTransaction(guarded(connection).end());
    } catch {
      // What made us roll back says more than that it could not be done; PostgreSQL's driver throws such a connection away.
    }
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#inner.releaseConnection(guarded(connection).end());
  }

  destroy(): Promise<void> {
    return this.#inner.destroy();
  }
}

class GuardedConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #guard: Guard;
  #over = false;

  constructor(inner: DatabaseConnection, guard: Guard) {
    this.#inner = inner;
    this.#guard = guard;
  }

  end(): DatabaseConnection {
    this.#over = true;
    return this.#inner;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#over) throw new StoreError('ERR_STORE_TRANSACTION_OVER', 'the transaction is over');
    const { begin, beginToLook } = this.#guard;
    // Nothing has happened yet that a crash could undo, and nobody rolls back what failed to begin.
    const onStatement = [begin, beginToLook].includes(query.sql) ? undefined : this.#guard.onStatement;
    onStatement?.('before', query.sql);
    const result = await this.#result<R>(query);
    onStatement?.('after', query.sql);
    return result;
  }

  async #result<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.#inner.executeQuery<R>(query);
    } catch (cause) {
      throw this.#guard.storeErrorOf(cause);
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery<R>(query, chunkSize);
  }
}

function guarded(connection: DatabaseConnection): GuardedConnection {
  if (connection instanceof GuardedConnection) return connection;
  throw new TypeError('not a connection of this driver');
}
