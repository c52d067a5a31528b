import { type LitFrame, lastChangeMs, mostFlashesPerSecond } from '../support/flash-meter.ts';
import { anAlert, aSnapshot, following, SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';
import { door } from './board-states.ts';
import { expect, type Glass, test } from './glass.ts';
import { litFrames, rightOf } from './lit-frames.ts';
import { aMessage, saying } from './message-states.ts';

/** Small, as nine hundred of them are looked at; the glass is laid out in parts of its size. */
const SMALL = { width: 384, height: 216 };
/** WCAG 2.3.1. */
const MOST_FLASHES = 3;
const BEGINS_MS = 500;
const PULSE_ENDS_MS = BEGINS_MS + 10_000;
/** What a slow pulse of a thin border still changes in the mean of a cell. */
const FAINT = 0.004;

const OVER = following(
  aSnapshot({
    count: 64,
    content: {
      alerts: [anAlert({ type: 'over-capacity', severity: 'alarm', sinceMs: SATURDAY_AFTERNOON_MS })],
    },
  }),
);

async function opened(glass: Glass): Promise<void> {
  await glass.page.setViewportSize(SMALL);
  await glass.open();
}

/** Beside it ages are told by the second. */
async function ofAlarm(glass: Glass, frames: readonly LitFrame[]): Promise<readonly LitFrame[]> {
  const box = await glass.page.locator('alarm-panel').boundingBox();
  return rightOf((box?.x ?? 0) / SMALL.width, frames);
}

test('an alarm that begins flashes never more than three times a second, and its pulse rests after ten seconds', async ({
  glass,
}) => {
  test.setTimeout(240_000);
  await opened(glass);
  await glass.tell(following(aSnapshot({ count: 59 })));
  const frames = await litFrames(glass.page, new Map([[BEGINS_MS, () => glass.tell(OVER)]]));
  expect(mostFlashesPerSecond(frames)).toBeLessThanOrEqual(MOST_FLASHES);
  const pulse = lastChangeMs(await ofAlarm(glass, frames), FAINT);
  expect(pulse, 'the meter sees the pulse').toBeGreaterThan(BEGINS_MS + 5_000);
  expect(pulse, 'the pulse rests').toBeLessThanOrEqual(PULSE_ENDS_MS + 100);
});

test('with reduced motion an alarm changes the glass once and moves nothing', async ({ glass }) => {
  test.setTimeout(240_000);
  await glass.page.emulateMedia({ reducedMotion: 'reduce' });
  await opened(glass);
  await glass.tell(following(aSnapshot({ count: 59 })));
  const times = { fastUntilMs: 1_000, fastMs: 1_000 / 60, untilMs: 2_500, slowMs: 60 };
  const frames = await litFrames(glass.page, new Map([[BEGINS_MS, () => glass.tell(OVER)]]), times);
  expect(mostFlashesPerSecond(frames)).toBe(0);
  expect(lastChangeMs(await ofAlarm(glass, frames), FAINT)).toBeLessThanOrEqual(BEGINS_MS + 20);
});

test('a board for customers that becomes full and open again does just that: no part of it flashes twice', async ({
  glass,
}) => {
  test.setTimeout(240_000);
  await opened(glass);
  await glass.tell(door(aSnapshot()));
  const tell = (count: number) => () => glass.tell(door(aSnapshot({ count })));
  const times = { fastUntilMs: 2_000, fastMs: 1_000 / 60, untilMs: 2_000, slowMs: 60 };
  const frames = await litFrames(
    glass.page,
    new Map([
      [BEGINS_MS, tell(60)],
      [1_200, tell(38)],
    ]),
    times,
  );
  expect(lastChangeMs(frames)).toBeGreaterThan(1_000);
  // There and back is one.
  expect(mostFlashesPerSecond(frames)).toBeLessThanOrEqual(1);
});

test('an alarm that takes the whole board for customers and gives it back flashes never more than three times a second', async ({
  glass,
}) => {
  test.setTimeout(240_000);
  await opened(glass);
  const customers = door(aSnapshot());
  await glass.tell(customers);
  const message = aMessage({ text: 'Please leave by the nearest exit', priority: 'alarm' });
  const ENDS_MS = 2_500;
  const times = { fastUntilMs: 1_200, fastMs: 1_000 / 60, untilMs: 4_000, slowMs: 50 };
  const frames = await litFrames(
    glass.page,
    new Map([
      [BEGINS_MS, () => glass.tell(saying(customers, message))],
      [ENDS_MS, () => glass.tell(customers)],
    ]),
    times,
  );
  expect(lastChangeMs(frames), 'the meter sees its end').toBeGreaterThanOrEqual(ENDS_MS);
  expect(mostFlashesPerSecond(frames)).toBeLessThanOrEqual(MOST_FLASHES);
});

test('the meter finds a part that blinks five times a second', async ({ glass }) => {
  test.setTimeout(240_000);
  await opened(glass);
  await glass.page.evaluate(() => {
    const blinking = document.createElement('div');
    Object.assign(blinking.style, {
      position: 'fixed',
      inset: '40% 80% 40% 0',
      zIndex: '9',
      background: '#fff',
    });
    document.body.append(blinking);
    blinking.animate([{ opacity: 0 }, { opacity: 1 }], {
      duration: 100,
      direction: 'alternate',
      iterations: Number.POSITIVE_INFINITY,
    });
  });
  const times = { fastUntilMs: 1_500, fastMs: 1_000 / 60, untilMs: 1_500, slowMs: 50 };
  const frames = await litFrames(glass.page, new Map(), times);
  expect(mostFlashesPerSecond(frames)).toBeGreaterThanOrEqual(4);
  expect(mostFlashesPerSecond(frames)).toBeLessThanOrEqual(5);
});
