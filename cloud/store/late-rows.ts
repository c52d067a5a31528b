import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** Begins a text that is run once for each of its rows, but later: its parameters are a LateWrite and the list of its rows. */
export const LATER = '/* later */ ';

/** A row as its statement is given it. */
export type Values = readonly SQLInputValue[];

/** A statement that is to be run once for each of many rows. */
export type LateWrite = {
  readonly table: string;
  readonly statement: string;
  /** Where in a row that stands which no two rows of the table have in common. */
  readonly key: readonly number[];
  /** What becomes of a row where there is another of its key, which the statement does as well. */
  readonly meeting:
    | { readonly kind: 'replaced' }
    | { readonly kind: 'added'; readonly columns: readonly number[] }
    /** The other one stays. `find` looks for it by its key. */
    | { readonly kind: 'left'; readonly find: string };
};

/**
 * Rows on their way into their tables. A batch changes hundreds of rows far from each other, and each would be a page to
 * write and to sync; so a transaction writes them one after the other into a journal, `late_rows`, which is a few pages,
 * and many transactions' rows go to their tables at once: each row once, however often it changed.
 *
 * For whoever speaks SQL nothing is ever late: before a statement is run, the rows of all tables that it names arrive.
 * A crash leaves the journal, and what is in it arrives before anything else is done.
 */
export type LateRows = {
  /**
   * For each row, in order, whether it was written: false where it met another one that stays. `names`: what the key of
   * each reads like, where that is known already; see `nameOf`.
   */
  put(write: LateWrite, rows: readonly Values[], names?: readonly string[]): boolean[];
  /** Tables that a text of SQL names and that may have rows on the way. */
  tablesIn(text: string): readonly string[];
  arrive(tables: readonly string[]): void;
  /** The transaction is about to be committed. */
  keep(): void;
  /** A transaction came to nothing, or another connection has committed: only the journal knows what is on the way. */
  forget(): void;
  /** All that this connection has put on their way. */
  arriveAll(): void;
};

/** More would be fewer writes still, and a longer wait for whoever meets their arrival. */
const MAX_TRANSACTIONS_ON_THE_WAY = 64;

const TABLES = ['ledger', 'sensor_states', 'minute_flows', 'step_flows', 'zone_adjustments', 'stores'];
const NAMED = new RegExp(`\\b(?:${TABLES.join('|')})\\b`, 'g');

type OnTheWay = {
  readonly write: LateWrite;
  /** By key, as they will be. */
  readonly rows: Map<string, Values>;
  /** As they were put by the transaction that has not ended: they are not in the journal yet. */
  fresh: Values[];
};

/** Of a connection that has the database to itself while it is in a transaction. */
export function lateRows(database: DatabaseSync): LateRows {
  const statementOf = preparedOn(database);
  const onTheWay = new Map<string, OnTheWay>();
  /** Whether that is all there is in the journal. */
  let isKnown = false;
  let transactions = 0;

  const forget = () => {
    onTheWay.clear();
    transactions = 0;
    isKnown = false;
  };
  const arriveFromJournal = () => {
    isKnown = true;
    if (statementOf(HAS_JOURNAL).get() === undefined) return;
    const entries = statementOf('select statement, entry from late_rows order by number').all();
    for (const { statement, entry } of entries) {
      const rows: Values[] = JSON.parse(String(entry));
      for (const row of rows) statementOf(String(statement)).run(...row);
    }
    if (entries.length > 0) statementOf('delete from late_rows').run();
  };
  const arriveAt = (table: string) => {
    const late = onTheWay.get(table);
    if (late === undefined) return;
    onTheWay.delete(table);
    const statement = statementOf(late.write.statement);
    // In the order of their keys, as they lie there: rows that share a page meet while it is at hand.
    for (const name of [...late.rows.keys()].sort()) {
      const row = late.rows.get(name);
      if (row !== undefined) statement.run(...row);
    }
    statementOf('delete from late_rows where table_name = ?').run(table);
  };
  const arrive = (tables: Iterable<string>) => {
    if (!isKnown) arriveFromJournal();
    for (const table of tables) arriveAt(table);
  };
  const onTheWayBy = (write: LateWrite): OnTheWay => {
    const known = onTheWay.get(write.table);
    if (known?.write.statement === write.statement) return known;
    // What another statement brings goes before.
    arrive([write.table]);
    const begun: OnTheWay = { write, rows: new Map(), fresh: [] };
    onTheWay.set(write.table, begun);
    return begun;
  };
  /** What becomes of a row that meets the one before; undefined: there is one of its key, and that one stays. */
  const meetingOf = ({ key, meeting }: LateWrite) => {
    if (meeting.kind === 'replaced') return (row: Values) => row;
    if (meeting.kind === 'added') {
      const { columns } = meeting;
      return (row: Values, before?: Values) => (before === undefined ? row : sumOf(before, row, columns));
    }
    const find = statementOf(meeting.find);
    return (row: Values, before?: Values) => {
      const isThere = before !== undefined || find.get(...key.map((at) => row[at] ?? null)) !== undefined;
      return isThere ? undefined : row;
    };
  };

  return {
    put(write, rows, names) {
      const late = onTheWayBy(write);
      const met = meetingOf(write);
      const written: boolean[] = [];
      for (const [index, row] of rows.entries()) {
        const name = names?.[index] ?? nameOf(row, write.key);
        const after = met(row, late.rows.get(name));
        written.push(after !== undefined);
        if (after === undefined) continue;
        late.rows.set(name, after);
        late.fresh.push(row);
      }
      return written;
    },
    tablesIn: (text) => [...new Set(text.match(NAMED))],
    arrive,
    keep() {
      const put = [...onTheWay.values()].filter(({ fresh }) => fresh.length > 0);
      if (put.length === 0) return;
      transactions += 1;
      if (transactions >= MAX_TRANSACTIONS_ON_THE_WAY) {
        arrive([...onTheWay.keys()]);
        transactions = 0;
        return;
      }
      const insert = statementOf('insert into late_rows (table_name, statement, entry) values (?, ?, ?)');
      for (const late of put) {
        insert.run(late.write.table, late.write.statement, JSON.stringify(late.fresh));
        late.fresh = [];
      }
    },
    forget,
    arriveAll() {
      if (onTheWay.size > 0) arrive([...onTheWay.keys()]);
    },
  };
}

const HAS_JOURNAL = "select 1 from sqlite_master where name = 'late_rows'";

function preparedOn(database: DatabaseSync) {
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  return (text: string) => {
    const statement = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, statement);
    return statement;
  };
}

/** No id holds a blank, and what else is in a key comes last: no two keys read alike. */
function nameOf(row: Values, key: readonly number[]): string {
  const [first = 0, ...others] = key;
  let name = String(row[first]);
  for (const at of others) name += ` ${row[at]}`;
  return name;
}

function sumOf(before: Values, row: Values, columns: readonly number[]): Values {
  const sum = [...row];
  for (const at of columns) sum[at] = Number(before[at]) + Number(row[at]);
  return sum;
}
