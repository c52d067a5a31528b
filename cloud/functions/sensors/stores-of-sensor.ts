import type { Transaction } from '../../store/port.ts';

/** The stores that name a sensor now. */
export async function storesOfSensor(
  tx: Pick<Transaction, 'structure'>,
  sensorId: string,
): Promise<readonly string[]> {
  const placements = await tx.structure.placementsOf([sensorId]);
  const open = placements.filter(({ untilMs }) => untilMs === null);
  return [...new Set(open.map(({ storeId }) => storeId))];
}
