import type { StoreState } from '../domain/store-state.ts';
import type { Sql } from './engine.ts';
import { liveColumnOf, liveStateOf } from './live-state.ts';
import type { RowOfKey } from './row-memory.ts';
import { watchedSensors } from './sensor-states.ts';
import { storeShape } from './store-shape.ts';
import { isDescribedAlike, storeStateOf, withWatched } from './store-state-of.ts';
import type { StoreRow } from './tables.ts';

export async function readStores(sql: Sql, storeIds: readonly string[]): Promise<StoreState[]> {
  const storeOf = await knownStores(sql, storeIds);
  const stores: StoreState[] = [];
  const sensorIds: string[] = [];
  for (const storeId of [...new Set(storeIds)].sort()) {
    const store = storeOf(storeId);
    if (store === undefined) continue;
    stores.push(store);
    for (const spots of [store.doors, store.zones])
      for (const { sensors } of spots) for (const { id } of sensors) sensorIds.push(id);
  }
  const watched = await watchedSensors(sql, sensorIds);
  return stores.map((store) => withWatched(store, watched));
}

const knownStores = ({ db, dialect }: Sql, storeIds: readonly string[]): Promise<RowOfKey<StoreState>> =>
  dialect.memories.stores.recalled(storeIds, async (unknown) => {
    const rows = await db.selectFrom('stores').selectAll().where(dialect.oneOf('id', unknown)).execute();
    return new Map(rows.map((row) => [row.id, storeStateOf(row, storeShape(row.id, row.description))]));
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
      rows: states.map(savedRowOf),
    });
  const { stores } = dialect.memories;
  const after = new Map<string, StoreState | undefined>();
  for (const state of states) {
    const before = stores.known(state.storeId);
    // Only its owner's part of the row and its usual day are not in what is saved.
    after.set(state.storeId, before && isDescribedAlike(before, state) ? state : undefined);
  }
  await stores.written(write, after);
}

type SavedRow = Omit<StoreRow, 'description' | 'daily_reset' | 'usual'>;

const savedRowOf = (state: StoreState): SavedRow => ({
  id: state.storeId,
  revision: state.revision,
  day: state.today.day,
  day_starts_at_ms: state.today.startsAtMs,
  day_ends_at_ms: state.today.endsAtMs,
  sent_at_ms: state.push.sentAtMs,
  proof_sent_at_ms: state.push.proofSentAtMs,
  push_due: state.push.due ? 1 : 0,
  review_at_ms: state.reviewAtMs,
  live: liveColumnOf(liveStateOf(state)),
});
