import { darkSince, hasDarkSign, SILENT_FOR_MS, unalarmedUntilMs } from '../domain/dark-sign.ts';
import type { StoreState } from '../domain/store-state.ts';
import type { Store, Transaction } from '../store/port.ts';
import { stateNow } from './fleet/listed-signs.ts';
import { presenceOf } from './fleet/presence-of.ts';

/** By store, since when the one of its signs is dark that is so for longest. */
export type DarkSigns = ReadonlyMap<string, number>;

/**
 * The signs that are dark now, by the store that answers for them: the first one of their group, so that one alarms and
 * not all. A store that answers for none is not in here.
 */
async function darkSigns(tx: Transaction, runsSinceMs: number, nowMs: number): Promise<Seen> {
  const { sinceOfGroup, silent } = await darkGroups(tx, nowMs);
  const dark = new Map<string, number>();
  if (sinceOfGroup.size > 0) {
    for (const { storeGroupId, storeId } of await tx.structure.firstStoresOf([...sinceOfGroup.keys()])) {
      const atMs = darkSince(sinceOfGroup.get(storeGroupId) ?? nowMs, runsSinceMs);
      dark.set(storeId, Math.min(dark.get(storeId) ?? atMs, atMs));
    }
  }
  return {
    dark,
    runsSinceMs,
    atMs: nowMs,
    forMs: Math.min(MAX_SEEN_FOR_MS, Math.floor(silent / SILENT_A_SECOND) * 1_000),
  };
}

type Seen = {
  readonly dark: DarkSigns;
  readonly runsSinceMs: number;
  readonly atMs: number;
  readonly forMs: number;
};

/** At night a whole fleet is switched off: it is looked at the more seldom, the more signs are silent. */
const SILENT_A_SECOND = 200;
const MAX_SEEN_FOR_MS = 15_000;
const ofStores = new WeakMap<Store, Seen>();

/** The same, or what was found a moment ago where it is much to look at. */
export async function darkSignsOf(
  store: Store,
  tx: Transaction,
  runsSinceMs: number,
  nowMs: number,
): Promise<DarkSigns> {
  const seen = ofStores.get(store);
  const ageMs = nowMs - (seen?.atMs ?? 0);
  if (seen?.runsSinceMs === runsSinceMs && ageMs >= 0 && ageMs < seen.forMs) return seen.dark;
  const anew = await darkSigns(tx, runsSinceMs, nowMs);
  ofStores.set(store, anew);
  const before = seen && looksOf.get(seen.dark);
  looksOf.set(anew.dark, new Map([...(before ?? [])].filter(([storeId]) => anew.dark.has(storeId))));
  return anew.dark;
}

/** What a store was found to be, and for how long that holds as long as its sign is dark since the same moment. */
type Look = { readonly darkSinceMs: number; readonly atMs: number; readonly untilMs: number };
const looksOf = new WeakMap<DarkSigns, Map<string, Look>>();

/** The stores of which the signs alarm from now on. A chain with its signs off is not read anew each second. */
export async function newlyDark(tx: Transaction, dark: DarkSigns, nowMs: number): Promise<readonly string[]> {
  const looks = looksOf.get(dark) ?? new Map<string, Look>();
  const due = [...dark].filter(([storeId, sinceMs]) => !holds(looks.get(storeId), sinceMs, nowMs));
  if (due.length === 0) return [];
  const alarmed: string[] = [];
  for (const state of await tx.counting.readStores(due.map(([storeId]) => storeId))) {
    const { storeId } = state;
    const darkSinceMs = dark.get(storeId) ?? nowMs;
    // Not remembered: whether it is kept is not known yet.
    if (!state.hasDarkSign && withSigns(state, dark, nowMs).hasDarkSign) alarmed.push(storeId);
    else
      looks.set(storeId, { darkSinceMs, atMs: nowMs, untilMs: unalarmedUntilMs(state, darkSinceMs, nowMs) });
  }
  return alarmed;
}

const holds = (look: Look | undefined, darkSinceMs: number, nowMs: number): boolean =>
  look?.darkSinceMs === darkSinceMs && look.atMs <= nowMs && nowMs < look.untilMs;

/** The store with what its signs come to. */
export const withSigns = (state: StoreState, dark: DarkSigns, nowMs: number): StoreState => ({
  ...state,
  hasDarkSign: hasDarkSign(state, dark.get(state.storeId), nowMs),
});

async function darkGroups(
  tx: Transaction,
  nowMs: number,
): Promise<{ readonly sinceOfGroup: ReadonlyMap<string, number>; readonly silent: number }> {
  const silent = await tx.signs.silentSigns(nowMs - SILENT_FOR_MS);
  const asked = silent.filter(({ settings }) => settings.muted !== true);
  const sinceOfGroup = new Map<string, number>();
  if (asked.length === 0) return { sinceOfGroup, silent: silent.length };
  const presence = await presenceOf(
    tx,
    asked.map(({ signId }) => signId),
  );
  for (const sign of asked) {
    const { signId, storeGroupId } = sign;
    const { state, sinceMs } = stateNow(sign, presence(signId), nowMs);
    if (storeGroupId === null || state !== 'dark') continue;
    sinceOfGroup.set(storeGroupId, Math.min(sinceOfGroup.get(storeGroupId) ?? sinceMs, sinceMs));
  }
  return { sinceOfGroup, silent: silent.length };
}
