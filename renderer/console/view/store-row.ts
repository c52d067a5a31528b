import type { Fleet, ListedSign, SignState } from '../../../cloud/contracts/fleet.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';
import type { OccupancyState, Snapshot, SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { type Freshness, freshnessAt } from '../../../cloud/domain/freshness.ts';
import { type AlertLine, alertLine, worstAlert } from './alert-words.ts';
import { isClosedAt } from './opening-words.ts';

export type SignsSum = {
  readonly total: number;
  readonly fresh: number;
  /** The worst state that is not fresh, and how many are in it. */
  readonly worst: { readonly state: SignState; readonly count: number } | null;
};

/** As on the glass; `closed` by its opening hours, whatever is counted. */
export type StoreState = OccupancyState | 'closed';

/** A store as one line. */
export type StoreRow = {
  readonly storeId: string;
  readonly name: string;
  readonly content: SnapshotContent;
  readonly storeGroups: readonly string[];
  /** `unknown` as soon as the count is not live, as on the glass. */
  readonly state: StoreState;
  readonly freshness: Freshness;
  /** When the count was true, by the server's clock. */
  readonly trueAtMs: number | null;
  readonly alert: AlertLine | null;
  /** Alerts that nobody answered, and since when the oldest of them waits. */
  readonly unanswered: number;
  readonly waitsSinceMs: number | null;
  readonly signs: SignsSum;
};

export type Section = 'needs' | 'watch' | 'fine';
export const SECTION_WORDS: Readonly<Record<Section, string>> = {
  needs: 'Needs a person',
  watch: 'Worth watching',
  fine: 'As it should be',
};

/** Made once: to compare two words without it makes one each time. */
export const inEnglish = new Intl.Collator('en');

/** All stores, the worst first. */
export function storeRows(overview: Overview, fleet: Fleet | null, nowMs: number): readonly StoreRow[] {
  const placed = Map.groupBy((fleet?.signs ?? []).filter(isPlaced), ({ storeGroupId }) => storeGroupId);
  const rows = overview.stores.map(({ snapshot, storeGroups }) => {
    const signs = [...new Set(storeGroups)].flatMap((group) => placed.get(group) ?? []);
    return storeRow(snapshot, storeGroups, signs, nowMs);
  });
  return rows.toSorted(
    (one, other) =>
      rank(one) - rank(other) ||
      (one.waitsSinceMs ?? Number.POSITIVE_INFINITY) - (other.waitsSinceMs ?? Number.POSITIVE_INFINITY) ||
      inEnglish.compare(one.name, other.name),
  );
}

export function storeRow(
  { content, proof }: Snapshot,
  storeGroups: readonly string[],
  signs: readonly ListedSign[],
  nowMs: number,
): StoreRow {
  const byAge = freshnessAt(proof, nowMs - proof.sentAtMs);
  // With every door silent no proof can make the count live.
  const freshness = content.state === 'unknown' && isLive(byAge) ? 'stale' : byAge;
  const asking = content.alerts.filter(({ acknowledgedBy }) => acknowledgedBy === null);
  const worst = worstAlert(content.alerts);
  return {
    storeId: content.store.id,
    name: content.store.name,
    content,
    storeGroups,
    state: isClosedAt(content, nowMs) ? 'closed' : isLive(freshness) ? content.state : 'unknown',
    freshness,
    trueAtMs: proof.ageMs === null ? null : proof.sentAtMs - proof.ageMs,
    alert: worst === null ? null : alertLine(worst, content, nowMs),
    unanswered: asking.length,
    waitsSinceMs: asking.length === 0 ? null : Math.min(...asking.map(({ sinceMs }) => sinceMs)),
    signs: signsSum(signs),
  };
}

export function sectionOf(row: StoreRow): Section {
  const { state, signs } = row;
  if (state === 'unknown' || state === 'over' || state === 'full') return 'needs';
  if (state !== 'closed' && signs.worst?.state === 'dark') return 'needs';
  if (row.unanswered > 0) return 'watch';
  // Nobody wonders that doors are silent and signs dark in a store that is closed.
  if (state === 'closed') return 'fine';
  if (state === 'nearly' || signs.worst !== null || row.freshness !== 'live') return 'watch';
  return 'fine';
}

export const isLive = (freshness: Freshness): boolean => freshness === 'live' || freshness === 'ageing';

/** Neither revoked nor replaced. */
export const isPlaced = ({ revokedAtMs, replacedBy }: ListedSign): boolean =>
  revokedAtMs === null && replacedBy === null;

const WORST_SIGNS: readonly SignState[] = ['dark', 'stale', 'still', 'unknown'];
export function signsSum(signs: readonly ListedSign[]): SignsSum {
  const count = (state: SignState) => signs.filter((sign) => sign.state === state).length;
  const worst = WORST_SIGNS.find((state) => count(state) > 0);
  return {
    total: signs.length,
    fresh: count('fresh'),
    worst: worst === undefined ? null : { state: worst, count: count(worst) },
  };
}

function rank(row: StoreRow): number {
  const { state } = row;
  const section = sectionOf(row);
  if (section === 'fine') return state === 'closed' ? 21 : 20;
  if (section === 'watch') return state === 'nearly' ? 10 : 11;
  return { unknown: 0, over: 1, full: 2, nearly: 3, open: 3, closed: 3 }[state];
}
