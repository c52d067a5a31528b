import { join } from 'node:path';
import { expect, pictureOfDisplay, ROOT, runtime, test } from '../support/kiosk-shell.ts';

test(`the kiosk fills the screen with the count, and a customer who walks in changes it (${runtime})`, async ({
  cloud,
  street,
  startKiosk,
}) => {
  const kiosk = await startKiosk([`--cloud=${cloud.ready().httpUrl}`]);
  await expect.poll(() => kiosk.painted('count')).toBe('37');
  const window = await kiosk.app.evaluate(({ BrowserWindow, screen }) => {
    const [kiosk, ...others] = BrowserWindow.getAllWindows();
    return {
      others: others.length,
      isKiosk: kiosk?.isKiosk(),
      isFullScreen: kiosk?.isFullScreen(),
      display: screen.getPrimaryDisplay().size,
    };
  });
  expect(window).toMatchObject({ others: 0, isKiosk: true, isFullScreen: true });
  const { width, height } = window.display;
  await expect.poll(() => kiosk.inPage('[innerWidth, innerHeight]')).toEqual([width, height]);

  await street.send({ in: 1, boot: 'b1', sequence: 2 });
  await expect.poll(() => kiosk.painted('count')).toBe('38');
  await kiosk.atRest();
  if (process.env.VITRINE_PICTURES) await pictureOfDisplay(join(ROOT, 'docs/kiosk.png'));
  await street.send({ out: 5, boot: 'b1', sequence: 3 });
  await expect.poll(() => kiosk.painted('count')).toBe('33');
});
