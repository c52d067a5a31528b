import type { TransferKind } from '../../contracts/transfer.ts';
import type { Transaction } from '../../store/port.ts';
import { doorsTable } from './door-table.ts';
import type { Plan } from './plan.ts';
import { planSigns, SIGNS_REQUIRED, signsSchema } from './plan-signs.ts';
import { planStores } from './plan-stores.ts';
import { readTable } from './read-table.ts';
import { sensorsTable } from './sensor-table.ts';
import type { StoreTable } from './store-draft.ts';
import { storesTable } from './store-table.ts';
import { zonesTable } from './zone-table.ts';

export const STORE_TABLES: Readonly<Record<Exclude<TransferKind, 'signs'>, StoreTable>> = {
  stores: storesTable,
  zones: zonesTable,
  doors: doorsTable,
  sensors: sensorsTable,
};

export const columnsOf = (kind: TransferKind): string[] =>
  Object.keys(kind === 'signs' ? signsSchema.shape : STORE_TABLES[kind].schema.shape);

/** What a table would change. Reading it needs nothing else; what comes of it depends on what is there. */
export function plannedBy(kind: TransferKind, bytes: Uint8Array): (tx: Transaction) => Promise<Plan> {
  const columns = columnsOf(kind);
  if (kind === 'signs') {
    const table = readTable(bytes, { columns, required: SIGNS_REQUIRED });
    return (tx) => planSigns(tx, table);
  }
  const storeTable = STORE_TABLES[kind];
  const table = readTable(bytes, { columns, required: storeTable.required });
  return (tx) => planStores(tx, storeTable, table);
}
