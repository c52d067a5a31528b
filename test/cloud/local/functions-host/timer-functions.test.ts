import { expect, test } from 'vitest';
import { parseSchedule } from '../../../../cloud/local/functions-host/timer-schedule.ts';
import { noTimersYet, runApp } from '../../../support/functions-host.ts';

test('a timer runs on the schedule of its setting, and only once it is started', async () => {
  await using app = await runApp(
    `app.timer('tick', { schedule: '%Tick%', handler: async (timer) => tell(timer) });`,
    { settings: { Tick: '* * * * * *' } },
  );
  expect(app.told()).toEqual([]);
  app.host.startTimers();
  await expect.poll(() => app.told().length, { timeout: 5_000 }).toBeGreaterThanOrEqual(2);
  // Azure keeps no record of schedules under a minute.
  expect(app.told()[0]).toEqual({ isPastDue: false, schedule: { adjustForDST: true }, scheduleStatus: null });
});

test('a timer that outlasts its interval never overlaps itself', async () => {
  await using app = await runApp(`
    let running = 0;
    app.timer('slow', { schedule: '* * * * * *', handler: async () => {
      running += 1;
      tell(running);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      running -= 1;
    } });
  `);
  app.host.startTimers();
  await expect.poll(() => app.told().length, { timeout: 8_000 }).toBe(2);
  expect(app.told()).toEqual([1, 1]);
});

test('a clock that is set back does not stop a timer, one that is set forward costs it a single late run', async () => {
  let setByMs = 0;
  await using app = await runApp(
    `app.timer('tick', { schedule: '* * * * * *', handler: async ({ isPastDue }) => tell(isPastDue) });`,
    { now: () => Date.now() + setByMs },
  );
  const runs = (count: number) =>
    expect.poll(() => app.told().length, { timeout: 5_000 }).toBeGreaterThanOrEqual(count);
  app.host.startTimers();
  await runs(1);
  setByMs = -3_600_000;
  await runs(3);
  setByMs = 3_600_000;
  await runs(5);
  expect(app.told().filter((isPastDue) => isPastDue)).toEqual([true]);
});

test('a clock that is put right by some seconds does not run a timer twice', async () => {
  let setByMs = 0;
  const start = Date.UTC(2026, 10, 21, 11, 59, 59, 500) - Date.now();
  await using app = await runApp(
    `app.timer('hourly', { schedule: '0 0 * * * *', handler: async () => tell('hourly') });
     app.timer('tick', { schedule: '* * * * * *', handler: async () => tell('tick') });`,
    { now: () => Date.now() + start + setByMs },
  );
  const told = (what: string) => app.told().filter((one) => one === what).length;
  app.host.startTimers();
  await expect.poll(() => told('hourly'), { timeout: 5_000 }).toBe(1);
  setByMs = -1_000;
  const ticks = told('tick');
  await expect.poll(() => told('tick'), { timeout: 5_000 }).toBeGreaterThanOrEqual(ticks + 2);
  expect(told('hourly')).toBe(1);
});

test('a timer that asks for it runs when the host starts, and knows when it runs next', async () => {
  await using app = await runApp(`
    app.timer('daily', { schedule: '0 0 3 * * *', runOnStartup: true, handler: async (timer) => tell(timer) });
  `);
  app.host.startTimers();
  await expect.poll(() => app.told().length).toBe(1);
  const [timer] = app.told() as [{ scheduleStatus: { next: string; last: string } }];
  expect(timer.scheduleStatus.last).toBe('0001-01-01T00:00:00.000Z');
  expect(timer.scheduleStatus.next).toMatch(/T03:00:00.000Z$/);
  expect(Date.parse(timer.scheduleStatus.next)).toBeGreaterThan(Date.now());
});

const DAILY = `
  app.timer('daily', { schedule: '0 0 3 * * *', handler: async ({ isPastDue, scheduleStatus }) =>
    tell({ isPastDue, last: scheduleStatus.last }) });
`;
const EVENING_MS = Date.UTC(2026, 10, 21, 20);
const HOUR_MS = 3_600_000;

test('a timer that was due while the cloud was off runs once when it is back, and is told that it is late', async () => {
  const timerStatuses = noTimersYet();
  const startAt = async (timeMs: number) => {
    const app = await runApp(DAILY, { now: () => timeMs, timerStatuses });
    app.host.startTimers();
    return app;
  };
  await using first = await startAt(EVENING_MS);
  await using sameNight = await startAt(EVENING_MS + 2 * HOUR_MS);
  await using nextMorning = await startAt(EVENING_MS + 12 * HOUR_MS);
  await expect
    .poll(() => nextMorning.told())
    .toEqual([{ isPastDue: true, last: '0001-01-01T00:00:00.000Z' }]);
  await using soonAfter = await startAt(EVENING_MS + 13 * HOUR_MS);
  await using threeDaysLater = await startAt(EVENING_MS + 84 * HOUR_MS);
  const ranLast = new Date(EVENING_MS + 12 * HOUR_MS).toISOString();
  await expect.poll(() => threeDaysLater.told()).toEqual([{ isPastDue: true, last: ranLast }]);
  for (const quiet of [first, sameNight, soonAfter]) expect(quiet.told()).toEqual([]);
});

test('a timer goes on where it cannot be remembered, and the log says so', async () => {
  const full = () => {
    throw new Error('database or disk is full');
  };
  const timerStatuses = { read: () => undefined, keep: full };
  const source = `app.timer('watched', { schedule: '0 0 3 * * *', runOnStartup: true, handler: async () => tell('ran') });`;
  await using app = await runApp(source, { timerStatuses });
  app.host.startTimers();
  await expect.poll(() => app.told()).toEqual(['ran']);
  expect(app.logged.some((line) => line.includes('disk is full'))).toBe(true);
});

test('a timer without a monitor, or under a minute, is not missed', async () => {
  const timerStatuses = noTimersYet();
  const source = `
    app.timer('unwatched', { schedule: '0 0 3 * * *', useMonitor: false, handler: async () => tell('unwatched') });
    app.timer('often', { schedule: '*/30 * * * * *', handler: async () => tell('often') });
    app.timer('watched', { schedule: '0 0 3 * * *', handler: async () => tell('watched') });
  `;
  for (const timeMs of [EVENING_MS, EVENING_MS + 12 * HOUR_MS]) {
    await using app = await runApp(source, { now: () => timeMs, timerStatuses });
    app.host.startTimers();
    if (timeMs > EVENING_MS) await expect.poll(() => app.told()).toEqual(['watched']);
  }
});

test('a timer that fails is tried as its policy says, is logged, and keeps its clock', async () => {
  await using app = await runApp(`
    app.timer('fails', {
      schedule: '* * * * * *', retry: { strategy: 'fixedDelay', maxRetryCount: 1, delayInterval: 0 },
      handler: async (timer, { retryContext }) => { tell(retryContext.retryCount); throw new Error('no luck'); },
    });
  `);
  app.host.startTimers();
  await expect.poll(() => app.told().length, { timeout: 5_000 }).toBeGreaterThanOrEqual(4);
  expect(app.told().slice(0, 4)).toEqual([0, 1, 0, 1]);
  expect(app.logged.some((line) => line.includes('no luck'))).toBe(true);
});

test('a schedule is read as NCRONTAB reads it: in UTC, and a day must satisfy both its fields', () => {
  const friday13 = parseSchedule('0 30 2 13 * FRI', 'f');
  expect(friday13.after(Date.UTC(2026, 10, 21))).toBe(Date.UTC(2027, 7, 13, 2, 30));
});

test.each(['*/5 * * * *', '@daily', '2030-01-01T00:00:00', '0 0 25 * * *', '00:05:00'])(
  'the schedule "%s" is refused by name of its function',
  async (schedule) => {
    const running = runApp(`app.timer('bad', { schedule: '${schedule}', handler: async () => {} });`);
    await expect(running).rejects.toMatchObject({
      code: 'ERR_BINDING',
      message: expect.stringContaining('"bad"'),
    });
  },
);
