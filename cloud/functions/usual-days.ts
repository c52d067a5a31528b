import { rawCountOf, type StoreState, type UsualDay } from '../domain/store-state.ts';
import { type DaysLike, daysLike, usualCurve } from '../domain/usual-day.ts';
import type { Transaction } from '../store/port.ts';

export type UsualDayOf = (state: StoreState) => Promise<UsualDay>;

/** What is usual on the days of stores. Days are looked for once a time zone: of those a fleet has few. */
export function usualDays(tx: Transaction, nowMs: number): UsualDayOf {
  const known = new Map<string, DaysLike>();
  return async (state) => {
    const { storeId, timeZone, today, doors, limits } = state;
    const name = `${timeZone} ${today.startsAtMs}`;
    const like = known.get(name) ?? daysLike(timeZone, today);
    known.set(name, like);
    const curve = usualCurve({
      like,
      changes: await tx.history.changesBetween(storeId, like.cutsMs),
      rawCount: rawCountOf(state),
      staff: limits.staff,
      isMeasured: doors.length === 0,
    });
    return { day: today.day, lookedAtMs: nowMs, curve };
  };
}
