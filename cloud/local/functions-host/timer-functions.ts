import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { AppFunction, TriggerOf } from './app-function.ts';
import type { FunctionRunner } from './function-runner.ts';
import { retryContextOf, withRetries } from './retry-policy.ts';
import type { RpcTypedData } from './rpc.ts';
import { parseSchedule, type TimerSchedule } from './timer-schedule.ts';

type TimerFunction = AppFunction<TriggerOf<'timerTrigger'>>;

export type Timers = {
  /** Starts the clocks; those that ask for it run at once. They stop with the signal, a run in progress ends by itself. */
  readonly start: () => void;
};

/** One occurrence is slept through in pieces: a clock may be set, and setTimeout ends at 24.8 days. */
const LONGEST_SLEEP_MS = 60_000;
const NEVER = '0001-01-01T00:00:00.000Z';

type TimerContext = {
  readonly runner: Pick<FunctionRunner, 'run'>;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly log: Logger;
};

/** Timer functions, each on its own clock and never overlapping itself. Throws a HostError ERR_BINDING for a bad schedule. */
export function createTimerFunctions(functions: readonly TimerFunction[], context: TimerContext): Timers {
  const clocks = functions.map((fn) => ({ fn, schedule: parseSchedule(fn.trigger.schedule, fn.name) }));
  return {
    start: () => {
      for (const { fn, schedule } of clocks) void keepTime(fn, schedule, context);
    },
  };
}

async function keepTime(fn: TimerFunction, schedule: TimerSchedule, context: TimerContext): Promise<void> {
  const { signal, now } = context;
  let lastMs: number | undefined;
  const run = async (isPastDue: boolean) => {
    const startedAtMs = now();
    await runOnce(fn, timerData(fn, schedule, { startedAtMs, lastMs, isPastDue }), context);
    lastMs = startedAtMs;
  };

  if (fn.trigger.runOnStartup) await run(false);
  for (;;) {
    const dueMs = await nextOccurrence(schedule, now, signal);
    if (dueMs === undefined) return;
    const following = schedule.after(dueMs);
    await run(following !== undefined && following <= now());
  }
}

/** Waits for the next occurrence and gives its time; undefined where there is none, or the host closes first. */
async function nextOccurrence(
  schedule: TimerSchedule,
  now: () => number,
  signal: AbortSignal,
): Promise<number | undefined> {
  let dueMs = schedule.after(now());
  try {
    while (dueMs !== undefined && dueMs > now()) {
      await delay(Math.min(dueMs - now(), LONGEST_SLEEP_MS), undefined, { signal });
      // A clock that was set back meanwhile must not put the next occurrence off.
      dueMs = Math.min(dueMs, schedule.after(now()) ?? dueMs);
    }
  } catch {
    return undefined;
  }
  return signal.aborted ? undefined : dueMs;
}

async function runOnce(
  fn: TimerFunction,
  data: RpcTypedData,
  { runner, signal, log }: TimerContext,
): Promise<void> {
  try {
    await withRetries(fn.retry, signal, (attempt) =>
      runner.run(fn, { data, retryContext: retryContextOf(fn.retry, attempt) }),
    );
  } catch (error) {
    if (!signal.aborted) log.error({ err: error, function: fn.name }, 'timer function failed');
  }
}

/** The TimerInfo of the host; the library lowers the first letters. */
function timerData(
  fn: TimerFunction,
  schedule: TimerSchedule,
  times: { readonly startedAtMs: number; readonly lastMs: number | undefined; readonly isPastDue: boolean },
): RpcTypedData {
  const { startedAtMs, lastMs, isPastDue } = times;
  const iso = (timeMs: number | undefined) => (timeMs === undefined ? NEVER : new Date(timeMs).toISOString());
  const status = {
    Last: iso(lastMs),
    LastUpdated: iso(lastMs),
    Next: iso(schedule.after(startedAtMs)),
  };
  const isMonitored = fn.trigger.useMonitor && schedule.isMonitored(startedAtMs);
  return {
    json: JSON.stringify({
      Schedule: { AdjustForDST: true },
      ScheduleStatus: isMonitored ? status : null,
      IsPastDue: isPastDue,
    }),
  };
}
