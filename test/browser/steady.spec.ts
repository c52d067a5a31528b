import { aSnapshot, following } from '../support/glass-states.ts';
import { put } from './board-states.ts';
import { expect, type Glass, SIZES, test } from './glass.ts';
import { aMessage, LOST_CHILD, saying, WARNING } from './message-states.ts';

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

for (const [form, message] of Object.entries({
  'message-full': LOST_CHILD,
  'message-column': WARNING,
  'message-band': aMessage(),
})) {
  test(`against burn-in a message that stands for long moves with the picture: ${form}`, async ({
    glass,
  }) => {
    const { content, proof } = aSnapshot();
    const liveForDays = following({ content, proof: { ...proof, liveForMs: 8 * 86_400_000 } });
    await glass.open();
    await glass.tell(saying(put(liveForDays, {}), { ...message, endsInMs: 7 * 86_400_000 }));
    const place = () => glass.page.locator(form).boundingBox();
    const first = await place();
    expect(first).not.toBeNull();
    await glass.page.clock.runFor(11 * 60_000);
    const then = await place();
    expect(then).not.toEqual(first);
    expect({ width: then?.width, height: then?.height }).toEqual({
      width: first?.width,
      height: first?.height,
    });
    // No line of the ground is left open where it reached the edge of the glass.
    const edges = await edgeColours(glass);
    expect(new Set(edges.bottom).size, 'along the lower edge').toBe(1);
  });
}

/** Of the lower edge of the glass, where a message stands. */
async function edgeColours({ page }: Glass): Promise<{ readonly bottom: readonly string[] }> {
  const png = (await page.screenshot()).toString('base64');
  return page.evaluate(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', {
      willReadFrequently: true,
    });
    context?.drawImage(bitmap, 0, 0);
    const at = (x: number, y: number) => String(context?.getImageData(x, y, 1, 1).data);
    const right = [0.75, 0.8, 0.85, 0.9, 0.95].map((part) => Math.round(part * bitmap.width));
    return { bottom: right.map((x) => at(x, bitmap.height - 1)) };
  }, png);
}
