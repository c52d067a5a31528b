import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import type { KeptMemories } from './memories.ts';

/** Far more than the store has different statements. */
const MAX_PREPARED = 200;

/** Begins a text that is to be run once for each of its parameters, which are lists; gives the `changes` of each. */
export const ONCE_FOR_EACH = '/* once for each */ ';

/** node:sqlite as Kysely knows SQLite, with the statements kept prepared; the memories are told what happens. */
export function kyselyDatabase(database: DatabaseSync, memories: KeptMemories): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  const dataVersion = database.prepare('pragma data_version');
  const afterEach = (text: string): (() => void) | undefined => {
    if (/^begin\b/.test(text)) return () => memories.begun(dataVersion.get()?.data_version);
    if (text === 'commit') return memories.committed;
    return text === 'rollback' ? memories.rolledBack : undefined;
  };
  return {
    close: () => database.close(),
    prepare(text) {
      const known = prepared.get(text);
      // Put last again, so that the first is the one not used for longest.
      prepared.delete(text);
      const statement =
        known ??
        (text.startsWith(ONCE_FOR_EACH) ? manyOf : statementOf)(
          database.prepare(text),
          afterEach(text) ?? memories.changedBy(text),
        );
      prepared.set(text, statement);
      if (prepared.size > MAX_PREPARED) prepared.delete(prepared.keys().next().value ?? '');
      return statement;
    },
  };
}

// Only texts, numbers, nulls and bytes are ever bound; anything else node:sqlite refuses by itself.
const values = (parameters: unknown) => parameters as readonly SQLInputValue[];

function statementOf(statement: StatementSync, then?: () => void): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all(parameters) {
      const rows = statement.all(...values(parameters));
      then?.();
      return rows;
    },
    run(parameters) {
      const result = statement.run(...values(parameters));
      then?.();
      return result;
    },
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}

function manyOf(statement: StatementSync, then?: () => void): SqliteStatement {
  const notThis = () => {
    throw new TypeError('a statement that is run once for each gives rows, and all of them');
  };
  return {
    reader: true,
    all(lists) {
      const changes = lists.map((list) => ({ changes: statement.run(...values(list)).changes }));
      then?.();
      return changes;
    },
    run: notThis,
    iterate: notThis,
  };
}
