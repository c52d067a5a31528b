import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../cloud/store/open-store.ts';
import { query } from '../support/postgres.ts';

/** What a database has kept, read past the cloud. */
export type KeptCount = {
  /** Readings that were counted. */
  readonly readings: number;
  /** By store and zone, `station store`. */
  readonly people: Readonly<Record<string, number>>;
  /** In less out of all doors of each store that lead to the street, and all corrections: from the day's steps. */
  readonly steps: Readonly<Record<string, number>>;
  readonly rejected: number;
};

const LEDGER = 'select count(*) as readings from ledger';

export async function keptCount(url: string, storeIds: readonly string[]): Promise<KeptCount> {
  const told = await countTold(url, storeIds);
  // Once the store is closed, its tables have all of its rows.
  return { ...told, readings: await ledgerRows(url) };
}

async function countTold(url: string, storeIds: readonly string[]): Promise<Omit<KeptCount, 'readings'>> {
  const store = await openStore(url, { now: Date.now });
  try {
    return await store.look(async (tx) => {
      const states = await tx.counting.readStores(storeIds);
      const people = states.flatMap(({ storeId, zones }) =>
        zones.map(({ id, rawCount }) => [`${storeId} ${id}`, rawCount] as const),
      );
      const steps: [string, number][] = [];
      for (const storeId of storeIds) {
        const flows = await tx.counting.flowsOf(storeId, 0, Number.MAX_SAFE_INTEGER);
        steps.push([storeId, flows.reduce((sum, flow) => sum + flow.in - flow.out + flow.adjusted, 0)]);
      }
      return {
        people: Object.fromEntries(people),
        steps: Object.fromEntries(steps),
        rejected: (await tx.rejected.list(10)).length,
      };
    });
  } finally {
    await store.close();
  }
}

async function ledgerRows(url: string): Promise<number> {
  if (!url.startsWith('sqlite:')) return readingsIn((await query(url, LEDGER))[0]);
  using database = new DatabaseSync(url.slice('sqlite:'.length), { readOnly: true, timeout: 5_000 });
  return readingsIn(database.prepare(LEDGER).get());
}

const readingsIn = (row: unknown): number => Number((row as { readings: unknown } | undefined)?.readings);
