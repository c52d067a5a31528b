import { expect, runtime, test } from '../../support/electron-fixture.ts';
import { pageOf, TRIAL } from './trial.ts';

test(`a page is pictured as large as it is, as PNG and as JPEG, on ${runtime}`, async ({ launch }) => {
  const app = await launch({ app: TRIAL });
  const page = await pageOf(app);
  const picture = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return {
      isEmpty: image?.isEmpty(),
      width: image?.getSize().width,
      jpeg: image?.toJPEG(80).subarray(0, 3).toString('hex'),
      png: image?.toPNG().subarray(0, 4).toString('hex'),
    };
  });
  const width = await page.evaluate(() => Math.round(innerWidth * devicePixelRatio));
  expect(picture).toEqual({ isEmpty: false, width, jpeg: 'ffd8ff', png: '89504e47' });
});
