import { sql } from 'kysely';
import type { Flow } from '../domain/store-state.ts';
import type { Sql } from './engine.ts';

type Change = Pick<Flow, 'in' | 'out' | 'adjusted'>;

const NOTHING: Change = { in: 0, out: 0, adjusted: 0 };

/** Summed by the database: weeks of steps would be thousands of rows. */
export async function changesBetween(
  { db, dialect }: Sql,
  storeId: string,
  momentsMs: readonly number[],
): Promise<readonly Change[]> {
  const rows = momentsMs.map((fromMs, index) => ({
    from_ms: fromMs,
    until_ms: momentsMs[index + 1] ?? Number.MAX_SAFE_INTEGER,
  }));
  if (rows.length === 0) return [];
  const ranges = dialect.boundRows({ from_ms: 'integer', until_ms: 'integer' }, rows);
  // PostgreSQL's sum of whole numbers has more digits than a number has room for, unless told otherwise. A cross join,
  // because SQLite keeps to its order: first the moments, then the steps from each. Materialized, or it would read their
  // JSON anew for each step.
  const found = await sql<
    Change & { readonly fromMs: number }
  >`with r as materialized (select * from ${ranges})
    select r.from_ms as "fromMs",
      cast(sum(people_in) as bigint) as "in", cast(sum(people_out) as bigint) as "out",
      cast(sum(adjusted) as bigint) as "adjusted"
    from r cross join step_flows
    where store_id = ${storeId} and step_ms >= r.from_ms and step_ms < r.until_ms
    group by r.from_ms`.execute(db);
  const changes = new Map(found.rows.map(({ fromMs, ...change }) => [fromMs, change]));
  return momentsMs.map((atMs) => changes.get(atMs) ?? NOTHING);
}
