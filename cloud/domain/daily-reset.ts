import { clockTimeMs, dateAt } from './clock-time.ts';

/** The first daily reset after a moment; one at that very moment is over. `at`: by the store's clock, `05:00`. */
export function nextResetMs(timeZone: string, at: string, afterMs: number): number {
  for (let date = dateAt(timeZone, afterMs).subtract({ days: 1 }); ; date = date.add({ days: 1 })) {
    const resetMs = clockTimeMs(timeZone, at, date);
    if (resetMs !== null && resetMs > afterMs) return resetMs;
  }
}

/** The latest daily reset up to a moment, that moment included. */
export function lastResetMs(timeZone: string, at: string, nowMs: number): number {
  for (let date = dateAt(timeZone, nowMs).add({ days: 1 }); ; date = date.subtract({ days: 1 })) {
    const resetMs = clockTimeMs(timeZone, at, date);
    if (resetMs !== null && resetMs <= nowMs) return resetMs;
  }
}
