import type { Selectable } from 'kysely';
import { type Adjustment, MINUTE_MS } from '../domain/store-state.ts';
import { addAdjustments } from './day-flows.ts';
import { parsedDescription } from './described-store.ts';
import type { Sql } from './engine.ts';
import { type LiveState, type LiveZone, liveColumnOf, parsedLive } from './live-state.ts';
import type { StoreRow, Tables } from './tables.ts';

type Times = { readonly nowMs: number; readonly futureMs: number };
type CorrectionRow = Selectable<Tables['corrections']>;
type MinuteRow = Tables['zone_adjustments'];

/** A clock that ran ahead makes one reset, or one a day; more than these of a zone were true, and now the clock is behind. */
const MAX_UNDONE_RESETS = 2;

/** What is on record of the stores since a minute before the future begins. */
type Records = {
  readonly corrections: readonly CorrectionRow[];
  readonly minutes: readonly MinuteRow[];
  /** When a zone was last set in the past. */
  readonly baselineOf: ReadonlyMap<string, number>;
};

/** Takes back the daily resets that were made by a clock that ran ahead, and what they swallowed since. The stores are held. */
export async function undoResets(sql: Sql, allIds: readonly string[], times: Times): Promise<void> {
  const { db, dialect } = sql;
  const records = await recordsOf(sql, allIds, times);
  const storeIds = allIds.filter((storeId) => mayUndo(storeId, records, times));
  const stores = await db.selectFrom('stores').selectAll().where(dialect.oneOf('id', storeIds)).execute();
  const undone = stores.map((store) => undoneStore(store, records, times));
  await addAdjustments(
    sql,
    undone.flatMap(({ adjustments }) => adjustments),
  );
  await db
    .deleteFrom('corrections')
    .where(dialect.oneOf('store_id', storeIds))
    .where('at_ms', '>', times.futureMs)
    .where('made_by', 'is', null)
    .execute();
  const rows = undone.map(({ row }) => row);
  await db
    .updateTable('stores')
    .from(dialect.boundRows<UndoneRow>({ id: 'text', revision: 'integer', live: 'text' }, rows))
    .set(({ ref }) => ({ revision: ref('r.revision'), live: ref('r.live') }))
    .whereRef('stores.id', '=', 'r.id')
    .execute();
}

function mayUndo(storeId: string, { corrections }: Records, { futureMs }: Times): boolean {
  const resets = corrections.filter(
    (row) => row.store_id === storeId && row.made_by === null && row.at_ms > futureMs,
  );
  const ofZone = Map.groupBy(resets, (row) => row.zone_id);
  return [...ofZone.values()].every((rows) => rows.length <= MAX_UNDONE_RESETS);
}

async function recordsOf(
  { db, dialect }: Sql,
  storeIds: readonly string[],
  { nowMs, futureMs }: Times,
): Promise<Records> {
  const sinceMs = futureMs - MINUTE_MS;
  const corrections = await db
    .selectFrom('corrections')
    .selectAll()
    .where(dialect.oneOf('store_id', storeIds))
    .where('at_ms', '>', sinceMs)
    .execute();
  const minutes = await db
    .selectFrom('zone_adjustments')
    .selectAll()
    .where(dialect.oneOf('store_id', storeIds))
    .where('minute_ms', '>', sinceMs)
    .execute();
  const baselines = await db
    .selectFrom('corrections')
    .select(['store_id', 'zone_id', ({ fn }) => fn.max('at_ms').as('at_ms')])
    .where(dialect.oneOf('store_id', storeIds))
    .where('kind', 'in', ['set', 'reset'])
    .where('at_ms', '<=', nowMs)
    .groupBy(['store_id', 'zone_id'])
    .execute();
  const baselineOf = new Map(baselines.map((row) => [zoneName(row), row.at_ms]));
  return { corrections, minutes, baselineOf };
}

type ZoneName = { readonly store_id: string; readonly zone_id: string };

const zoneName = ({ store_id, zone_id }: ZoneName): string => `${store_id} ${zone_id}`;

type UndoneRow = Pick<StoreRow, 'id' | 'revision' | 'live'>;

function undoneStore(store: StoreRow, records: Records, times: Times) {
  const live = parsedLive(store.live);
  const { zones: described } = parsedDescription(store.description);
  const measured = new Set(described.filter(({ sensors }) => sensors.length > 0).map(({ id }) => id));
  const adjustments: Adjustment[] = [];
  const zones = Object.entries(live.zones).map(([zoneId, zone]): [string, LiveZone] => {
    if (zone.baselineAtMs === null || zone.baselineAtMs <= times.futureMs) return [zoneId, zone];
    const name = { store_id: store.id, zone_id: zoneId };
    const undone = measured.has(zoneId) ? [] : undoneOf(name, zone.baselineAtMs, records, times);
    for (const one of undone) adjustments.push({ storeId: store.id, zoneId, ...one });
    const rawCount = undone.reduce((sum, { people }) => sum + people, zone.rawCount);
    return [zoneId, { ...zone, rawCount, baselineAtMs: records.baselineOf.get(zoneName(name)) ?? null }];
  });
  const after: LiveState = { ...live, zones: Object.fromEntries(zones), nextResetAtMs: null };
  const revision = store.revision + (adjustments.some(({ people }) => people !== 0) ? 1 : 0);
  const row: UndoneRow = { id: store.id, revision, live: liveColumnOf(after) };
  return { row, adjustments };
}

/**
 * All that stands in the minute in which the zone was last set, but for what a person put there: the reset, and those
 * who passed since and were cancelled because it seemed to be before it. And the resets of other days.
 */
function undoneOf(
  zone: ZoneName,
  baselineAtMs: number,
  { corrections, minutes }: Records,
  { futureMs }: Times,
): Pick<Adjustment, 'atMs' | 'people'>[] {
  const ofZone = (row: ZoneName) => zoneName(row) === zoneName(zone);
  const lastMs = minuteOf(baselineAtMs);
  const its = corrections.filter(ofZone);
  const kept = its.filter((row) => row.made_by !== null && minuteOf(row.at_ms) === lastMs);
  const resets = its.filter(
    (row) => row.made_by === null && row.at_ms > futureMs && minuteOf(row.at_ms) !== lastMs,
  );
  const inLast = minutes.find((row) => ofZone(row) && row.minute_ms === lastMs)?.people ?? 0;
  return [
    { atMs: lastMs, people: kept.reduce((sum, row) => sum + differenceOf(row), -inLast) },
    ...resets.map((row) => ({ atMs: row.at_ms, people: -differenceOf(row) })),
  ];
}

const minuteOf = (atMs: number): number => Math.floor(atMs / MINUTE_MS) * MINUTE_MS;

const differenceOf = (row: CorrectionRow): number => row.count_after - row.count_before;
