import { Cron } from 'croner';
import { HostError } from '../host-error.ts';

const MINUTE_MS = 60_000;

export type TimerSchedule = {
  /** The first occurrence after a time; undefined where there is none. Unix ms. */
  readonly after: (timeMs: number) => number | undefined;
  /** Azure keeps no record of schedules that come more often than once a minute. */
  readonly isMonitored: (timeMs: number) => boolean;
};

/** An NCRONTAB expression of six fields, in UTC. Throws a HostError ERR_BINDING. */
export function parseSchedule(expression: string, functionName: string): TimerSchedule {
  const refuse = (cause?: unknown) =>
    new HostError(
      'ERR_BINDING',
      `function "${functionName}": "${expression}" is no NCRONTAB schedule of six fields`,
      {
        cause,
      },
    );
  // Croner would also take a date or a name such as @daily.
  if (expression.trim().split(/\s+/).length !== 6) throw refuse();
  let cron: Cron;
  try {
    // In NCRONTAB a day must satisfy both its fields.
    cron = new Cron(expression, { mode: '6-part', timezone: 'UTC', domAndDow: true, paused: true });
  } catch (cause) {
    throw refuse(cause);
  }
  const after = (timeMs: number) => cron.nextRun(new Date(timeMs))?.getTime();
  const isMonitored = (timeMs: number) => {
    const first = after(timeMs);
    const second = first === undefined ? undefined : after(first);
    return first === undefined || second === undefined || second - first >= MINUTE_MS;
  };
  return { after, isMonitored };
}
