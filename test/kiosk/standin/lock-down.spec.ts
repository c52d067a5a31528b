import { expect, runtime, test } from '../../support/electron-fixture.ts';
import { eventsOf, pageOf, seen, startForeignServer, stateOf, TRIAL, TRIAL_PAGE } from './trial.ts';

test.describe(`what a window shows and refuses, on ${runtime}`, () => {
  test('a kiosk window is as large as the screen', async ({ launch }) => {
    const app = await launch({ app: TRIAL });
    const page = await pageOf(app);
    const { width, height } = await app.evaluate(({ screen }) => screen.getPrimaryDisplay().size);
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
    expect(await page.evaluate(() => [screen.width, screen.height])).toEqual([width, height]);
  });

  test('the app answers for its own scheme: page, script, font, what is not there, and its headers', async ({
    launch,
  }) => {
    const app = await launch({ app: TRIAL });
    const page = await pageOf(app);
    const found = await page.evaluate(async () => {
      const faces = await document.fonts.load('16px trial');
      const missing = await fetch('./gone.js');
      const { headers } = await fetch('./page.js');
      return [faces[0]?.status, missing.status, headers.get('x-host'), isSecureContext];
    });
    expect(found).toEqual(['loaded', 404, 'trial', true]);
    const { requests } = await seen(app);
    expect(requests).toEqual(
      expect.arrayContaining([
        `mainFrame ${TRIAL_PAGE}`,
        'stylesheet app://trial/page.css',
        'script app://trial/page.js',
        'font app://trial/trial.woff2',
        'xhr app://trial/gone.js',
      ]),
    );
    expect(requests.filter((request) => !request.includes(' app://trial/'))).toEqual([]);
  });

  test('the policy in the header of a page is enforced', async ({ launch }) => {
    const page = await pageOf(await launch({ app: TRIAL }));
    const inlineRan = await page.evaluate(() => document.documentElement.dataset.inline);
    expect(inlineRan).toBeUndefined();
    const blocked = await page.evaluate(() => {
      const violation = new Promise<string>((resolve) =>
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective)),
      );
      document.body.append(Object.assign(new Image(), { src: './pixel.png' }));
      return violation;
    });
    expect(blocked).toBe('img-src');
  });

  test('every request passes the app, and what it cancels reaches nobody', async ({ launch }) => {
    await using foreign = await startForeignServer();
    const app = await launch({ app: TRIAL });
    const page = await pageOf(app);
    const failure = await page.evaluate(
      (url) =>
        fetch(url).then(
          () => 'answered',
          (error: Error) => error.name,
        ),
      foreign.url,
    );
    expect(failure).toBe('TypeError');
    await page.evaluate((url) => {
      new Worker(`./worker.js?${url}by-worker`);
      document.body.append(Object.assign(document.createElement('iframe'), { src: `${url}by-frame` }));
    }, foreign.url);
    await expect
      .poll(async () => (await seen(app)).requests)
      .toEqual(
        expect.arrayContaining([
          `xhr ${foreign.url}`,
          `xhr ${foreign.url}by-worker`,
          `subFrame ${foreign.url}by-frame`,
        ]),
      );
    expect(await eventsOf(app)).toContain(`will-frame-navigate ${foreign.url}by-frame`);
    expect(foreign.paths).toEqual([]);
  });

  test('a load that the app cancels fails with the words that Electron has for it', async ({ launch }) => {
    await using foreign = await startForeignServer();
    const app = await launch({ app: TRIAL });
    await pageOf(app);
    const message = await app.evaluate(
      ({ BrowserWindow }, url) =>
        BrowserWindow.getAllWindows()[0]
          ?.loadURL(url)
          .catch((error: Error) => error.message),
      foreign.url,
    );
    expect(message).toBe(`ERR_BLOCKED_BY_CLIENT (-20) loading '${foreign.url}'`);
    expect(await eventsOf(app)).toContain('not loaded -20 ERR_BLOCKED_BY_CLIENT');
    expect(foreign.paths).toEqual([]);
  });

  test('a window that the page opens is asked about and refused', async ({ launch }) => {
    await using foreign = await startForeignServer();
    const app = await launch({ app: TRIAL });
    const page = await pageOf(app);
    await page.evaluate((url) => void open(`${url}by-script`), foreign.url);
    await expect.poll(() => eventsOf(app)).toContain(`window ${foreign.url}by-script`);
    await page.evaluate((url) => {
      const link = Object.assign(document.createElement('a'), { href: `${url}by-link`, target: '_blank' });
      link.append('out');
      document.body.append(link);
    }, foreign.url);
    await page.locator('a').click();
    await expect.poll(() => eventsOf(app)).toContain(`window ${foreign.url}by-link`);
    await page.evaluate(() => document.querySelector('a')?.removeAttribute('target'));
    await page.locator('a').click({ modifiers: ['Control'] });
    const byLink = async () =>
      (await eventsOf(app)).filter((event) => event === `window ${foreign.url}by-link`);
    await expect.poll(byLink).toHaveLength(2);
    await expect.poll(() => app.windows().length).toBe(1);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(foreign.paths).toEqual([]);
  });

  test('a navigation that the app prevents leaves the page where it is', async ({ launch }) => {
    await using foreign = await startForeignServer();
    const app = await launch({ app: TRIAL });
    const page = await pageOf(app);
    await page.evaluate((url) => void Object.assign(location, { href: url }), foreign.url);
    await expect.poll(() => eventsOf(app)).toContain(`will-navigate ${foreign.url}`);
    const events = await eventsOf(app);
    expect(events.indexOf(`will-frame-navigate ${foreign.url}`)).toBe(
      events.indexOf(`will-navigate ${foreign.url}`) - 1,
    );
    expect(await stateOf(app)).toBe('sum 5');
    const url = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
    );
    expect(url).toBe(TRIAL_PAGE);
    expect(foreign.paths).toEqual([]);
  });

  test('a permission that the app denies is denied', async ({ launch }) => {
    const app = await launch({ app: TRIAL });
    const page = await pageOf(app);
    const denied = await page.evaluate(async () => [
      await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(resolve, ({ code }) => resolve(code)),
      ),
      await Notification.requestPermission(),
      await navigator.clipboard.readText().catch((error: Error) => error.name),
    ]);
    expect(denied).toEqual([1, 'denied', 'NotAllowedError']);
  });

  test('a download is told to the app and saved nowhere', async ({ launch }) => {
    const app = await launch({ app: TRIAL });
    const page = await pageOf(app);
    await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: './page.js', download: 'page.js' });
      document.body.append(link);
      link.click();
    });
    await expect.poll(() => eventsOf(app)).toContain('will-download app://trial/page.js');
  });
});
