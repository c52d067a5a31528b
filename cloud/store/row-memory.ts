/** More than one machine's share of a fleet; beyond it, all are read anew. */
export const MAX_ROWS = 50_000;

/** Rows of one table as they are in the database, by a key, so that a batch need not read what the one before has written. */
export type RowMemory<Row> = {
  /**
   * Where to look for the rows of these keys: what is not known is asked of `read`, which leaves out what is not there.
   * `isOfUse`: of what is known; else it is asked for again.
   */
  recalled(
    keys: readonly string[],
    read: (unknown: readonly string[]) => Promise<ReadonlyMap<string, Row>>,
    isOfUse?: (row: Row) => boolean,
  ): Promise<RowOfKey<Row>>;
  /** `write` is one statement that makes these rows what they are now; undefined: it is not known what. */
  written(write: () => Promise<unknown>, rows: ReadonlyMap<string, Row | undefined>): Promise<void>;
  /** What is known of a row without asking. */
  known(key: string): Row | undefined;
};

/** For use at once: what is written later may be known to it or not. Undefined: there is none, or it was not asked for. */
export type RowOfKey<Row> = (key: string) => Row | undefined;

/** Where others write while a transaction runs: nothing is ever remembered. */
export const noRowMemory = <Row>(): RowMemory<Row> => ({
  async recalled(keys, read) {
    const rows = await read(keys);
    return (key) => rows.get(key);
  },
  written: async (write) => {
    await write();
  },
  known: () => undefined,
});

export type KeptRowMemory<Row> = RowMemory<Row> & {
  readonly table: string;
  /** Another statement has changed the table. */
  readonly changed: () => void;
  readonly forget: () => void;
};

/** For a connection that is alone while it is in a transaction, and that tells of every change that it makes or finds. */
export function keptRowMemory<Row>(table: string, maxRows: number): KeptRowMemory<Row> {
  const rows = new Map<string, Row>();
  /** Statements that have changed the table while one of ours was under way; null: none is. */
  let changesMeanwhile: number | null = null;
  const forget = () => rows.clear();
  const rowOf = (key: string) => rows.get(key);
  return {
    table,
    forget,
    changed: () => {
      if (changesMeanwhile === null) forget();
      else changesMeanwhile += 1;
    },
    known: rowOf,
    async recalled(keys, read, isOfUse) {
      const unknown: string[] = [];
      for (const key of keys) {
        const row = rows.get(key);
        if (row === undefined || isOfUse?.(row) === false) unknown.push(key);
      }
      if (unknown.length === 0) return rowOf;
      if (rows.size + unknown.length > maxRows) forget();
      const found = await read(rows.size === 0 ? keys : unknown);
      for (const key of unknown) rows.delete(key);
      for (const [key, row] of found) rows.set(key, row);
      return rowOf;
    },
    async written(write, after) {
      changesMeanwhile = 0;
      await write().finally(() => {
        // Whoever else wrote at the same time may have written the same rows.
        if (changesMeanwhile !== 1) forget();
        changesMeanwhile = null;
      });
      for (const [key, row] of after) {
        if (row === undefined) rows.delete(key);
        else rows.set(key, row);
      }
    },
  };
}
