import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { LATER, type LateRows, type LateWrite, type Values } from './late-rows.ts';
import type { KeptMemories } from './memories.ts';

/** Far more than the store has different statements. */
const MAX_PREPARED = 200;

/** Begins a text that is to be run once for each of its parameters, which are lists; gives the `changes` of each. */
export const ONCE_FOR_EACH = '/* once for each */ ';

export type Told = {
  readonly memories: KeptMemories;
  readonly late: LateRows;
  /** Something was committed, and the disk may not have it yet. */
  readonly written: () => void;
};

/** node:sqlite as Kysely knows SQLite, with the statements kept prepared; who is told of what happens. */
export function kyselyDatabase(database: DatabaseSync, { memories, late, written }: Told): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  const dataVersion = database.prepare('pragma data_version');
  const totalChanges = database.prepare('select total_changes() as rows');
  const changedRows = () => totalChanges.get()?.rows;
  /** How many rows had been changed when the transaction began; undefined outside of one. */
  let changedBefore: unknown;
  const madeOf = (text: string): SqliteStatement => {
    if (/^begin\b/.test(text)) {
      const after = () => {
        changedBefore = changedRows();
        if (!memories.begun(dataVersion.get()?.data_version)) late.forget();
      };
      return statementOf(database.prepare(text), { after });
    }
    if (text === 'commit') {
      const after = () => {
        if (changedRows() !== changedBefore) written();
        changedBefore = undefined;
        memories.committed();
      };
      return statementOf(database.prepare(text), { before: late.keep, after });
    }
    if (text === 'rollback') {
      const after = () => {
        changedBefore = undefined;
        memories.rolledBack();
        late.forget();
      };
      return statementOf(database.prepare(text), { after });
    }
    const remembered = memories.changedBy(text);
    const after = (changes?: number) => {
      if (changedBefore === undefined) written();
      remembered?.(changes);
    };
    if (text.startsWith(LATER)) return lateOf(late, { after });
    const tables = late.tablesIn(text);
    const before = tables.length === 0 ? undefined : () => late.arrive(tables);
    return (text.startsWith(ONCE_FOR_EACH) ? manyOf : statementOf)(database.prepare(text), { before, after });
  };
  const prepare = (text: string): SqliteStatement => {
    const known = prepared.get(text);
    // Put last again, so that the first is the one not used for longest.
    prepared.delete(text);
    const statement = known ?? madeOf(text);
    prepared.set(text, statement);
    if (prepared.size > MAX_PREPARED) prepared.delete(prepared.keys().next().value ?? '');
    return statement;
  };
  return {
    prepare,
    close() {
      try {
        prepare('begin immediate').run([]);
        late.arriveAll();
        prepare('commit').run([]);
      } catch {
        // They stay in the journal, and arrive for the next program.
      }
      database.close();
    },
  };
}

// Only texts, numbers, nulls and bytes are ever bound; anything else node:sqlite refuses by itself.
const values = (parameters: unknown) => parameters as readonly SQLInputValue[];

/** What is done before and after a statement is run. */
type Hooks = {
  readonly before?: (() => void) | undefined;
  readonly after?: ((changes?: number) => void) | undefined;
};

function statementOf(statement: StatementSync, { before, after }: Hooks): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all(parameters) {
      before?.();
      const rows = statement.all(...values(parameters));
      after?.();
      return rows;
    },
    run(parameters) {
      before?.();
      const result = statement.run(...values(parameters));
      after?.(Number(result.changes));
      return result;
    },
    iterate(parameters) {
      before?.();
      return statement.iterate(...values(parameters));
    },
  };
}

function manyOf(statement: StatementSync, { before, after }: Hooks): SqliteStatement {
  return {
    ...onlyAll,
    all(lists) {
      before?.();
      const changes = lists.map((list) => ({ changes: statement.run(...values(list)).changes }));
      after?.();
      return changes;
    },
  };
}

function lateOf(late: LateRows, { after }: Hooks): SqliteStatement {
  return {
    ...onlyAll,
    all([write, rows, names]) {
      const written = late.put(write as LateWrite, rows as Values[], names as string[] | undefined);
      after?.();
      return [{ written }];
    },
  };
}

const notThis = () => {
  throw new TypeError('a statement that is run once for each gives rows, and all of them');
};
const onlyAll = { reader: true, run: notThis, iterate: notThis };
