import type { StoreDescription } from '../../contracts/store-description.ts';
import type { TransferProblem } from '../../contracts/transfer.ts';
import type { Transaction } from '../../store/port.ts';
import { problemOf } from './rows.ts';
import type { PlannedRow } from './store-draft.ts';

const ASKED_AT_ONCE = 500;

type Stores = readonly { readonly storeId: string; readonly after: StoreDescription | undefined }[];

/** A sensor counts for one store: rows that would take one from another store, or give one to two. */
export async function takenSensors(
  tx: Transaction,
  stores: Stores,
  rows: readonly PlannedRow[],
): Promise<TransferProblem[]> {
  const known = new Set(stores.map(({ storeId }) => storeId));
  const bringing = rows.filter(({ sensorId, storeId }) => sensorId !== undefined && known.has(storeId));
  const owners = await storesOf(tx, [...new Set(bringing.map(({ sensorId }) => sensorId ?? ''))]);
  return bringing.flatMap(({ sensorId = '', storeId, source }) => {
    const owner = owners.get(sensorId);
    if (owner === undefined) owners.set(sensorId, storeId);
    if (owner === undefined || owner === storeId) return [];
    return [problemOf(source, 'id', `a sensor of this store; this one belongs to the store ${owner}`)];
  });
}

async function storesOf(tx: Transaction, sensorIds: readonly string[]): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  for (let start = 0; start < sensorIds.length; start += ASKED_AT_ONCE) {
    const placements = await tx.structure.placementsOf(sensorIds.slice(start, start + ASKED_AT_ONCE));
    for (const { sensorId, storeId, untilMs } of placements)
      if (untilMs === null) owners.set(sensorId, storeId);
  }
  return owners;
}
