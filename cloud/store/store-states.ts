import type { StoreState } from '../domain/store-state.ts';
import type { Sql } from './engine.ts';
import { liveColumnOf, liveStateOf, parsedLive } from './live-state.ts';
import type { KnownStore } from './memories.ts';
import type { RowOfKey } from './row-memory.ts';
import { watchedSensors } from './sensor-states.ts';
import { storeShape } from './store-shape.ts';
import { storeStateOf } from './store-state-of.ts';
import type { StoreRow } from './tables.ts';

export async function readStores(sql: Sql, storeIds: readonly string[]): Promise<StoreState[]> {
  const rowOf = await knownStores(sql, storeIds);
  const rows = [...new Set(storeIds)].sort().flatMap((storeId) => rowOf(storeId) ?? []);
  const stores = rows.map((row) => ({ row, shape: storeShape(row.id, row.description) }));
  const watched = await watchedSensors(
    sql,
    stores.flatMap(({ shape }) => shape.sensorIds),
  );
  return stores.map(({ row, shape }) => storeStateOf(row, shape, watched));
}

const knownStores = ({ db, dialect }: Sql, storeIds: readonly string[]): Promise<RowOfKey<KnownStore>> =>
  dialect.memories.stores.recalled(storeIds, async (unknown) => {
    const rows = await db.selectFrom('stores').selectAll().where(dialect.oneOf('id', unknown)).execute();
    return new Map(rows.map((row) => [row.id, { ...row, live: parsedLive(row.live) }]));
  });

export async function holdStores({ db, dialect }: Sql, storeIds: readonly string[]): Promise<boolean> {
  if (dialect.aloneInTransaction) return false;
  const rows = db.selectFrom('stores').select('id').where(dialect.oneOf('id', storeIds)).orderBy('id');
  await rows.modifyEnd(dialect.forUpdate).execute();
  return true;
}

export async function lockStores(sql: Sql, storeIds: readonly string[]): Promise<StoreState[]> {
  await holdStores(sql, storeIds);
  // Read after the lock, by statements of their own: one begun before it would not see what it waited for.
  return readStores(sql, storeIds);
}

export async function saveStoreStates({ db, dialect }: Sql, states: readonly StoreState[]): Promise<void> {
  if (states.length === 0) return;
  const saved = states.map(savedStoreOf);
  const write = () =>
    dialect.updateSoon<'stores', SavedRow>(db, {
      table: 'stores',
      key: 'id',
      columns: {
        id: 'text',
        revision: 'integer',
        day: 'text',
        day_starts_at_ms: 'integer',
        day_ends_at_ms: 'integer',
        sent_at_ms: 'integer',
        proof_sent_at_ms: 'integer',
        push_due: 'integer',
        review_at_ms: 'integer',
        live: 'text',
      },
      rows: saved.map((store) => ({ ...store, live: liveColumnOf(store.live) })),
    });
  const { stores } = dialect.memories;
  // Only its owner's part of the row is not in what is saved.
  const after = saved.map((store): [string, KnownStore | undefined] => {
    const before = stores.known(store.id);
    return [store.id, before && { ...before, ...store }];
  });
  await stores.written(write, new Map(after));
}

type SavedStore = Omit<KnownStore, 'description' | 'daily_reset'>;
type SavedRow = Omit<StoreRow, 'description' | 'daily_reset'>;

const savedStoreOf = (state: StoreState): SavedStore => ({
  id: state.storeId,
  revision: state.revision,
  day: state.today.day,
  day_starts_at_ms: state.today.startsAtMs,
  day_ends_at_ms: state.today.endsAtMs,
  sent_at_ms: state.push.sentAtMs,
  proof_sent_at_ms: state.push.proofSentAtMs,
  push_due: state.push.due ? 1 : 0,
  review_at_ms: state.reviewAtMs,
  live: liveStateOf(state),
});
