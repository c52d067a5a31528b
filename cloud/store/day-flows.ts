import { type Adjustment, type DoorFlow, FLOW_STEP_MS, type Flow, MINUTE_MS } from '../domain/store-state.ts';
import type { Sql } from './engine.ts';
import { stepsAfter } from './steps-after.ts';
import type { Tables } from './tables.ts';

/** The minutes of each door are the history; the steps of a store are what its day's curve is drawn from. */
export async function addFlows(sql: Sql, flows: readonly DoorFlow[]): Promise<void> {
  const passed = flows.filter((flow) => flow.in !== 0 || flow.out !== 0);
  await sql.dialect.insertSoon(sql.db, {
    into: 'minute_flows',
    columns: {
      store_id: 'text',
      door_id: 'text',
      minute_ms: 'integer',
      people_in: 'integer',
      people_out: 'integer',
    },
    rows: inOrder(sql, minutesOf(passed)),
    key: ['store_id', 'door_id', 'minute_ms'],
    adds: ['people_in', 'people_out'],
  });
  const throughStreet = passed.filter((flow) => flow.street);
  await addSteps(
    sql,
    throughStreet.map((flow) => ({ ...flow, adjusted: 0 })),
  );
}

/** The minutes of each zone are the history; the steps of a store are what its day's curve is drawn from. */
export async function addAdjustments(sql: Sql, adjustments: readonly Adjustment[]): Promise<void> {
  const some = adjustments.filter(({ people }) => people !== 0);
  await sql.dialect.insertSoon(sql.db, {
    into: 'zone_adjustments',
    columns: { store_id: 'text', zone_id: 'text', minute_ms: 'integer', people: 'integer' },
    rows: inOrder(sql, adjustedMinutesOf(some)),
    key: ['store_id', 'zone_id', 'minute_ms'],
    adds: ['people'],
  });
  await addSteps(
    sql,
    some.map(({ storeId, atMs, people }) => ({ storeId, atMs, in: 0, out: 0, adjusted: people })),
  );
}

type StepPart = Pick<DoorFlow, 'storeId' | 'atMs' | 'in' | 'out'> & Pick<Flow, 'adjusted'>;

async function addSteps(sql: Sql, parts: readonly StepPart[]): Promise<void> {
  const { db, dialect } = sql;
  const rows = inOrder(sql, stepsOf(parts));
  if (rows.length === 0) return;
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
      rows,
      key: ['store_id', 'step_ms'],
      adds: ['people_in', 'people_out', 'adjusted'],
    });
  const { steps } = dialect.memories;
  await steps.written(write, stepsAfter(rows, steps.known));
}

const minutesOf = (flows: readonly DoorFlow[]): ReadonlyMap<string, Tables['minute_flows']> =>
  summed(
    flows,
    (flow) => `${flow.storeId} ${flow.doorId} ${startOf(flow, MINUTE_MS)}`,
    (flow) => ({
      store_id: flow.storeId,
      door_id: flow.doorId,
      minute_ms: startOf(flow, MINUTE_MS),
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
    (one) => `${one.storeId} ${one.zoneId} ${startOf(one, MINUTE_MS)}`,
    (one) => ({
      store_id: one.storeId,
      zone_id: one.zoneId,
      minute_ms: startOf(one, MINUTE_MS),
      people: 0,
    }),
    (minute, { people }) => {
      minute.people += people;
    },
  );

const stepsOf = (parts: readonly StepPart[]): ReadonlyMap<string, Tables['step_flows']> =>
  summed(
    parts,
    (part) => `${part.storeId} ${startOf(part, FLOW_STEP_MS)}`,
    (part) => ({
      store_id: part.storeId,
      step_ms: startOf(part, FLOW_STEP_MS),
      people_in: 0,
      people_out: 0,
      adjusted: 0,
    }),
    (step, part) => {
      step.people_in += part.in;
      step.people_out += part.out;
      step.adjusted += part.adjusted;
    },
  );

const startOf = ({ atMs }: { readonly atMs: number }, stepMs: number) => Math.floor(atMs / stepMs) * stepMs;

/** One row a name. */
function summed<Part, Row>(
  parts: readonly Part[],
  nameOf: (part: Part) => string,
  emptyRow: (part: Part) => Row,
  add: (row: Row, part: Part) => void,
): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  for (const part of parts) {
    const name = nameOf(part);
    const row = rows.get(name) ?? emptyRow(part);
    add(row, part);
    rows.set(name, row);
  }
  return rows;
}

/** In one order for all transactions, so that no two wait for each other in a circle. */
const inOrder = <Row>({ dialect }: Sql, rows: ReadonlyMap<string, Row>): Row[] =>
  dialect.aloneInTransaction
    ? [...rows.values()]
    : [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);

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
