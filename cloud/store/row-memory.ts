/** More than one machine's share of a fleet; beyond it, all are read anew. */
const MAX_ROWS = 50_000;

/** Rows of one table as they are in the database, by a key, so that a batch need not read what the one before has written. */
export type RowMemory<Row> = {
  /** The rows of these keys: what is not known is asked of `read`, which leaves out what is not there. */
  recalled(
    keys: readonly string[],
    read: (unknown: readonly string[]) => Promise<ReadonlyMap<string, Row>>,
  ): Promise<ReadonlyMap<string, Row>>;
  /** `write` is one statement that makes these rows what they are now; undefined: it is not known what. */
  written(write: () => Promise<unknown>, rows: ReadonlyMap<string, Row | undefined>): Promise<void>;
  /** What is known of a row without asking. */
  known(key: string): Row | undefined;
};

/** Where others write while a transaction runs: nothing is ever remembered. */
export const noRowMemory = <Row>(): RowMemory<Row> => ({
  recalled: (keys, read) => read(keys),
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
export function keptRowMemory<Row>(table: string): KeptRowMemory<Row> {
  const rows = new Map<string, Row>();
  /** Statements that have changed the table while one of ours was under way; null: none is. */
  let changesMeanwhile: number | null = null;
  const forget = () => rows.clear();
  return {
    table,
    forget,
    changed: () => {
      if (changesMeanwhile === null) forget();
      else changesMeanwhile += 1;
    },
    known: (key) => rows.get(key),
    async recalled(keys, read) {
      const recalled = new Map<string, Row>();
      const unknown: string[] = [];
      for (const key of keys) {
        const row = rows.get(key);
        if (row === undefined) unknown.push(key);
        else recalled.set(key, row);
      }
      if (unknown.length === 0) return recalled;
      const found = await read(unknown);
      if (rows.size + found.size > MAX_ROWS) forget();
      for (const [key, row] of found) {
        rows.set(key, row);
        recalled.set(key, row);
      }
      return recalled;
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
