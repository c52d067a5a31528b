import type { SensorState } from '../domain/sensor-state.ts';
import type { Sql } from './engine.ts';
import { saveSensorStates, sensorStateOf } from './sensor-states.ts';
import { holdStores } from './store-states.ts';
import { undoResets } from './undo-resets.ts';

/** The clocks of a hub and of its functions may be this far apart. */
const CLOCKS_DIFFER_MS = 60_000;

/** See the port. */
export async function forgetFuture(sql: Sql, nowMs: number): Promise<void> {
  const futureMs = nowMs + CLOCKS_DIFFER_MS;
  const told = await storesToldAhead(sql, futureMs);
  if (told.length === 0) return;
  const ahead = [...new Set([...told, ...(await storesHeardAhead(sql, futureMs))])];
  await holdStores(sql, ahead);
  await undoResets(sql, ahead, { nowMs, futureMs });
  await sql.db
    .updateTable('stores')
    .set({ sent_at_ms: null, proof_sent_at_ms: null, push_due: 1, review_at_ms: 0 })
    .where(sql.dialect.oneOf('id', ahead))
    .execute();
  await forgetFuturePlaces(sql, futureMs, nowMs);
  await forgetFutureOfSensors(sql, ahead, { nowMs, futureMs });
  await forgetFutureOfSigns(sql, futureMs, nowMs);
}

/**
 * Every store's proof is renewed all the time, so the newest one tells whether the clock ever was ahead; so does a daily
 * reset, should the program have stopped before it told anyone. Both are indexed.
 */
async function storesToldAhead({ db }: Sql, futureMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('stores')
    .select('id')
    .where('proof_sent_at_ms', '>', futureMs)
    .union(
      db
        .selectFrom('corrections')
        .select('store_id as id')
        .where('at_ms', '>', futureMs)
        .where('made_by', 'is', null),
    )
    .execute();
  return rows.map((row) => row.id);
}

async function storesHeardAhead({ db }: Sql, futureMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('sensor_places')
    .innerJoin('sensor_states', 'sensor_states.sensor_id', 'sensor_places.sensor_id')
    .select('sensor_places.store_id')
    .distinct()
    .where('sensor_states.heard_until_ms', '>', futureMs)
    .execute();
  return rows.map((row) => row.store_id);
}

/** A sensor that was moved by that clock is where it was moved to now, not once that time has come. */
async function forgetFuturePlaces({ db }: Sql, futureMs: number, nowMs: number): Promise<void> {
  await db.updateTable('sensor_places').set({ from_ms: nowMs }).where('from_ms', '>', futureMs).execute();
  await db.updateTable('sensor_places').set({ until_ms: nowMs }).where('until_ms', '>', futureMs).execute();
}

/** A sign that fell silent meanwhile would look alive until then. */
async function forgetFutureOfSigns({ db }: Sql, futureMs: number, nowMs: number): Promise<void> {
  await db.updateTable('signs').set({ heard_at_ms: nowMs }).where('heard_at_ms', '>', futureMs).execute();
  await db
    .updateTable('connections')
    .set({ disconnected_at_ms: nowMs })
    .where('disconnected_at_ms', '>', futureMs)
    .execute();
}

type Times = { readonly nowMs: number; readonly futureMs: number };

async function forgetFutureOfSensors(sql: Sql, storeIds: readonly string[], times: Times): Promise<void> {
  const rows = await sql.db
    .selectFrom('sensor_states')
    .selectAll()
    .where((where) =>
      where(
        'sensor_id',
        'in',
        where.selectFrom('sensor_places').select('sensor_id').where(sql.dialect.oneOf('store_id', storeIds)),
      ),
    )
    .execute();
  await saveSensorStates(
    sql,
    rows.map((row) => withoutFuture(sensorStateOf(row), times)),
  );
}

/** A count of a time yet to come would be the newest until then; it was no later than now. */
function withoutFuture(state: SensorState, { nowMs, futureMs }: Times): SensorState {
  const past = (atMs: number | null) => (atMs !== null && atMs > futureMs ? null : atMs);
  const { clock } = state;
  const isLagging = clock.lagging !== null && clock.lagging.sinceMs <= futureMs;
  return {
    ...state,
    heardUntilMs: past(state.heardUntilMs),
    clock: { ...clock, newestMs: past(clock.newestMs), lagging: isLagging ? clock.lagging : null },
    counters: state.counters.map((counter) =>
      past(counter.atMs) === counter.atMs ? counter : { ...counter, atMs: nowMs },
    ),
    implausibleAtMs: past(state.implausibleAtMs),
    rejected: state.rejected !== null && state.rejected.sinceMs > futureMs ? null : state.rejected,
  };
}
