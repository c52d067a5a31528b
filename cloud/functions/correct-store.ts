import type { CorrectionRecord } from '../contracts/correction.ts';
import { corrected, netSince } from '../domain/corrections.ts';
import type { Change } from '../domain/store-after.ts';
import type { StoreState, ZoneState } from '../domain/store-state.ts';
import { MINUTE_MS } from '../domain/store-state.ts';
import type { Transaction } from '../store/port.ts';
import { type CausedAdjustment, datedAdjustments } from './dated-adjustments.ts';

export type ZoneCorrection = Pick<CorrectionRecord, 'kind' | 'zoneId' | 'people' | 'atMs' | 'by' | 'why'>;

/**
 * Puts zones right and keeps each correction on record; gives what changed, for `storeAfter`. The caller holds the store.
 * `atMs` of a correction is now, or a whole minute: then what came since is told exactly from what came before.
 */
export async function correctStore(
  tx: Transaction,
  state: StoreState,
  corrections: readonly ZoneCorrection[],
  nowMs: number,
): Promise<Change> {
  const zones = new Map<string, ZoneState>(state.zones.map((zone) => [zone.id, zone]));
  const adjustments: CausedAdjustment[] = [];
  const records: Omit<CorrectionRecord, 'number'>[] = [];
  for (const correction of corrections) {
    const { zoneId, kind, people, atMs } = correction;
    const zone = zones.get(zoneId);
    if (zone === undefined) continue;
    const since = atMs % MINUTE_MS === 0 ? await netOf(tx, state, zoneId, atMs) : 0;
    const result = corrected(zone, { kind: kind === 'add' ? 'add' : 'set', people, atMs }, since);
    zones.set(zoneId, result.zone);
    for (const one of result.adjustments)
      adjustments.push({ storeId: state.storeId, zoneId, ...one, causedAtMs: atMs });
    records.push({
      storeId: state.storeId,
      ...correction,
      before: result.before,
      after: result.after,
      madeAtMs: nowMs,
    });
  }
  const dated = await datedAdjustments(tx, adjustments);
  await tx.counting.addAdjustments(dated);
  await tx.history.addCorrections(records);
  return {
    zones: state.zones.map((zone) => zones.get(zone.id) ?? zone),
    today: dated.some(
      ({ atMs, people }) => people !== 0 && state.today.startsAtMs <= atMs && atMs < state.today.endsAtMs,
    ),
  };
}

/** How much a zone has changed since a whole minute. What else put it right in that very minute came before. */
async function netOf(tx: Transaction, state: StoreState, zoneId: string, sinceMs: number): Promise<number> {
  const doorSums = await tx.history.doorSumsSince(state.storeId, sinceMs);
  const zoneSums = await tx.history.zoneSumsSince(state.storeId, sinceMs + MINUTE_MS);
  return netSince(state.doors, state.zones, doorSums, zoneSums).get(zoneId) ?? 0;
}
