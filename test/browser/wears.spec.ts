import type { Page } from '@playwright/test';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import { anAlert, aSnapshot, following } from '../support/glass-states.ts';
import { closed, door, put, shop, shops, wall } from './board-states.ts';
import { expect, type Glass, test } from './glass.ts';

const BRAND = { ground: '#003b2f', ink: '#ffffff', accent: '#f2a900' };
const [GROUND, INK, ACCENT] = ['rgb(0, 59, 47)', 'rgb(255, 255, 255)', 'rgb(242, 169, 0)'];
const NIGHT_GROUND = 'rgb(16, 20, 23)';

const ground = (page: Page) =>
  page.locator('sign-app').evaluate((element) => getComputedStyle(element).backgroundColor);

/** Of the element, or of what stands after it. */
const styleOf = (page: Page, selector: string, name: string, pseudo?: string) =>
  page
    .locator(selector)
    .first()
    .evaluate(
      (element, [property, after]) => getComputedStyle(element, after).getPropertyValue(property ?? ''),
      [name, pseudo] as const,
    );

/** What a state fades through is not what it comes to. */
async function opened(glass: Glass): Promise<void> {
  await glass.page.emulateMedia({ reducedMotion: 'reduce' });
  await glass.open();
}

test('a chain’s colours are on its boards for managers, with its accent under the name and on the day', async ({
  glass,
}) => {
  await opened(glass);
  await glass.tell(put(following(aSnapshot()), { brand: BRAND }));
  expect(await ground(glass.page)).toBe(GROUND);
  expect(await styleOf(glass.page, 'manager-board .name', 'color')).toBe(INK);
  expect(await styleOf(glass.page, 'manager-board .name', 'background-color', '::after')).toBe(ACCENT);
  expect(await styleOf(glass.page, 'day-curve path.today', 'stroke')).toBe(ACCENT);
  await glass.tell(put(following(aSnapshot()), {}));
  expect(await ground(glass.page)).toBe(NIGHT_GROUND);
  expect(await styleOf(glass.page, 'manager-board .name', 'background-color', '::after')).toBe(
    'rgba(0, 0, 0, 0)',
  );
});

test('an alarm keeps its colours on a chain’s ground, with an edge that is seen there', async ({ glass }) => {
  await opened(glass);
  await glass.tell(put(following(aSnapshot({ count: 64 })), { brand: BRAND }));
  expect(await styleOf(glass.page, 'alarm-panel', 'background-color')).toBe('rgb(158, 42, 0)');
  expect(await styleOf(glass.page, 'alarm-panel', 'border-left-color', '::after')).toBe(INK);
  await glass.tell(wall(shops(12), { brand: BRAND }));
  expect(await ground(glass.page)).toBe(GROUND);
  expect(await styleOf(glass.page, 'wall-tile[state=over]', 'background-color')).toBe('rgb(158, 42, 0)');
  expect(await styleOf(glass.page, 'wall-tile[state=over]', 'outline-color')).toBe(INK);
});

test('a door keeps the colours of its states; only closed it wears the chain’s', async ({ glass }) => {
  await opened(glass);
  for (const [snapshot, fill] of [
    [aSnapshot(), 'rgb(0, 101, 74)'],
    [aSnapshot({ count: 60 }), 'rgb(158, 42, 0)'],
  ] as const) {
    await glass.tell(door(snapshot, { brand: BRAND }));
    expect(await styleOf(glass.page, 'door-board', 'background-color')).toBe(fill);
  }
  await glass.tell(door(closed(), { brand: BRAND }));
  const night = await styleOf(glass.page, 'door-board', 'background-color');
  expect(night).toBe(await ground(glass.page));
  expect(night).not.toBe(GROUND);
});

test('while the store is closed the picture is dim, unless there is an alarm or somebody looks for the sign', async ({
  glass,
}) => {
  await opened(glass);
  const dim = 'rgb(10, 12, 14)';
  const alarm = anAlert({ type: 'sensor-silent', severity: 'alarm', door: 'door-1' });
  const message = {
    messageId: 'm',
    text: 'Stay',
    secondText: null,
    priority: 'note',
    audience: 'staff',
    drill: false,
    endsInMs: 60_000,
  } as const;
  const night = put(following(closed({ count: 2 })), {});
  const cases: readonly (readonly [FeedState, string])[] = [
    [put(following(aSnapshot()), {}), NIGHT_GROUND],
    [night, dim],
    [{ ...night, identify: true }, NIGHT_GROUND],
    [{ ...night, messages: [message] }, NIGHT_GROUND],
    [put(following(closed({ content: { alerts: [alarm] } })), {}), NIGHT_GROUND],
    [wall([shop('Night', {}, closed), shop('Late', {}, closed)]), dim],
    [wall([shop('Night', {}, closed), shop('Late', {}, aSnapshot)]), NIGHT_GROUND],
  ];
  for (const [state, expected] of cases) {
    await glass.tell(state);
    expect(await ground(glass.page)).toBe(expected);
  }
});

/** How long what begins to move on the door's board will do so, in ms, in the frame in which it is told. */
const movesOn = (page: Page, state: FeedState): Promise<number[]> =>
  page.evaluate(async (told) => {
    const app = document.querySelector('sign-app');
    const board = app?.shadowRoot?.querySelector('door-board');
    if (app == null || board == null) throw new Error('there is no door');
    getComputedStyle(board).getPropertyValue('background-color');
    window.tell(told);
    await app.updateComplete;
    await board.updateComplete;
    const moves = [board.getAnimations({ subtree: true }), board.shadowRoot?.getAnimations() ?? []].flat();
    return moves.map(({ effect }) => Number(effect?.getComputedTiming().endTime));
  }, state);

test('another state of a door is one fade of a fifth of a second at most, and another figure is a cut', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell(door(aSnapshot()));
  expect(await movesOn(glass.page, door(aSnapshot({ count: 39 })))).toEqual([]);
  const moves = await movesOn(glass.page, door(aSnapshot({ count: 60 })));
  expect(moves.length).toBeGreaterThan(0);
  expect(Math.max(...moves)).toBeLessThanOrEqual(200);
  await glass.page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await movesOn(glass.page, door(aSnapshot({ ageMs: 200_000 })))).toEqual([]);
});

test('a door’s words have their size in the frame in which they come', async ({ glass }) => {
  await opened(glass);
  await glass.tell(door(aSnapshot()));
  const words = () => glass.page.locator('door-board').evaluate((board) => board.getAttribute('style') ?? '');
  const told = glass.page.evaluate(
    async (state) => {
      const app = document.querySelector('sign-app');
      window.tell(state);
      await app?.updateComplete;
      const board = app?.shadowRoot?.querySelector('door-board');
      await board?.updateComplete;
      return board?.getAttribute('style') ?? '';
    },
    door(aSnapshot({ count: 60 }), { language: 'de', secondLanguage: 'fr' }),
  );
  const first = await told;
  expect(first).toContain('--word');
  await glass.page.clock.runFor(3_000);
  expect(await words()).toBe(first);
});
