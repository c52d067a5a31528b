import type { Store } from '../../store/port.ts';

/** What a report brought that people would see: nothing, the sign's state, or only what else is shown of it. */
export type News = 'none' | 'state' | 'seen';

const UNPLACED_EVERY_MS = 30_000;
const SEEN_EVERY_MS = 5_000;
const MAX_REMEMBERED = 20_000;

type Told = { readonly atMs: number; readonly isOwed: boolean };

export type ToldNews = {
  /** Whether people have yet to hear of a change that was held back. */
  isOwed(signId: string): boolean;
  /** Whether they are told now; what is held back is told with the first report after its time. */
  mayTell(report: { signId: string; isPlaced: boolean; news: News; nowMs: number }): boolean;
};

/** Bounds what one sign can make the cloud push to everybody who watches. Each instance counts for itself. */
export function toldNews(told: Map<string, Told>): ToldNews {
  const isOwed = (signId: string) => told.get(signId)?.isOwed ?? false;
  const remember = (signId: string, one: Told) => {
    told.delete(signId);
    told.set(signId, one);
    const [oldest] = told.size > MAX_REMEMBERED ? told.keys() : [];
    if (oldest !== undefined) told.delete(oldest);
  };
  return {
    isOwed,
    mayTell({ signId, isPlaced, news, nowMs }) {
      if (news === 'none' && !isOwed(signId)) return false;
      const last = told.get(signId);
      const everyMs = isPlaced ? SEEN_EVERY_MS : UNPLACED_EVERY_MS;
      const isAtOnce = isPlaced && news === 'state';
      const isTold = last === undefined || isAtOnce || nowMs - last.atMs >= everyMs;
      remember(signId, isTold ? { atMs: nowMs, isOwed: false } : { ...last, isOwed: true });
      return isTold;
    },
  };
}

const ofStores = new WeakMap<Store, ToldNews>();

/** One for each store: handlers are made anew for each call. */
export function toldNewsOf(store: Store): ToldNews {
  const known = ofStores.get(store) ?? toldNews(new Map());
  ofStores.set(store, known);
  return known;
}
