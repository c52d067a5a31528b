import type { Painted } from '../../contracts/sign-report.ts';
import type { AlertPainting, SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { keyOnGlass } from '../key-on-glass.ts';

/** `{storeId} {type} {where} {sinceMs}`, as the glass names an alert. */
const ALERT_ON_GLASS = /^([\w-]{1,64}) ([a-z-]+ [\w.:-]{1,128} (\d{1,15}))$/;

/**
 * Keeps which alerts of its own stores stand on a sign's glass. Names in other words are a newer glass's, or nobody's; of
 * alerts that there are none nothing is kept, or a stolen key could fill the database.
 */
export async function keepPaintings(
  tx: Pick<Transaction, 'paintings' | 'structure' | 'counting'>,
  { placeId, storeGroupId }: Pick<SignRecord, 'placeId' | 'storeGroupId'>,
  painted: Painted | null,
  nowMs: number,
): Promise<void> {
  if (storeGroupId === null || painted?.alerts === undefined || painted.alerts.length === 0) return;
  const storeIds = new Set(await tx.structure.storeIdsOfGroup(storeGroupId));
  const paintings = painted.alerts.flatMap((name): AlertPainting[] => {
    const [, storeId = '', alertKey = '', sinceMs = '0'] = ALERT_ON_GLASS.exec(name) ?? [];
    if (!storeIds.has(storeId)) return [];
    // A picture that stands still was painted long ago, but no alert before it was raised.
    const paintedAtMs = Math.min(nowMs, Math.max(nowMs - painted.ageMs, Number(sinceMs)));
    return [{ storeId, alertKey, placeId, paintedAtMs }];
  });
  const states = await tx.counting.readStores(paintings.map(({ storeId }) => storeId));
  const raised = new Map(
    states.map((state) => [state.storeId, new Set(state.alerts.map((alert) => keyOnGlass(alert, state)))]),
  );
  await tx.paintings.keep(paintings.filter(({ storeId, alertKey }) => raised.get(storeId)?.has(alertKey)));
}
