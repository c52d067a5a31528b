import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Far more than the store has different statements. */
const MAX_PREPARED = 200;

/** node:sqlite as Kysely knows SQLite, with the statements kept prepared. */
export function kyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(text) {
      const known = prepared.get(text);
      // Put last again, so that the first is the one not used for longest.
      prepared.delete(text);
      const statement = known ?? statementOf(database.prepare(text));
      prepared.set(text, statement);
      if (prepared.size > MAX_PREPARED) prepared.delete(prepared.keys().next().value ?? '');
      return statement;
    },
  };
}

function statementOf(statement: StatementSync): SqliteStatement {
  // Only texts, numbers, nulls and bytes are ever bound; anything else node:sqlite refuses by itself.
  const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}
