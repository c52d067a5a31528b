import type { Opening } from '../../../cloud/contracts/opening-hours.ts';
import type { DisplaySchedule } from '../../../cloud/contracts/sign-report.ts';
import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { closedSince } from './closing.ts';
import { isOnDisplay } from './display-schedule.ts';
import { type LocalTime, localTime } from './local-time.ts';
import { storeView } from './store-view.ts';

type Seen = { readonly opening: Opening | null; readonly sinceMs: number | null };

/** Remembers when the stores closed, and says whether the glass is black. */
export class Sleep {
  #clock: { readonly timeZone: string; readonly time: LocalTime } | undefined;
  #seen: ReadonlyMap<string, Seen> = new Map();

  /** With each state of the feed. */
  note(stores: readonly Snapshot[], cloudNowMs: number | null): void {
    if (cloudNowMs === null) return;
    this.#seen = new Map(
      stores.map(({ content }) => {
        const before = this.#seen.get(content.store.id) ?? { opening: null, sinceMs: null };
        const opening = content.opening ?? null;
        return [content.store.id, { opening, sinceMs: closedSince(before, opening, cloudNowMs) }];
      }),
    );
  }

  /** Never before the cloud's time is known, and never while a store is over its limit. */
  isAsleep(
    schedule: DisplaySchedule,
    stores: readonly Snapshot[],
    { cloudNowMs, elapsedMs }: { readonly cloudNowMs: number | null; readonly elapsedMs: number },
  ): boolean {
    const [first] = stores;
    if (cloudNowMs === null || first === undefined || schedule === 'always') return false;
    if (stores.some((store) => storeView(store, elapsedMs).state === 'over')) return false;
    const known = stores.map(({ content }) => {
      const seen = this.#seen.get(content.store.id);
      return { opening: content.opening ?? null, closedSinceMs: seen?.sinceMs ?? null };
    });
    const minute = this.#timeIn(first.content.store.timeZone).minuteOfDay(cloudNowMs);
    return !isOnDisplay(schedule, known, cloudNowMs, minute);
  }

  #timeIn(timeZone: string): LocalTime {
    if (this.#clock?.timeZone !== timeZone) this.#clock = { timeZone, time: localTime('en-GB', timeZone) };
    return this.#clock.time;
  }
}
