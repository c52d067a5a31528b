import { FLOW_STEP_MS, type Flow } from '../domain/store-state.ts';
import type { Sql } from './engine.ts';
import type { DoorFlow } from './port.ts';

const MINUTE_MS = 60_000;

type Sum = { store_id: string; door_id: string; starts_at_ms: number; people_in: number; people_out: number };

/** The minutes of each door are the history; the steps of a store are what its day's curve is drawn from. */
export async function addFlows(sql: Sql, flows: readonly DoorFlow[]): Promise<void> {
  const passed = flows.filter((flow) => flow.in !== 0 || flow.out !== 0);
  if (passed.length === 0) return;
  await addMinutes(sql, sums(passed, MINUTE_MS));
  await addSteps(
    sql,
    sums(
      passed.map((flow) => ({ ...flow, doorId: '' })),
      FLOW_STEP_MS,
    ),
  );
}

function sums(flows: readonly DoorFlow[], stepMs: number): Sum[] {
  const byPlaceAndTime = new Map<string, Sum>();
  for (const { storeId, doorId, startsAtMs, in: entered, out } of flows) {
    const starts_at_ms = Math.floor(startsAtMs / stepMs) * stepMs;
    const key = `${storeId} ${doorId} ${starts_at_ms}`;
    const sum = byPlaceAndTime.get(key);
    byPlaceAndTime.set(key, {
      store_id: storeId,
      door_id: doorId,
      starts_at_ms,
      people_in: (sum?.people_in ?? 0) + entered,
      people_out: (sum?.people_out ?? 0) + out,
    });
  }
  return [...byPlaceAndTime.values()];
}

const boundSums = ({ dialect }: Sql, rows: readonly Sum[]) =>
  dialect.boundRows<Sum>(
    {
      store_id: 'text',
      door_id: 'text',
      starts_at_ms: 'integer',
      people_in: 'integer',
      people_out: 'integer',
    },
    rows,
  );

async function addMinutes(sql: Sql, rows: readonly Sum[]): Promise<void> {
  await sql.db
    .insertInto('minute_flows')
    .columns(['store_id', 'door_id', 'minute_ms', 'people_in', 'people_out'])
    .expression((from) =>
      from
        .selectFrom(boundSums(sql, rows))
        .select(['r.store_id', 'r.door_id', 'r.starts_at_ms', 'r.people_in', 'r.people_out'])
        .where(from.lit(true)),
    )
    .onConflict((conflict) =>
      conflict.columns(['store_id', 'door_id', 'minute_ms']).doUpdateSet((sum) => ({
        people_in: sum('minute_flows.people_in', '+', sum.ref('excluded.people_in')),
        people_out: sum('minute_flows.people_out', '+', sum.ref('excluded.people_out')),
      })),
    )
    .execute();
}

async function addSteps(sql: Sql, rows: readonly Sum[]): Promise<void> {
  await sql.db
    .insertInto('step_flows')
    .columns(['store_id', 'step_ms', 'people_in', 'people_out'])
    .expression((from) =>
      from
        .selectFrom(boundSums(sql, rows))
        .select(['r.store_id', 'r.starts_at_ms', 'r.people_in', 'r.people_out'])
        .where(from.lit(true)),
    )
    .onConflict((conflict) =>
      conflict.columns(['store_id', 'step_ms']).doUpdateSet((sum) => ({
        people_in: sum('step_flows.people_in', '+', sum.ref('excluded.people_in')),
        people_out: sum('step_flows.people_out', '+', sum.ref('excluded.people_out')),
      })),
    )
    .execute();
}

export async function flowsOf(
  { db }: Sql,
  storeId: string,
  fromMs: number,
  untilMs: number,
): Promise<Flow[]> {
  return db
    .selectFrom('step_flows')
    .select(['step_ms as startsAtMs', 'people_in as in', 'people_out as out'])
    .where('store_id', '=', storeId)
    .where('step_ms', '>=', fromMs)
    .where('step_ms', '<', untilMs)
    .orderBy('step_ms')
    .execute();
}
