import type { SignSettings } from '../../cloud/contracts/sign-report.ts';
import { anAlert, aSnapshot, following, remembered, SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';
import { closed, door, leaving, put, SUNDAY_MORNING_MS, shop, shops, wall } from './board-states.ts';
import { expect, type Glass, test } from './glass.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ASK = 'Please ask our staff';

const board = (glass: Glass) => glass.page.locator('door-board');
const tileNames = (glass: Glass) => glass.page.locator('wall-tile h2').allTextContents();
const lastDrawn = (glass: Glass) => glass.page.evaluate(() => window.drawn.at(-1));
const isBlack = (glass: Glass) =>
  glass.page.locator('sign-app').evaluate((app) => {
    const isEmpty = app.shadowRoot?.querySelector('main') === null;
    return isEmpty && getComputedStyle(app).backgroundColor === 'rgb(0, 0, 0)';
  });

test('customers are told by word, shape and fill at once, and how many more may enter', async ({ glass }) => {
  await glass.open();
  const expected = [
    [aSnapshot(), 'open', 'Welcome', 'tick', 'rgb(0, 101, 74)', '22 more may enter'],
    [aSnapshot({ count: 56 }), 'nearly', 'Nearly full', 'triangle', 'rgb(230, 159, 0)', '4 more may enter'],
    [aSnapshot({ count: 60 }), 'full', 'Please wait', 'octagon', 'rgb(158, 42, 0)', ''],
    [aSnapshot({ count: 64 }), 'full', 'Please wait', 'octagon', 'rgb(158, 42, 0)', ''],
    [closed(), 'closed', 'Closed', 'moon', 'rgb(12, 19, 26)', 'tomorrow'],
  ] as const;
  for (const [snapshot, state, word, silhouette, fill, next] of expected) {
    await glass.tell(door(snapshot));
    await expect(board(glass)).toHaveAttribute('state', state);
    await expect(glass.page.getByTestId('state')).toHaveText(word);
    await expect(glass.page.locator('door-board .shape')).toHaveClass(new RegExp(silhouette));
    await expect(board(glass)).toHaveCSS('background-color', fill);
    await expect(glass.page.getByTestId('next')).toHaveText(next);
  }
});

test('the wait is told in whole minutes, only while full and only where it is known', async ({ glass }) => {
  await glass.open();
  const next = glass.page.getByTestId('next');
  await glass.tell(door(leaving(aSnapshot({ count: 60 }), 0.3)));
  await expect(next).toHaveText('About 4 min to wait');
  await glass.tell(door(leaving(aSnapshot({ count: 60 }), 0.05)));
  await expect(next).toHaveText('Over 15 min to wait');
  await glass.tell(door(leaving(aSnapshot({ count: 60 }), null)));
  await expect(next).toHaveText('');
  await glass.tell(door(leaving(aSnapshot({ count: 38 }), 0.3)));
  await expect(next).toHaveText('22 more may enter');
});

test('a second language stands under the first, and the operator’s words instead of ours', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell(door(aSnapshot(), { secondLanguage: 'es', words: { open: 'Hello there' } }));
  const text = await glass.text();
  expect(text).toContain('Hello there Bienvenidos');
  expect(text).toContain('22 more may enter Pueden entrar 22 más');
  expect(text).not.toContain('Welcome');
});

test('without a live count customers are sent to the staff, and nothing is green', async ({ glass }) => {
  await glass.open();
  const doorless = [['Street', null, true]] as const;
  const states = {
    'never heard': door(aSnapshot({ ageMs: null, state: 'unknown', doors: doorless })),
    'all doors silent': door(aSnapshot({ state: 'unknown' })),
    'past its time': door(aSnapshot({ ageMs: 91_000 })),
    'past its time, link down': { ...door(aSnapshot({ ageMs: 91_000 })), link: 'down' as const },
  };
  for (const [name, state] of Object.entries(states)) {
    await glass.tell(state);
    await expect(board(glass), name).toHaveAttribute('state', 'unknown');
    const text = await glass.text();
    expect(text, name).toContain(ASK);
    expect(text, name).not.toMatch(/\d/);
  }
});

test('a board for customers that starts anew without the cloud is not green', async ({ glass }) => {
  await glass.open('?board=door');
  await glass.tell(remembered(2_000, aSnapshot()));
  await expect(board(glass)).toHaveAttribute('state', 'unknown');
  expect(await glass.text()).not.toMatch(/\d/);
});

test('customers are sent to the staff at the second the count is no longer live, and not before', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell({ ...door(aSnapshot({ ageMs: 2_000 })), link: 'down' });
  await glass.page.clock.runFor(88_000);
  await expect(board(glass)).toHaveAttribute('state', 'open');
  await glass.page.clock.runFor(5);
  await expect(board(glass)).toHaveAttribute('state', 'unknown');
  await glass.tell(door(aSnapshot({ count: 39 })));
  await expect(board(glass)).toHaveAttribute('state', 'open');
});

test('with a silent door customers are counted from the high side', async ({ glass }) => {
  await glass.open();
  const doors = [
    ['Street', 2_000],
    ['Arcade', 372_000, true],
  ] as const;
  await glass.tell(door(aSnapshot({ count: 47, margin: 4, doors })));
  await expect(glass.page.getByTestId('count')).toHaveText('51');
  await expect(glass.page.getByTestId('next')).toHaveText('9 more may enter');
});

test('customers see no alert and no health of anything', async ({ glass }) => {
  await glass.open();
  const alerts = [
    anAlert({ type: 'sensor-silent', door: 'door-2' }),
    anAlert({ type: 'over-capacity', severity: 'alarm' }),
  ];
  await glass.tell({ ...door(aSnapshot({ count: 64, content: { alerts } })), link: 'down' });
  expect(await glass.text()).not.toMatch(/over|silent|connection|alert|live|ago/i);
  await expect.poll(() => lastDrawn(glass)).toMatchObject({ board: 'door', alerts: [] });
});

test('a closed store says so with the time it opens, until that time is over', async ({ glass }) => {
  await glass.open();
  const opensAtMs = SATURDAY_AFTERNOON_MS + 50_000;
  await glass.tell(door(closed({}, opensAtMs)));
  await expect(glass.page.getByTestId('opens')).toHaveText('16:25');
  await expect(glass.page.getByTestId('next')).toHaveText('today');
  await glass.page.clock.runFor(51_000);
  await expect(board(glass)).toHaveAttribute('state', 'open');
  await glass.tell(door(closed({}, SUNDAY_MORNING_MS + 24 * HOUR_MS)));
  await expect(glass.page.getByTestId('next')).toHaveText('Monday');
});

test('managers of a closed store see when it opens, and still the count', async ({ glass }) => {
  await glass.open();
  await glass.tell(put(following(closed({ count: 2 })), {}));
  await expect(glass.page.getByTestId('state')).toHaveText('Closed');
  await expect(glass.page.getByTestId('count')).toHaveText('2');
  const text = await glass.text();
  expect(text).toContain('opens Sun 10:00');
  expect(text).not.toContain('may enter');
  await glass.page.clock.runFor(120_000);
  await expect(glass.page.locator('count-figure')).toHaveAttribute('hollow');
});

test('an alarm goes before the closing hour', async ({ glass }) => {
  await glass.open();
  await glass.tell(put(following(closed({ count: 64 })), {}));
  await expect(glass.page.getByRole('heading', { name: 'Over limit' })).toBeVisible();
});

test('a wall shows the worst first, and what is not counted is not in its sum', async ({ glass }) => {
  await glass.open();
  await glass.tell(wall(shops(9)));
  expect(await tileNames(glass)).toEqual([
    'Puerto',
    'Sants',
    'Alameda',
    'Triana',
    'Calle Mayor',
    'Gran Vía',
    'El Born',
    'Plaza Nueva',
    'Ruzafa',
  ]);
  await expect(glass.page.getByTestId('sum')).toHaveText(`${8 + 64 + 10 + 57 + 60 + 16 + 31} inside`);
  await expect(glass.page.getByTestId('not-counted')).toHaveText('2 not counted');
  const text = await glass.text();
  for (const words of ['4 over', 'since 15:54', 'as of 16:20', 'Full', 'room for 3', 'opens Sun 10:00'])
    expect(text).toContain(words);
  await expect(glass.page.locator('wall-tile .hollow')).toHaveText('49');
  await expect(glass.page.getByTestId('partial')).toHaveCount(1);
  await expect(glass.page.locator('wall-tile[state=unknown] .figure')).toHaveCount(0);
});

test('what has no place on a wall is said, and whether it is all open', async ({ glass }) => {
  await glass.open();
  const open = Array.from({ length: 60 }, (_, index) => shop(`Store ${index}`));
  await glass.tell(wall(open));
  const tiles = await tileNames(glass);
  expect(tiles.length).toBeGreaterThanOrEqual(32);
  expect(await glass.text()).toContain(`and ${60 - tiles.length} more, all open`);
  await glass.tell(wall([...open, shop('Night', {}, closed)]));
  expect(await glass.text()).toContain(`and ${61 - tiles.length} more`);
  expect(await glass.text()).not.toContain('all open');
  await glass.tell(wall([...open, shop('Busy', { count: 64 })]));
  expect((await tileNames(glass))[0]).toBe('Busy');
});

test('a wall that starts anew without the cloud counts nothing', async ({ glass }) => {
  await glass.open('?board=wall');
  await glass.tell(remembered(60_000, shop('Gran Vía'), shop('Puerto')));
  await expect(glass.page.getByTestId('sum')).toHaveText('No live count');
  await expect(glass.page.getByTestId('not-counted')).toHaveText('2 not counted');
  await expect(glass.page.getByTestId('tile-count')).toHaveCount(0);
});

test.describe('a glass with a schedule', () => {
  const asleep: Partial<SignSettings> = { display: { on: '17:00', off: '09:00' } };

  test('is black outside of it, and says so', async ({ glass }) => {
    await glass.open();
    await glass.tell(put(following(aSnapshot()), asleep));
    expect(await isBlack(glass)).toBe(true);
    await expect.poll(() => lastDrawn(glass)).toMatchObject({ kind: 'store', asleep: true, alerts: [] });
    await glass.page.clock.fastForward(37 * MINUTE_MS);
    expect(await isBlack(glass)).toBe(false);
    await expect.poll(() => lastDrawn(glass)).toMatchObject({ asleep: false });
  });

  test('goes by the cloud’s time, whatever the clock of the device says', async ({ glass }) => {
    await glass.open();
    await glass.page.clock.setSystemTime(SATURDAY_AFTERNOON_MS + 3 * HOUR_MS);
    await glass.tell(put(following(aSnapshot()), asleep));
    expect(await isBlack(glass)).toBe(true);
    await glass.tell(put(following(aSnapshot({ nowMs: SATURDAY_AFTERNOON_MS + HOUR_MS })), asleep));
    expect(await isBlack(glass)).toBe(false);
  });

  test('shows its picture while a store is over its limit, and while somebody looks for it', async ({
    glass,
  }) => {
    await glass.open();
    await glass.tell(put(following(aSnapshot({ count: 64 })), asleep));
    expect(await isBlack(glass)).toBe(false);
    await expect(glass.page.locator('alarm-panel')).toBeVisible();
    await glass.tell(put(following(aSnapshot()), asleep));
    expect(await isBlack(glass)).toBe(true);
    await glass.tell({ ...put(following(aSnapshot()), asleep), identify: true });
    expect(await isBlack(glass)).toBe(false);
  });

  test('is never black before the cloud has told the time', async ({ glass }) => {
    await glass.open();
    expect(await isBlack(glass)).toBe(false);
    await glass.tell(remembered(60_000, aSnapshot()));
    expect(await isBlack(glass)).toBe(false);
  });

  test('keeps to the opening hours from half an hour before until half an hour after', async ({ glass }) => {
    const hours = { display: 'opening-hours' } as const;
    await glass.open();
    const closesAtMs = SATURDAY_AFTERNOON_MS + 10 * MINUTE_MS;
    const open = aSnapshot({ content: { opening: { open: true, changesAtMs: closesAtMs } } });
    await glass.tell(put(following(open), hours));
    expect(await isBlack(glass)).toBe(false);
    await glass.page.clock.fastForward(11 * MINUTE_MS);
    await glass.tell(put(following(closed({ nowMs: closesAtMs + MINUTE_MS })), hours));
    await glass.page.clock.fastForward(28 * MINUTE_MS);
    expect(await isBlack(glass)).toBe(false);
    await glass.page.clock.fastForward(2 * MINUTE_MS);
    expect(await isBlack(glass)).toBe(true);
    await glass.tell(put(following(closed({ nowMs: SUNDAY_MORNING_MS - 29 * MINUTE_MS })), hours));
    expect(await isBlack(glass)).toBe(false);
  });
});

for (const degrees of [90, 180, 270] as const) {
  test(`on a panel that hangs turned by ${degrees} the whole picture is turned, ${degrees}`, async ({
    glass,
  }) => {
    await glass.open();
    for (const name of ['door', 'wall', 'manager'] as const) {
      await glass.tell(put(following(...shops(6)), { board: name, turnedDegrees: degrees }));
      const box = await glass.page.locator('main').boundingBox();
      expect(box).toEqual({ x: 0, y: 0, width: 1_920, height: 1_080 });
      const own = await glass.page
        .locator('main')
        .evaluate(({ clientWidth, clientHeight }) => ({ width: clientWidth, height: clientHeight }));
      const upright = { width: 1_080, height: 1_920 };
      expect(own).toEqual(degrees === 180 ? { width: 1_920, height: 1_080 } : upright);
      const sizes = await glass.page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return { scrollWidth, scrollHeight };
      });
      expect(sizes).toEqual({ scrollWidth: 1_920, scrollHeight: 1_080 });
    }
  });
}

test('letters that were asked for from too far away are said to be too small', async ({ glass }) => {
  await glass.open();
  await glass.tell(put(following(aSnapshot()), { farMetres: 12 }));
  expect(await glass.text()).toContain('Readable to 8 m only');
  await glass.tell(put(following(aSnapshot()), { farMetres: 12, panelInches: 98 }));
  expect(await glass.text()).not.toContain('Readable');
  await glass.page.setViewportSize({ width: 3_840, height: 1_080 });
  await expect.poll(() => glass.text()).toMatch(/Readable to 7\.\d m only/);
});

test('the glass says which alerts really stand on it', async ({ glass }) => {
  await glass.open();
  const over = anAlert({ type: 'over-capacity', severity: 'alarm' });
  const clock = anAlert({ type: 'sensor-clock', severity: 'note', door: 'door-3' });
  const rate = anAlert({ type: 'implausible-rate', door: 'door-1' });
  const snapshot = aSnapshot({ count: 64, content: { alerts: [over, rate, clock] } });
  const keyOf = (type: string, place: string) => `calle-mayor ${type} ${place} ${over.sinceMs}`;
  await glass.tell(put(following(snapshot), {}));
  const drawn = [keyOf('over-capacity', 'store'), keyOf('implausible-rate', 'door-1')];
  const [both] = [[...drawn, keyOf('sensor-clock', 'door-3')]];
  await expect.poll(async () => (await lastDrawn(glass))?.alerts).toEqual(both);
  await glass.tell(put(following(snapshot), { board: 'wall' }));
  await expect.poll(async () => (await lastDrawn(glass))?.alerts).toEqual([drawn[0]]);
});
