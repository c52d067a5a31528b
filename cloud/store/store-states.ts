import { sql as raw } from 'kysely';
import type { DoorState, StoreState } from '../domain/store-state.ts';
import type { Sql } from './engine.ts';
import { textOf } from './free-text.ts';
import type { StoreRow } from './tables.ts';

/** The moment of a review moves on only in strides of this, so that a busy store does not rewrite an index each time. */
const REVIEW_STRIDE_MS = 5_000;

const storeRows = ({ db, dialect }: Sql, storeIds: readonly string[]) =>
  db.selectFrom('stores').selectAll().where(dialect.oneOf('id', storeIds)).orderBy('id');

export async function readStores(sql: Sql, storeIds: readonly string[]): Promise<StoreState[]> {
  return withDoors(sql, await storeRows(sql, storeIds).execute());
}

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

async function withDoors({ db, dialect }: Sql, stores: readonly StoreRow[]): Promise<StoreState[]> {
  const rows = await db
    .selectFrom('doors')
    .leftJoin('sensors', (join) =>
      join.onRef('sensors.store_id', '=', 'doors.store_id').onRef('sensors.door_id', '=', 'doors.id'),
    )
    .leftJoin('sensor_states', 'sensor_states.sensor_id', 'sensors.id')
    .select(['doors.store_id', 'doors.id', 'doors.position', 'doors.name', 'doors.silent'])
    .select('sensor_states.heard_until_ms')
    .where(
      dialect.oneOf(
        'doors.store_id',
        stores.map((store) => store.id),
      ),
    )
    .execute();
  const doorsOf = new Map<string, DoorState[]>(stores.map((store) => [store.id, []]));
  rows.sort((a, b) => a.position - b.position);
  for (const { store_id, id, name, silent, heard_until_ms: heardUntilMs } of rows) {
    const doors = doorsOf.get(store_id) ?? [];
    const last = doors.at(-1);
    if (last?.id === id)
      doors[doors.length - 1] = { ...last, heardUntilMs: least(last.heardUntilMs, heardUntilMs) };
    else doors.push({ id, name: textOf(name), silent: silent === 1, heardUntilMs });
  }
  return stores.map((store) => storeStateOf(store, doorsOf.get(store.id) ?? []));
}

const least = (a: number | null, b: number | null) => (a === null || b === null ? null : Math.min(a, b));

const storeStateOf = (row: StoreRow, doors: readonly DoorState[]): StoreState => ({
  storeId: row.id,
  name: textOf(row.name),
  timeZone: row.time_zone,
  limits: { soft: row.soft_limit, hard: row.hard_limit },
  liveForMs: row.live_for_ms,
  rawCount: row.raw_count,
  revision: row.revision,
  today: { day: row.day, startsAtMs: row.day_starts_at_ms, endsAtMs: row.day_ends_at_ms },
  push: { sentAtMs: row.sent_at_ms, proofSentAtMs: row.proof_sent_at_ms, due: row.push_due === 1 },
  doors,
});

export async function saveStoreStates(sql: Sql, states: readonly StoreState[]): Promise<void> {
  if (states.length === 0) return;
  await saveStores(sql, states);
  await saveSilence(sql, states);
}

async function saveStores({ db, dialect }: Sql, states: readonly StoreState[]): Promise<void> {
  const bound = dialect.boundRows<ReturnType<typeof savedRowOf>>(
    {
      id: 'text',
      raw_count: 'integer',
      revision: 'integer',
      day: 'text',
      day_starts_at_ms: 'integer',
      day_ends_at_ms: 'integer',
      sent_at_ms: 'integer',
      proof_sent_at_ms: 'integer',
      push_due: 'integer',
      review_at_ms: 'integer',
    },
    states.map(savedRowOf),
  );
  await db
    .updateTable('stores')
    .from(bound)
    .set(({ ref }) => ({
      raw_count: ref('r.raw_count'),
      revision: ref('r.revision'),
      day: ref('r.day'),
      day_starts_at_ms: ref('r.day_starts_at_ms'),
      day_ends_at_ms: ref('r.day_ends_at_ms'),
      sent_at_ms: ref('r.sent_at_ms'),
      proof_sent_at_ms: ref('r.proof_sent_at_ms'),
      push_due: ref('r.push_due'),
      review_at_ms: raw<number>`case
        when r.review_at_ms between stores.review_at_ms and stores.review_at_ms + ${raw.lit(REVIEW_STRIDE_MS)}
        then stores.review_at_ms else r.review_at_ms end`,
    }))
    .whereRef('stores.id', '=', 'r.id')
    .execute();
}

const savedRowOf = (state: StoreState) => ({
  id: state.storeId,
  raw_count: state.rawCount,
  revision: state.revision,
  day: state.today.day,
  day_starts_at_ms: state.today.startsAtMs,
  day_ends_at_ms: state.today.endsAtMs,
  sent_at_ms: state.push.sentAtMs,
  proof_sent_at_ms: state.push.proofSentAtMs,
  push_due: state.push.due ? 1 : 0,
  review_at_ms: reviewAtOf(state),
});

/** A door is only ever heard later than we know now, so nothing falls due before this. */
function reviewAtOf({ today, doors, liveForMs }: StoreState): number {
  const silentAt = doors
    .filter((door) => !door.silent)
    .map((door) => (door.heardUntilMs === null ? 0 : door.heardUntilMs + liveForMs));
  return Math.min(today.endsAtMs, ...silentAt);
}

/** Most of the time no door falls silent or speaks again, so only those that do are written. */
async function saveSilence({ db, dialect }: Sql, states: readonly StoreState[]): Promise<void> {
  const known = await db
    .selectFrom('doors')
    .select(['store_id', 'id'])
    .where(
      dialect.oneOf(
        'store_id',
        states.map((state) => state.storeId),
      ),
    )
    .where(({ eb, lit }) => eb('silent', '=', lit(1)))
    .execute();
  const silent = new Set(known.map((door) => `${door.store_id} ${door.id}`));
  const rows = states.flatMap((state) =>
    state.doors
      .filter((door) => door.silent !== silent.has(`${state.storeId} ${door.id}`))
      .map((door) => ({ store_id: state.storeId, id: door.id, silent: door.silent ? 1 : 0 })),
  );
  if (rows.length === 0) return;
  const bound = dialect.boundRows<(typeof rows)[number]>(
    { store_id: 'text', id: 'text', silent: 'integer' },
    rows,
  );
  await db
    .updateTable('doors')
    .from(bound)
    .set(({ ref }) => ({ silent: ref('r.silent') }))
    .whereRef('doors.store_id', '=', 'r.store_id')
    .whereRef('doors.id', '=', 'r.id')
    .execute();
}
