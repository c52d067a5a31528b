import { isDeepStrictEqual } from 'node:util';
import { type StoreDescription, storeDescriptionSchema } from '../../contracts/store-description.ts';
import type { TransferChange, TransferProblem } from '../../contracts/transfer.ts';
import { storeDayAt } from '../../domain/day.ts';
import type { Transaction } from '../../store/port.ts';
import { endKeysOfMoved } from '../ingest-key.ts';
import { keepAudit } from '../people/audit.ts';
import { type ProblemsOfStore, storeProblems } from './check-store.ts';
import { byRow, NOBODY_TO_TELL, type Plan } from './plan.ts';
import type { Table } from './read-table.ts';
import { parsedRows, problemOf } from './rows.ts';
import { draftOf, type PlannedRow, type StoreRow, type StoreTable } from './store-draft.ts';
import { takenSensors } from './taken-sensors.ts';

type PlannedStore = {
  readonly storeId: string;
  readonly before: StoreDescription | undefined;
  readonly after: StoreDescription | undefined;
  readonly changes: readonly TransferChange[];
};

/** What the stores would become. */
export async function planStores(tx: Transaction, kind: StoreTable, table: Table): Promise<Plan> {
  const { rows, problems } = parsedRows(table, kind.schema);
  const planned = rows.flatMap(({ source, values }) => {
    const row = kind.rowOf(values);
    return row === undefined ? [] : [{ ...row, source }];
  });
  const single = withoutRepeated(planned, problems);
  const stores: PlannedStore[] = [];
  for (const [storeId, ofStore] of Map.groupBy(single, (row) => row.storeId)) {
    const before = await tx.structure.storeDescription(storeId);
    if (before !== undefined || kind.makesStores)
      stores.push(plannedStore(storeId, before, ofStore, problems));
    else problems.push(...ofStore.map(({ source }) => problemOf(source, 'store', 'a store that exists')));
  }
  problems.push(...(await takenSensors(tx, stores, single)));
  const changed = stores.filter(({ changes }) => changes.some(({ what }) => what !== 'same'));
  const touched = new Set(
    changed.flatMap(({ changes }) => changes.filter(({ what }) => what !== 'same').map(({ row }) => row)),
  );
  return {
    rows: table.rows.length,
    changes: stores.flatMap(({ changes }) => changes).sort(byRow),
    problems: problems.sort(byRow),
    sensorIds: [
      ...new Set(
        single.flatMap(({ sensorId, source }) => (sensorId && touched.has(source.row) ? [sensorId] : [])),
      ),
    ],
    async keep(tx, caller, nowMs) {
      for (const { storeId, before, after } of changed) {
        if (after === undefined) continue;
        const today = storeDayAt(after.timeZone, nowMs);
        await tx.structure.putStore(storeId, after, { today, nowMs });
        await keepAudit(tx, caller, nowMs, { act: 'store-kept', subject: `store:${storeId}`, before, after });
        await endKeysOfMoved(tx, before, after);
      }
      return NOBODY_TO_TELL;
    },
  };
}

function plannedStore(
  storeId: string,
  before: StoreDescription | undefined,
  rows: readonly PlannedRow[],
  problems: TransferProblem[],
): PlannedStore {
  const draft = draftOf(before);
  for (const row of rows) {
    const misfit = row.put(draft);
    if (misfit !== undefined) problems.push(problemOf(row.source, misfit.column, misfit.expected));
  }
  const parsed = storeDescriptionSchema.safeParse(draft);
  if (!parsed.success) {
    const found: ProblemsOfStore = { draft, issues: parsed.error.issues, rows, known: problems };
    problems.push(...storeProblems(found));
    return { storeId, before, after: undefined, changes: [] };
  }
  const bad = new Set(problems.map(({ row }) => row));
  const changes = rows
    .filter(({ source }) => !bad.has(source.row))
    .map((row) => ({ row: row.source.row, what: whatOf(row, before, parsed.data), subject: row.subject }));
  return { storeId, before, after: parsed.data, changes };
}

function whatOf(
  row: StoreRow,
  before: StoreDescription | undefined,
  after: StoreDescription,
): TransferChange['what'] {
  const was = before && row.subjectIn(before);
  if (was === undefined) return 'new';
  return isDeepStrictEqual(was, row.subjectIn(after)) ? 'same' : 'changed';
}

/** The first row of each subject; the others are told of. */
function withoutRepeated(rows: readonly PlannedRow[], problems: TransferProblem[]): PlannedRow[] {
  const first = new Map<string, number>();
  return rows.filter(({ subject, source }) => {
    const known = first.get(subject);
    if (known === undefined) first.set(subject, source.row);
    else problems.push(problemOf(source, 'id', `a row for each; row ${known} says something of it already`));
    return known === undefined;
  });
}
