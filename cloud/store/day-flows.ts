import { type Adjustment, type DoorFlow, FLOW_STEP_MS, type Flow, MINUTE_MS } from '../domain/store-state.ts';
import type { Sql } from './engine.ts';
import type { Tables } from './tables.ts';

/** The minutes of each door are the history; the steps of a store are what its day's curve is drawn from. */
export async function addFlows({ db, dialect }: Sql, flows: readonly DoorFlow[]): Promise<void> {
  const passed = flows.filter((flow) => flow.in !== 0 || flow.out !== 0);
  await dialect.insertRows(db, {
    into: 'minute_flows',
    columns: {
      store_id: 'text',
      door_id: 'text',
      minute_ms: 'integer',
      people_in: 'integer',
      people_out: 'integer',
    },
    rows: minutesOf(passed),
    key: ['store_id', 'door_id', 'minute_ms'],
    adds: ['people_in', 'people_out'],
  });
  const throughStreet = passed.filter((flow) => flow.street);
  await addSteps(
    { db, dialect },
    throughStreet.map((flow) => ({ ...flow, adjusted: 0 })),
  );
}

/** The minutes of each zone are the history; the steps of a store are what its day's curve is drawn from. */
export async function addAdjustments(
  { db, dialect }: Sql,
  adjustments: readonly Adjustment[],
): Promise<void> {
  const some = adjustments.filter(({ people }) => people !== 0);
  await dialect.insertRows(db, {
    into: 'zone_adjustments',
    columns: { store_id: 'text', zone_id: 'text', minute_ms: 'integer', people: 'integer' },
    rows: adjustedMinutesOf(some),
    key: ['store_id', 'zone_id', 'minute_ms'],
    adds: ['people'],
  });
  await addSteps(
    { db, dialect },
    some.map(({ storeId, atMs, people }) => ({ storeId, atMs, in: 0, out: 0, adjusted: people })),
  );
}

type StepPart = Pick<DoorFlow, 'storeId' | 'atMs' | 'in' | 'out'> & Pick<Flow, 'adjusted'>;

async function addSteps({ db, dialect }: Sql, parts: readonly StepPart[]): Promise<void> {
  await dialect.insertRows(db, {
    into: 'step_flows',
    columns: {
      store_id: 'text',
      step_ms: 'integer',
      people_in: 'integer',
      people_out: 'integer',
      adjusted: 'integer',
    },
    rows: stepsOf(parts),
    key: ['store_id', 'step_ms'],
    adds: ['people_in', 'people_out', 'adjusted'],
  });
}

const minutesOf = (flows: readonly DoorFlow[]): Tables['minute_flows'][] =>
  grouped(flows, (flow) => `${flow.storeId} ${flow.doorId} ${startOf(flow, MINUTE_MS)}`).map(
    ([flow, all]) => ({
      store_id: flow.storeId,
      door_id: flow.doorId,
      minute_ms: startOf(flow, MINUTE_MS),
      people_in: sumOf(all, (one) => one.in),
      people_out: sumOf(all, (one) => one.out),
    }),
  );

const adjustedMinutesOf = (adjustments: readonly Adjustment[]): Tables['zone_adjustments'][] =>
  grouped(adjustments, (one) => `${one.storeId} ${one.zoneId} ${startOf(one, MINUTE_MS)}`).map(
    ([one, all]) => ({
      store_id: one.storeId,
      zone_id: one.zoneId,
      minute_ms: startOf(one, MINUTE_MS),
      people: sumOf(all, ({ people }) => people),
    }),
  );

const stepsOf = (parts: readonly StepPart[]): Tables['step_flows'][] =>
  grouped(parts, (part) => `${part.storeId} ${startOf(part, FLOW_STEP_MS)}`).map(([part, all]) => ({
    store_id: part.storeId,
    step_ms: startOf(part, FLOW_STEP_MS),
    people_in: sumOf(all, (one) => one.in),
    people_out: sumOf(all, (one) => one.out),
    adjusted: sumOf(all, (one) => one.adjusted),
  }));

const startOf = ({ atMs }: { readonly atMs: number }, stepMs: number) => Math.floor(atMs / stepMs) * stepMs;

const sumOf = <Part>(parts: readonly Part[], people: (part: Part) => number) =>
  parts.reduce((sum, part) => sum + people(part), 0);

/** By name, each with its first; in one order for all transactions, so that no two wait for each other in a circle. */
function grouped<Part>(parts: readonly Part[], nameOf: (part: Part) => string): [Part, Part[]][] {
  const groups = [...Map.groupBy(parts, nameOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.flatMap(([, all]) => (all[0] === undefined ? [] : [[all[0], all]]));
}

export async function flowsOf(
  { db }: Sql,
  storeId: string,
  fromMs: number,
  untilMs: number,
): Promise<Flow[]> {
  return db
    .selectFrom('step_flows')
    .select(['step_ms as startsAtMs', 'people_in as in', 'people_out as out', 'adjusted'])
    .where('store_id', '=', storeId)
    .where('step_ms', '>=', fromMs)
    .where('step_ms', '<', untilMs)
    .orderBy('step_ms')
    .execute();
}
