import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { TimerStatus, TimerStatuses } from '../state/timer-statuses.ts';
import type { AppFunction, TriggerOf } from './app-function.ts';
import type { FunctionRunner } from './function-runner.ts';
import { retryContextOf, withRetries } from './retry-policy.ts';
import type { RpcTypedData } from './rpc.ts';
import { parseSchedule, type TimerSchedule } from './timer-schedule.ts';

type TimerFunction = AppFunction<TriggerOf<'timerTrigger'>>;

export type Timers = {
  /** Starts the clocks; those that ask for it, or missed their time while nothing ran, run at once. They stop with the signal, a run in progress ends by itself. */
  readonly start: () => void;
};

/** One occurrence is slept through in pieces: a clock may be set, and setTimeout ends at 24.8 days. */
const LONGEST_SLEEP_MS = 60_000;
/** A clock that is put back by less has only been put right: what was due then has been run. */
const SMALL_STEP_BACK_MS = 60_000;
const NEVER = '0001-01-01T00:00:00.000Z';

type TimerContext = {
  readonly runner: Pick<FunctionRunner, 'run'>;
  readonly signal: AbortSignal;
  readonly statuses: TimerStatuses;
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
  const { signal, now, statuses } = context;
  const isMonitored = fn.trigger.useMonitor && schedule.isMonitored(now());
  const before = isMonitored ? statuses.read(fn.name) : undefined;
  let lastMs = before?.lastMs;
  const keep = () => {
    if (!isMonitored) return;
    try {
      statuses.keep(fn.name, { lastMs, updatedAtMs: now() });
    } catch (error) {
      // A full disk: the timer goes on, and after a restart it may seem late.
      context.log.error({ err: error, function: fn.name }, 'when a timer ran cannot be remembered');
    }
  };
  const run = async (isPastDue: boolean) => {
    const startedAtMs = now();
    const times = { startedAtMs, lastMs, isPastDue, isMonitored };
    await runOnce(fn, timerData(schedule, times), context);
    lastMs = startedAtMs;
    keep();
  };

  const isPastDue = hasMissed(before, schedule, now());
  if (before === undefined) keep();
  if (isPastDue || fn.trigger.runOnStartup) await run(isPastDue);
  let lastDueMs = Number.NEGATIVE_INFINITY;
  const after = () => {
    const nowMs = now();
    return schedule.after(lastDueMs - nowMs < SMALL_STEP_BACK_MS ? Math.max(nowMs, lastDueMs) : nowMs);
  };
  for (;;) {
    const dueMs = await nextOccurrence(after, now, signal);
    if (dueMs === undefined) return;
    lastDueMs = dueMs;
    const following = schedule.after(dueMs);
    await run(following !== undefined && following <= now());
  }
}

/** As the timer extension has it: by the schedule of today, counted from when it last ran, else from when it was first seen. */
function hasMissed(before: TimerStatus | undefined, schedule: TimerSchedule, nowMs: number): boolean {
  if (before === undefined) return false;
  const expectedMs = schedule.after(before.lastMs ?? before.updatedAtMs);
  return expectedMs !== undefined && expectedMs < nowMs;
}

/** Waits for the next occurrence and gives its time; undefined where there is none, or the host closes first. */
async function nextOccurrence(
  after: () => number | undefined,
  now: () => number,
  signal: AbortSignal,
): Promise<number | undefined> {
  let dueMs = after();
  try {
    while (dueMs !== undefined && dueMs > now()) {
      await delay(Math.min(dueMs - now(), LONGEST_SLEEP_MS), undefined, { signal });
      // A clock that was set back meanwhile must not put the next occurrence off.
      dueMs = Math.min(dueMs, after() ?? dueMs);
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
  schedule: TimerSchedule,
  times: {
    readonly startedAtMs: number;
    readonly lastMs: number | undefined;
    readonly isPastDue: boolean;
    readonly isMonitored: boolean;
  },
): RpcTypedData {
  const { startedAtMs, lastMs, isPastDue, isMonitored } = times;
  const iso = (timeMs: number | undefined) => (timeMs === undefined ? NEVER : new Date(timeMs).toISOString());
  const status = {
    Last: iso(lastMs),
    LastUpdated: iso(lastMs),
    Next: iso(schedule.after(startedAtMs)),
  };
  return {
    json: JSON.stringify({
      Schedule: { AdjustForDST: true },
      ScheduleStatus: isMonitored ? status : null,
      IsPastDue: isPastDue,
    }),
  };
}
