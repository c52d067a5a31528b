import { lastResetMs, nextResetMs } from '../domain/daily-reset.ts';
import { previousDay } from '../domain/day.ts';
import { imbalancedDoors } from '../domain/drift.ts';
import { changedStore, isJudged, type Reviewed, storeAfter } from '../domain/store-after.ts';
import type { StoreState } from '../domain/store-state.ts';
import { isUsualDue, shownUsual } from '../domain/usual-day.ts';
import type { Transaction } from '../store/port.ts';
import { balanceOfDay } from './balance-of-day.ts';
import { correctStore, type ZoneCorrection } from './correct-store.ts';
import { type DarkSigns, withSigns } from './dark-signs.ts';
import { type UsualDayOf, usualDays } from './usual-days.ts';

/** Looks at stores whose time has come: see `StoreState.reviewAtMs`. `dark`: its signs, as the caller just saw them. */
export async function reviewStores(
  tx: Transaction,
  storeIds: readonly string[],
  dark: DarkSigns,
  now: () => number,
): Promise<void> {
  const states = await tx.counting.lockStores(storeIds);
  const nowMs = now();
  const usualDayOf = usualDays(tx, nowMs);
  const all: Reviewed[] = [];
  for (const before of states) {
    const after = await reviewedStore(tx, before, { dark, usualDayOf, nowMs });
    const due = after.state.push.due || after.state.revision !== before.revision;
    all.push({ ...after, state: { ...after.state, push: { ...after.state.push, due } } });
  }
  await tx.counting.saveUsualDays(
    all.flatMap(({ state }, index) => (state.usual === states[index]?.usual ? [] : [state])),
  );
  await tx.counting.saveStoreStates(all.map(({ state }) => state));
  await tx.history.addAlertEvents(
    all.flatMap(({ state: { storeId }, happenings }) =>
      happenings.map((happening) => ({ ...happening, storeId })),
    ),
  );
}

type Review = {
  readonly dark: DarkSigns;
  readonly usualDayOf: UsualDayOf;
  readonly nowMs: number;
};

async function reviewedStore(
  tx: Transaction,
  before: StoreState,
  { dark, usualDayOf, nowMs }: Review,
): Promise<Reviewed> {
  const { state, happenings } = changedStore(before, withSigns(before, dark, nowMs), nowMs);
  const looked = isUsualDue(state, nowMs) ? { ...state, usual: await usualDayOf(state) } : state;
  const judged = isJudged(looked) ? looked : await judgedStore(tx, looked);
  const { dailyReset, nextResetAtMs } = judged;
  if (dailyReset === null || nextResetAtMs === null || nextResetAtMs > nowMs) {
    return judged === state
      ? { state, happenings }
      : joined(happenings, changedStore(state, judged, nowMs), before);
  }
  // Only the latest of those that were missed says anything of the count now.
  const atMs = lastResetMs(judged.timeZone, dailyReset.at, nowMs);
  const corrections = judged.zones
    .filter((zone) => zone.sensors.length === 0)
    .map((zone, index): ZoneCorrection => {
      const people = index === 0 ? dailyReset.to : 0;
      return { kind: 'reset', zoneId: zone.id, people, atMs, by: null, why: '' };
    });
  const change = await correctStore(tx, judged, corrections, nowMs);
  const next = { ...judged, nextResetAtMs: nextResetMs(judged.timeZone, dailyReset.at, nowMs) };
  const isUsualNew = shownUsual(judged) !== shownUsual(state);
  const told = storeAfter(next, { ...change, today: change.today || isUsualNew }, nowMs);
  return joined(happenings, told, before);
}

/** However many steps it took, for a sign it is one. */
function joined(earlier: Reviewed['happenings'], last: Reviewed, before: StoreState): Reviewed {
  const revision = Math.min(last.state.revision, before.revision + 1);
  return { state: { ...last.state, revision }, happenings: [...earlier, ...last.happenings] };
}

async function judgedStore(tx: Transaction, state: StoreState): Promise<StoreState> {
  // A store that is new has had no whole day.
  if (state.judgedDay === null) return { ...state, judgedDay: state.today.day };
  const report = await balanceOfDay(tx, state, previousDay(state.timeZone, state.today));
  return { ...state, imbalancedDoors: imbalancedDoors(report), judgedDay: state.today.day };
}
