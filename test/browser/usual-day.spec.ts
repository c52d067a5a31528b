import { LANGUAGES } from '../../renderer/design/strings/languages.ts';
import { aSnapshot, following, SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';
import { expect, SIZES, test } from './glass.ts';
import { faultsOf, textBoxes } from './text-boxes.ts';

const HOUR_MS = 3_600_000;

test('today’s curve has the usual one beside it, whose peak is told while it is to come', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell(following(aSnapshot()));
  await expect(glass.page.locator('day-curve path.usual')).toHaveCount(1);
  expect(await glass.text()).toContain('usual 50 18:00');
  // Of an older cloud.
  const { content, proof } = aSnapshot();
  const { usual: _, ...today } = content.today;
  await glass.tell(following({ content: { ...content, today }, proof }));
  await expect(glass.page.locator('day-curve path.usual')).toHaveCount(0);
  expect(await glass.text()).not.toContain('usual');
});

test('where both peaks have no room, that of today stays', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot({ count: 58 })));
  expect(await glass.text()).toContain('peak 58 now');
  expect(await glass.text()).not.toContain('usual');
  await expect(glass.page.locator('day-curve line.usual')).toBeHidden();
  await expect(glass.page.locator('day-curve path.usual')).toHaveCount(1);
});

for (const [form, size] of Object.entries(SIZES)) {
  test(`through the whole day no label runs into another one, ${form}`, async ({ glass }) => {
    test.setTimeout(180_000);
    await glass.page.setViewportSize(size);
    for (const language of LANGUAGES) {
      await glass.open(`?lang=${language}`);
      let told = 0;
      for (let before = 7.1; before > 0; before -= 0.9) {
        const nowMs = SATURDAY_AFTERNOON_MS - before * HOUR_MS;
        // The glass goes by its own clock: of long ago, so nothing of it is live.
        await glass.tell(following(aSnapshot({ nowMs, ageMs: 2_000, hard: 444, count: 103 })));
        await expect
          .poll(async () => faultsOf(await textBoxes(glass.page), size), `${language}, ${before} h before`)
          .toEqual([]);
        told += await glass.page.locator('day-curve:not([crowded]) .label.usual').count();
      }
      expect(told, language).toBeGreaterThan(3);
    }
  });
}

test('a glass that is turned finds the label its place anew', async ({ glass }) => {
  await glass.page.setViewportSize(SIZES.landscape);
  await glass.open();
  await glass.tell(following(aSnapshot()));
  await glass.page.setViewportSize(SIZES.portrait);
  await expect
    .poll(async () =>
      faultsOf(await textBoxes(glass.page), SIZES.portrait).filter((fault) => /usual/.test(fault)),
    )
    .toEqual([]);
  expect(await glass.text()).toContain('usual 50 18:00');
});
