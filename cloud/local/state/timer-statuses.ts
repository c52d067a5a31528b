import type { DatabaseSync } from 'node:sqlite';

/** When a timer last ran, undefined before its first time, and when that was written down. Unix ms. */
export type TimerStatus = { readonly lastMs: number | undefined; readonly updatedAtMs: number };

/** What the platform remembers of timers, so that one which was due while nothing ran is noticed. */
export type TimerStatuses = {
  read(functionName: string): TimerStatus | undefined;
  keep(functionName: string, status: TimerStatus): void;
};

export function openTimerStatuses(database: DatabaseSync): TimerStatuses {
  const select = database.prepare('select last_ms, updated_at_ms from timers where function_name = ?');
  const put = database.prepare(
    'insert or replace into timers (function_name, last_ms, updated_at_ms) values (?, ?, ?)',
  );
  return {
    read(functionName) {
      const row = select.get(functionName);
      if (row === undefined) return undefined;
      const lastMs = row.last_ms === null ? undefined : Number(row.last_ms);
      return { lastMs, updatedAtMs: Number(row.updated_at_ms) };
    },
    keep(functionName, { lastMs, updatedAtMs }) {
      put.run(functionName, lastMs ?? null, updatedAtMs);
    },
  };
}
