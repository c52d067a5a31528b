import type { Store } from '../../store/port.ts';

/** A sign reports each minute and on each change: more than one a second is not for long. */
const ONE_EACH_MS = 1_000;
const AT_ONCE = 60;
const MAX_REMEMBERED = 20_000;

/** When its sixty reports at once are all to be had again, Unix ms; a sign that is not in here has them all. */
type FullAtMs = Map<string, number>;

export type ReportPace = {
  /** Seconds until this sign may report; 0: now, and then it counts. */
  waitSeconds(signId: string, nowMs: number): number;
};

/** What one sign can make the database write. Each instance counts for itself, and forgets who came first. */
export function reportPace(fullAtMs: FullAtMs): ReportPace {
  return {
    waitSeconds(signId, nowMs) {
      const owed = Math.max((fullAtMs.get(signId) ?? nowMs) - nowMs, 0);
      // More than all of them is owed only where the clock was set back: then nobody knows what is.
      const owedMs = owed > AT_ONCE * ONE_EACH_MS ? 0 : owed;
      const after = owedMs + ONE_EACH_MS;
      const overMs = after - AT_ONCE * ONE_EACH_MS;
      if (overMs > 0) return Math.ceil(overMs / 1_000);
      fullAtMs.delete(signId);
      fullAtMs.set(signId, nowMs + after);
      const [oldest] = fullAtMs.size > MAX_REMEMBERED ? fullAtMs.keys() : [];
      if (oldest !== undefined) fullAtMs.delete(oldest);
      return 0;
    },
  };
}

const ofStores = new WeakMap<Store, ReportPace>();

/** One for each store: handlers are made anew for each call. */
export function reportPaceOf(store: Store): ReportPace {
  const known = ofStores.get(store) ?? reportPace(new Map());
  ofStores.set(store, known);
  return known;
}
