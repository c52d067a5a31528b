import { expect, runtime, test } from '../support/kiosk-shell.ts';

/** Noticed after ten seconds without a picture, and loaded anew. */
const HANG_NOTICED_WITHIN_MS = 40_000;

test(`a kiosk whose page died shows the count again (${runtime})`, async ({ cloud, street, startKiosk }) => {
  const kiosk = await startKiosk([`--cloud=${cloud.ready().httpUrl}`]);
  await expect.poll(() => kiosk.painted('count')).toBe('37');
  await kiosk.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(() => kiosk.logged('the page is loaded again')).toHaveLength(1);
  await expect.poll(() => kiosk.painted('count')).toBe('37');
  await expect.poll(() => kiosk.painted('freshness')).toMatch(/^live/);
  await street.send({ in: 1, boot: 'b1', sequence: 2 });
  await expect.poll(() => kiosk.painted('count')).toBe('38');
});

test(`a kiosk whose page hangs shows the count again (${runtime})`, async ({ cloud, street, startKiosk }) => {
  const kiosk = await startKiosk([`--cloud=${cloud.ready().httpUrl}`]);
  await expect.poll(() => kiosk.painted('count')).toBe('37');
  await kiosk.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.executeJavaScript('for (;;);').catch(() => 'its process was ended');
  });
  await street.send({ in: 1, boot: 'b1', sequence: 2 });
  await expect
    .poll(() => kiosk.logged('the page is loaded again'), { timeout: HANG_NOTICED_WITHIN_MS })
    .toHaveLength(1);
  await expect.poll(() => kiosk.painted('count')).toBe('38');
});

test(`a kiosk whose cloud died says so, and follows it again once it is back (${runtime})`, async ({
  cloud,
  street,
  startKiosk,
}) => {
  const kiosk = await startKiosk([`--cloud=${cloud.ready().httpUrl}`]);
  await expect.poll(() => kiosk.painted('count')).toBe('37');
  await cloud.kill();
  await expect.poll(() => kiosk.words()).toContain('No connection');
  await cloud.start();
  await street.send({ in: 1, boot: 'b1', sequence: 2 });
  await expect.poll(() => kiosk.painted('count'), { timeout: 45_000 }).toBe('38');
  await expect.poll(() => kiosk.words()).not.toContain('No connection');
});
