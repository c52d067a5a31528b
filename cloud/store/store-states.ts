import type { StoreState } from '../domain/store-state.ts';
import type { Sql } from './engine.ts';
import { liveStateOf, parsedLive } from './live-state.ts';
import type { KnownStore } from './memories.ts';
import { watchedSensors } from './sensor-states.ts';
import { storeShape } from './store-shape.ts';
import { storeStateOf } from './store-state-of.ts';
import type { StoreRow } from './tables.ts';

/** The moment of a review moves on only in strides of this, so that a busy store does not rewrite an index each time. */
const REVIEW_STRIDE_MS = 5_000;

export async function readStores(sql: Sql, storeIds: readonly string[]): Promise<StoreState[]> {
  const known = await knownStores(sql, storeIds);
  const rows = [...known.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  const stores = rows.map((row) => ({ row, shape: storeShape(row.id, row.description) }));
  const watched = await watchedSensors(
    sql,
    stores.flatMap(({ shape }) => shape.sensorIds),
  );
  return stores.map(({ row, shape }) => storeStateOf(row, shape, watched));
}

const knownStores = (
  { db, dialect }: Sql,
  storeIds: readonly string[],
): Promise<ReadonlyMap<string, KnownStore>> =>
  dialect.memories.stores.recalled(storeIds, async (unknown) => {
    const rows = await db.selectFrom('stores').selectAll().where(dialect.oneOf('id', unknown)).execute();
    return new Map(rows.map((row) => [row.id, { ...row, live: parsedLive(row.live) }]));
  });

export async function holdStores({ db, dialect }: Sql, storeIds: readonly string[]): Promise<void> {
  if (dialect.aloneInTransaction) return;
  const rows = db.selectFrom('stores').select('id').where(dialect.oneOf('id', storeIds)).orderBy('id');
  await rows.modifyEnd(dialect.forUpdate).execute();
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
    dialect.updateRows<'stores', SavedRow>(db, {
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
      rows: saved.map((store) => ({ ...store, live: JSON.stringify(store.live) })),
      unless: {
        review_at_ms: (given, kept) =>
          `case when ${given} between ${kept} and ${kept} + ${REVIEW_STRIDE_MS} then ${kept} else ${given} end`,
      },
    });
  const { stores } = dialect.memories;
  await stores.written(
    write,
    new Map(saved.map((store) => [store.id, after(stores.known(store.id), store)])),
  );
}

/** What the row is after the update; only its owner's part of it is not in what is saved. */
function after(before: KnownStore | undefined, saved: SavedStore): KnownStore | undefined {
  if (before === undefined) return undefined;
  const { review_at_ms: keptMs } = before;
  const isKept = keptMs <= saved.review_at_ms && saved.review_at_ms <= keptMs + REVIEW_STRIDE_MS;
  return { ...before, ...saved, review_at_ms: isKept ? keptMs : saved.review_at_ms };
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
