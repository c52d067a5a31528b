import type { CorrectionRecord } from '../contracts/correction.ts';
import type { Sql } from './engine.ts';
import { columnOf, textOf } from './free-text.ts';

export async function addCorrections(
  { db, dialect }: Sql,
  corrections: readonly Omit<CorrectionRecord, 'number'>[],
): Promise<void> {
  await dialect.insertRows(db, {
    into: 'corrections',
    columns: {
      store_id: 'text',
      zone_id: 'text',
      kind: 'text',
      people: 'integer',
      count_before: 'integer',
      count_after: 'integer',
      at_ms: 'integer',
      made_at_ms: 'integer',
      made_by: 'text',
      why: 'text',
    },
    rows: corrections.map((correction) => ({
      store_id: correction.storeId,
      zone_id: correction.zoneId,
      kind: correction.kind,
      people: correction.people,
      count_before: correction.before,
      count_after: correction.after,
      at_ms: correction.atMs,
      made_at_ms: correction.madeAtMs,
      made_by: correction.by === null ? null : columnOf(correction.by),
      why: columnOf(correction.why),
    })),
  });
}

export async function corrections(
  { db }: Sql,
  storeId: string,
  limit: number,
): Promise<readonly CorrectionRecord[]> {
  const rows = await db
    .selectFrom('corrections')
    .select(['number', 'zone_id', 'people', 'count_before', 'count_after', 'at_ms', 'made_at_ms', 'made_by'])
    .select(({ ref }) => ['why', ref('kind').$castTo<CorrectionRecord['kind']>().as('kind')])
    .where('store_id', '=', storeId)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    number: row.number,
    storeId,
    zoneId: row.zone_id,
    kind: row.kind,
    people: row.people,
    before: row.count_before,
    after: row.count_after,
    atMs: row.at_ms,
    madeAtMs: row.made_at_ms,
    by: row.made_by === null ? null : textOf(row.made_by),
    why: textOf(row.why),
  }));
}

export async function setsSince(
  { db }: Sql,
  storeId: string,
  sinceMs: number,
): Promise<readonly { zoneId: string; atMs: number }[]> {
  return db
    .selectFrom('corrections')
    .select(['zone_id as zoneId', 'at_ms as atMs'])
    .where('store_id', '=', storeId)
    .where('at_ms', '>', sinceMs)
    .where('kind', 'in', ['set', 'reset'])
    .orderBy('at_ms')
    .execute();
}
