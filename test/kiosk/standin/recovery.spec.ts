import { expect, runtime, test } from '../../support/electron-fixture.ts';
import { eventsOf, pageOf, processesNaming, stateOf, TRIAL } from './trial.ts';

test.describe(`what becomes of a broken page, on ${runtime}`, () => {
  test('a crashed renderer is told of, and a reload brings the page back', async ({ launch }) => {
    const app = await launch({ app: TRIAL });
    await pageOf(app);
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await expect
      .poll(async () => (await eventsOf(app)).filter((event) => /^(gone|loaded)/.test(event)))
      .toEqual(['loaded', expect.stringMatching(/^gone (crashed|killed)$/), 'loaded']);
    expect(await stateOf(app)).toBe('sum 5');
  });

  test('a renderer that is killed from outside is told of as killed', async ({ launch, userData }) => {
    const app = await launch({ app: TRIAL });
    await pageOf(app);
    const renderers = processesNaming('--type=renderer').filter((pid) =>
      processesNaming(userData).includes(pid),
    );
    for (const pid of renderers) process.kill(pid, 'SIGKILL');
    await expect.poll(() => eventsOf(app)).toContain('gone killed');
    await expect.poll(() => stateOf(app)).toBe('sum 5');
  });

  test('a renderer that hangs is told of as unresponsive, can be crashed, and comes back', async ({
    launch,
  }) => {
    const app = await launch({ app: TRIAL });
    const page = await pageOf(app);
    page
      .evaluate(() => {
        while (document);
      })
      .catch(() => undefined);
    // Electron notices by an input that is not answered.
    page.mouse.click(5, 5).catch(() => undefined);
    await expect.poll(() => eventsOf(app), { timeout: 45_000 }).toContain('unresponsive');
    await expect.poll(() => eventsOf(app)).toContainEqual(expect.stringMatching(/^gone/));
    await expect.poll(() => stateOf(app)).toBe('sum 5');
  });
});
