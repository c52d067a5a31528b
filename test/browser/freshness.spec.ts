import { aSnapshot, following, remembered, SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';
import { expect, type Glass, test } from './glass.ts';

const LIVE_SOUNDING = /\blive\b|may enter|\bnow\b|open/i;

const figure = (glass: Glass) => glass.page.locator('count-figure');
const isHollow = (glass: Glass) => figure(glass).evaluate((element) => element.hasAttribute('hollow'));

test('the figure turns hollow at the second the sign’s own clock says so, and not before', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell(following(aSnapshot({ ageMs: 2_000 })));
  await expect(glass.page.getByTestId('freshness')).toHaveText('live, 2 s ago');
  await glass.page.clock.runFor(88_000);
  expect(await isHollow(glass)).toBe(false);
  await expect(glass.page.getByTestId('freshness')).toHaveText('1 min ago');
  await glass.page.clock.runFor(5);
  expect(await isHollow(glass)).toBe(true);
  expect(await glass.text()).toContain('as of 16:24');
});

test('ages count up on the glass without a word from the cloud', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot({ ageMs: 2_000 })));
  await glass.page.clock.runFor(5);
  for (const seconds of [3, 4, 5]) {
    await glass.page.clock.runFor(1_000);
    await expect(glass.page.getByTestId('freshness')).toHaveText(`live, ${seconds} s ago`);
  }
  expect(await glass.text()).toContain('Garage 10 s');
});

test('nothing sounds live once the count is not', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot()));
  expect(await glass.text()).toMatch(LIVE_SOUNDING);
  await glass.page.clock.runFor(120_000);
  expect(await glass.text()).not.toMatch(LIVE_SOUNDING);
  await expect(glass.page.getByRole('status')).toHaveText('Unknown');
});

test('after a quarter of an hour there is no figure at all', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot()));
  await glass.page.clock.runFor(16 * 60_000);
  await expect(figure(glass)).toHaveCount(0);
  expect(await glass.text()).toContain('last known 38 at 16:24');
});

test('a machine that slept shows no old number as live when it wakes', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot()));
  await glass.page.clock.setSystemTime(SATURDAY_AFTERNOON_MS + 600_000);
  await glass.page.clock.runFor(1_005);
  expect(await isHollow(glass)).toBe(true);
  expect(await glass.text()).toContain('10 min ago');
});

test('a clock that is set back does not keep a count live', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot()));
  await glass.page.clock.setSystemTime(SATURDAY_AFTERNOON_MS - 3_600_000);
  await glass.page.clock.runFor(91_000);
  expect(await isHollow(glass)).toBe(true);
});

test('news makes a hollow figure solid again', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot()));
  await glass.page.clock.runFor(120_000);
  await glass.tell(following(aSnapshot({ count: 39 })));
  await expect(glass.page.getByTestId('count')).toHaveText('39');
  expect(await isHollow(glass)).toBe(false);
});

test('what a sign remembers from before it started is never live, however young', async ({ glass }) => {
  await glass.open();
  await glass.tell(remembered(2_000, aSnapshot()));
  await expect(figure(glass)).toHaveCount(0);
  const words = await glass.text();
  expect(words).not.toMatch(/may enter|\bnow\b|open/i);
  expect(words).toContain('No live count');
  expect(words).toContain('last known 38 at 16:24');
  expect(words).toContain('before restart');
  await glass.tell(following(aSnapshot({ count: 39 })));
  await expect(glass.page.getByTestId('count')).toHaveText('39');
});
