import { type Adjustment, type DoorFlow, FLOW_STEP_MS, type Flow, MINUTE_MS } from '../domain/store-state.ts';
import type { Sql } from './engine.ts';
import { rowsInOrder } from './rows-in-order.ts';
import { stepsAfter } from './steps-after.ts';
import type { Tables } from './tables.ts';

/** The minutes of each door are the history; the steps of a store are what its day's curve is drawn from. */
export async function addFlows(sql: Sql, flows: readonly DoorFlow[]): Promise<void> {
  const passed = flows.filter(isSomebody);
  await sql.dialect.insertSoon(sql.db, {
    into: 'minute_flows',
    columns: {
      store_id: 'text',
      door_id: 'text',
      minute_ms: 'integer',
      people_in: 'integer',
      people_out: 'integer',
    },
    ...rowsInOrder(sql.dialect, minutesOf(passed)),
    key: ['store_id', 'door_id', 'minute_ms'],
    adds: ['people_in', 'people_out'],
  });
  await addSteps(
    sql,
    passed.filter((flow) => flow.street),
  );
}

const isSomebody = (flow: DoorFlow): boolean => flow.in !== 0 || flow.out !== 0;

/** The minutes of each zone are the history; the steps of a store are what its day's curve is drawn from. */
export async function addAdjustments(sql: Sql, adjustments: readonly Adjustment[]): Promise<void> {
  const some = adjustments.filter(({ people }) => people !== 0);
  await sql.dialect.insertSoon(sql.db, {
    into: 'zone_adjustments',
    columns: { store_id: 'text', zone_id: 'text', minute_ms: 'integer', people: 'integer' },
    ...rowsInOrder(sql.dialect, adjustedMinutesOf(some)),
    key: ['store_id', 'zone_id', 'minute_ms'],
    adds: ['people'],
  });
  await addSteps(
    sql,
    some.map(({ storeId, atMs, people }) => ({ storeId, atMs, in: 0, out: 0, adjusted: people })),
  );
}

type StepPart = Pick<DoorFlow, 'storeId' | 'atMs' | 'in' | 'out'> & Partial<Pick<Flow, 'adjusted'>>;

async function addSteps(sql: Sql, parts: readonly StepPart[]): Promise<void> {
  const { db, dialect } = sql;
  const steps = rowsInOrder(dialect, stepsOf(parts));
  if (steps.rows.length === 0) return;
  const write = () =>
    dialect.insertSoon(db, {
      into: 'step_flows',
      columns: {
        store_id: 'text',
        step_ms: 'integer',
        people_in: 'integer',
        people_out: 'integer',
        adjusted: 'integer',
      },
      ...steps,
      key: ['store_id', 'step_ms'],
      adds: ['people_in', 'people_out', 'adjusted'],
    });
  const known = dialect.memories.steps;
  await known.written(write, stepsAfter(steps.rows, known.known));
}

const minutesOf = (flows: readonly DoorFlow[]): ReadonlyMap<string, Tables['minute_flows']> =>
  summed(
    flows,
    MINUTE_MS,
    (flow) => `${flow.storeId} ${flow.doorId}`,
    (flow, minute_ms) => ({
      store_id: flow.storeId,
      door_id: flow.doorId,
      minute_ms,
      people_in: 0,
      people_out: 0,
    }),
    (minute, flow) => {
      minute.people_in += flow.in;
      minute.people_out += flow.out;
    },
  );

const adjustedMinutesOf = (
  adjustments: readonly Adjustment[],
): ReadonlyMap<string, Tables['zone_adjustments']> =>
  summed(
    adjustments,
    MINUTE_MS,
    (one) => `${one.storeId} ${one.zoneId}`,
    (one, minute_ms) => ({ store_id: one.storeId, zone_id: one.zoneId, minute_ms, people: 0 }),
    (minute, { people }) => {
      minute.people += people;
    },
  );

const stepsOf = (parts: readonly StepPart[]): ReadonlyMap<string, Tables['step_flows']> =>
  summed(
    parts,
    FLOW_STEP_MS,
    (part) => part.storeId,
    (part, step_ms) => ({ store_id: part.storeId, step_ms, people_in: 0, people_out: 0, adjusted: 0 }),
    (step, part) => {
      step.people_in += part.in;
      step.people_out += part.out;
      step.adjusted += part.adjusted ?? 0;
    },
  );

/** One row a place and step of time, by what its key reads like. */
function summed<Part extends { readonly atMs: number }, Row>(
  parts: readonly Part[],
  stepMs: number,
  placeOf: (part: Part) => string,
  emptyRow: (part: Part, startsAtMs: number) => Row,
  add: (row: Row, part: Part) => void,
): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  // Nearly all parts are of one step, and its time is long to write.
  let written = { startsAtMs: Number.NaN, text: '' };
  for (const part of parts) {
    const startsAtMs = Math.floor(part.atMs / stepMs) * stepMs;
    if (startsAtMs !== written.startsAtMs) written = { startsAtMs, text: ` ${startsAtMs}` };
    const name = placeOf(part) + written.text;
    const known = rows.get(name);
    const row = known ?? emptyRow(part, startsAtMs);
    add(row, part);
    if (known === undefined) rows.set(name, row);
  }
  return rows;
}

export async function flowsOf(
  { db, dialect }: Sql,
  storeId: string,
  fromMs: number,
  untilMs: number,
): Promise<readonly Flow[]> {
  const stepsOfStore = await dialect.memories.steps.recalled(
    [storeId],
    async () => {
      const flows = await db
        .selectFrom('step_flows')
        .select(['step_ms as startsAtMs', 'people_in as in', 'people_out as out', 'adjusted'])
        .where('store_id', '=', storeId)
        .where('step_ms', '>=', fromMs)
        .where('step_ms', '<', untilMs)
        .orderBy('step_ms')
        .execute();
      return new Map([[storeId, { fromMs, untilMs, flows }]]);
    },
    (known) => known.fromMs === fromMs && known.untilMs === untilMs,
  );
  return stepsOfStore(storeId)?.flows ?? [];
}
