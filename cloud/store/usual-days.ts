import type { StoreState, UsualDay } from '../domain/store-state.ts';
import type { Sql } from './engine.ts';
import type { StoreRow } from './tables.ts';

type Kept = Pick<StoreRow, 'id' | 'usual'>;

export async function saveUsualDays(
  { db, dialect }: Sql,
  states: readonly Pick<StoreState, 'storeId' | 'usual'>[],
): Promise<void> {
  if (states.length === 0) return;
  const write = () =>
    dialect.updateSoon<'stores', Kept>(db, {
      table: 'stores',
      key: 'id',
      columns: { id: 'text', usual: 'text' },
      rows: states.map(({ storeId, usual }) => ({ id: storeId, usual: usual && JSON.stringify(usual) })),
    });
  const { stores } = dialect.memories;
  const after = states.map(({ storeId, usual }): [string, StoreState | undefined] => {
    const before = stores.known(storeId);
    return [storeId, before && { ...before, usual }];
  });
  await stores.written(write, new Map(after));
}

export const parsedUsual = (column: string | null): UsualDay | null =>
  column === null ? null : JSON.parse(column);
