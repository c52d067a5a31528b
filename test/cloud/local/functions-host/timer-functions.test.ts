import { expect, test } from 'vitest';
import { parseSchedule } from '../../../../cloud/local/functions-host/timer-schedule.ts';
import { runApp } from '../../../support/functions-host.ts';

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
