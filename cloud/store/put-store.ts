import type { StoreDescription } from '../contracts/store-description.ts';
import type { StoreDay } from '../domain/store-state.ts';
import { type ChangedStore, changedStore, withoutLines } from './changed-store.ts';
import { addAdjustments } from './day-flows.ts';
import { parsedDescription, sensorIdsIn } from './described-store.ts';
import type { Sql } from './engine.ts';
import { forgetTotals } from './forget-totals.ts';
import { liveColumnOf } from './live-state.ts';
import { askedPlaces, endingPlaces, placeSensors } from './place-sensors.ts';
import { isOpen, type PlaceRow, placesOf } from './sensor-places.ts';
import { dailyResetsOf, replaceGroups } from './store-groups.ts';
import { holdStores } from './store-states.ts';
import type { StoreRow } from './tables.ts';

type At = { readonly today: StoreDay; readonly nowMs: number };

/** At once: a sensor that came or went may have changed which doors are heard. */
const REVIEW_AT_ONCE_MS = 0;

/** See the port. Who calls it holds the structure: until the transaction is over nobody else places a sensor. */
export async function putStore(
  sql: Sql,
  storeId: string,
  description: StoreDescription,
  { today, nowMs }: At,
): Promise<void> {
  const known = await placesInQuestion(sql, storeId, description);
  // Past stores too: whoever counts a reading holds all that its sensor was ever at, and so guards what is known of it.
  await holdStores(sql, [storeId, ...known.map((place) => place.store_id)]);
  const asked = askedPlaces(storeId, description);
  const ending = endingPlaces(storeId, known, asked);
  const rows = await storeRows(sql, [storeId, ...ending.map((place) => place.store_id)]);
  const [dailyReset = null] = await dailyResetsOf(sql, [description]);
  const before = rows.find((row) => row.id === storeId);
  const changed = changedStore(storeId, before, description, dailyReset, nowMs);
  const losers = rows
    .filter((row) => row.id !== storeId)
    .map((row) => {
      const left = withoutLines(parsedDescription(row.description), asked);
      return changedStore(row.id, row, left, row.daily_reset, nowMs);
    });

  if (before === undefined) await insertStore(sql, changed, today);
  else await updateStore(sql, changed, dayColumns(today));
  for (const loser of losers) await updateStore(sql, loser);
  await replaceGroups(sql, storeId, description.storeGroups);
  await placeSensors(sql, known, ending, asked, nowMs);
  const all = [changed, ...losers];
  await addAdjustments(
    sql,
    all.flatMap((store) =>
      store.people.map(([zoneId, people]) => ({ storeId: store.storeId, zoneId, atMs: nowMs, people })),
    ),
  );
  await forgetTotals(sql, {
    before: known.filter(isOpen),
    placed: asked,
    remeasuring: all.flatMap((store) => store.remeasuring),
    now: all.flatMap((store) => store.places),
  });
}

/** All that the sensors ever had which the description names, or the one before it. */
async function placesInQuestion(
  sql: Sql,
  storeId: string,
  description: StoreDescription,
): Promise<PlaceRow[]> {
  const [row] = await storeRows(sql, [storeId]);
  const before = row === undefined ? [] : sensorIdsIn(parsedDescription(row.description));
  return placesOf(sql, [...new Set([...sensorIdsIn(description), ...before])]);
}

const storeRows = ({ db, dialect }: Sql, storeIds: readonly string[]): Promise<StoreRow[]> =>
  db.selectFrom('stores').selectAll().where(dialect.oneOf('id', storeIds)).execute();

async function insertStore({ db }: Sql, store: ChangedStore, today: StoreDay): Promise<void> {
  await db
    .insertInto('stores')
    .values({
      id: store.storeId,
      ...describedColumns(store),
      ...dayColumns(today),
      revision: 1,
      sent_at_ms: null,
      proof_sent_at_ms: null,
    })
    .execute();
}

async function updateStore(
  { db }: Sql,
  store: ChangedStore,
  day: Partial<ReturnType<typeof dayColumns>> = {},
): Promise<void> {
  await db
    .updateTable('stores')
    .set((old) => ({ ...describedColumns(store), ...day, revision: old('revision', '+', 1) }))
    .where('id', '=', store.storeId)
    .execute();
}

const describedColumns = ({ description, dailyReset, live }: ChangedStore) => ({
  description: JSON.stringify(description),
  daily_reset: dailyReset,
  live: liveColumnOf(live),
  // Its time zone, its staff or its doors may be others: it is looked at again before anybody is told.
  usual: null,
  push_due: 1,
  review_at_ms: REVIEW_AT_ONCE_MS,
});

const dayColumns = ({ day, startsAtMs, endsAtMs }: StoreDay) => ({
  day,
  day_starts_at_ms: startsAtMs,
  day_ends_at_ms: endsAtMs,
});
