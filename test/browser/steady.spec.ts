import { aSnapshot, following } from '../support/glass-states.ts';
import { expect, type Glass, SIZES, test } from './glass.ts';

const LEFT = ['.name', 'store-count', 'count-figure', '.limit', '.room', 'door-stand', 'day-curve'];

/** Of the long edge: what must be free between the day's curve and the alarm. */
const AIR = 0.0125;

async function boxes(glass: Glass, selectors: readonly string[]) {
  const found = selectors.map(async (selector) => [
    selector,
    await glass.page.locator(selector).first().boundingBox(),
  ]);
  return Object.fromEntries(await Promise.all(found));
}

for (const [held, size] of Object.entries(SIZES)) {
  test(`over the limit the alarm reaches the edges and the rest stays to the pixel, ${held}`, async ({
    glass,
  }) => {
    await glass.page.setViewportSize(size);
    await glass.open();
    await glass.tell(following(aSnapshot({ count: 59 })));
    const before = await boxes(glass, LEFT);
    await glass.tell(following(aSnapshot({ count: 64 })));
    await expect(glass.page.getByRole('heading', { name: 'Over limit' })).toBeVisible();
    expect(await glass.text()).toContain('Hold the doors until 4 leave');
    expect(await boxes(glass, LEFT)).toEqual({ ...before, '.room': expect.anything() });
    const panel = await glass.page.locator('alarm-panel').boundingBox();
    const day = await glass.page.locator('day-curve').boundingBox();
    const beside = (panel?.x ?? 0) - (day?.x ?? 0) - (day?.width ?? 0);
    const below = (panel?.y ?? 0) - (day?.y ?? 0) - (day?.height ?? 0);
    const air = Math.max(size.width, size.height) * AIR;
    expect(Math.max(beside, below), 'air between the day and the alarm').toBeGreaterThanOrEqual(air);
    expect((panel?.x ?? 0) + (panel?.width ?? 0)).toBeCloseTo(size.width, 0);
    expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeCloseTo(size.height, 0);
  });
}

test('from 9 to 10 people nothing moves', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot({ count: 9, content: { mayEnter: 51 } })));
  const before = await boxes(glass, LEFT);
  await glass.tell(following(aSnapshot({ count: 10, content: { mayEnter: 50 } })));
  await expect(glass.page.getByTestId('count')).toHaveText('10');
  expect(await boxes(glass, LEFT)).toEqual(before);
});

test('another figure is a cut: nothing of the old one is left, and nothing fades', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot({ count: 60 })));
  await glass.tell(following(aSnapshot({ count: 63 })));
  await expect(glass.page.getByTestId('count')).toHaveText('63');
  const moving = await glass.page
    .locator('count-figure')
    .evaluate((figure) => figure.shadowRoot?.getAnimations().length);
  expect(moving).toBe(0);
});

test('when a door falls silent the count and its doors keep their places', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot()));
  const before = await boxes(glass, LEFT);
  const doors = [
    ['Street', 2_000],
    ['Arcade', 372_000, true],
    ['Garage', 5_000],
  ] as const;
  await glass.tell(following(aSnapshot({ doors })));
  await expect(glass.page.getByTestId('attention')).toContainText('since 16:17, 6 min');
  expect(await boxes(glass, LEFT)).toEqual(before);
});

test('against burn-in the picture moves every ten minutes, but never while over the limit', async ({
  glass,
}) => {
  const place = () => glass.page.locator('main').boundingBox();
  const liveForHours = (count: number) => {
    const { content, proof } = aSnapshot({ count });
    return following({ content, proof: { ...proof, liveForMs: 7_200_000 } });
  };
  await glass.open();
  await glass.tell(liveForHours(64));
  const first = await place();
  await glass.page.clock.runFor(25 * 60_000);
  await expect(glass.page.locator('alarm-panel')).toBeVisible();
  expect(await place()).toEqual(first);
  await glass.tell(liveForHours(38));
  await glass.page.clock.runFor(2_000);
  expect(await place()).not.toEqual(first);
});
