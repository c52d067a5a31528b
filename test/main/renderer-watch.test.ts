import { EventEmitter } from 'node:events';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchRenderer } from '../../main/renderer-watch.ts';

const MINUTE_MS = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page whose process the test rules. */
function aPage() {
  const contents = Object.assign(new EventEmitter(), {
    crashes: 0,
    isDestroyed: () => false,
    forcefullyCrashRenderer() {
      contents.crashes += 1;
      contents.emit('render-process-gone', {}, { reason: 'crashed' });
    },
  });
  const page = { contents, loads: 0, onLoad: async (): Promise<void> => {} };
  const life = new AbortController();
  const load = () => {
    page.loads += 1;
    return page.onLoad();
  };
  const watch = () =>
    watchRenderer({
      contents,
      load,
      log: pino({ level: 'silent' }),
      signal: life.signal,
      now: () => performance.now(),
    });
  return Object.assign(page, { watch, stop: () => life.abort() });
}

async function passMs(ms: number, each = () => {}): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    await vi.advanceTimersByTimeAsync(1_000);
    each();
  }
}

test('a page that paints is left alone', async () => {
  const page = aPage();
  const { painted } = page.watch();
  await passMs(10 * MINUTE_MS, painted);
  expect(page).toMatchObject({ loads: 1, contents: { crashes: 0 } });
});

test('a page that runs but paints no more is ended and loaded again, within half a minute', async () => {
  const page = aPage();
  const { painted } = page.watch();
  await passMs(MINUTE_MS, painted);
  await passMs(30_000);
  expect(page).toMatchObject({ loads: 2, contents: { crashes: 1 } });
});

test('a page is loaded anew when somebody wants it, and not while it is loaded anyway', async () => {
  const page = aPage();
  const { painted, reload } = page.watch();
  await passMs(MINUTE_MS, painted);
  await reload();
  expect(page.loads).toBe(2);
  page.contents.forcefullyCrashRenderer();
  await reload();
  expect(page.loads).toBe(2);
  await passMs(MINUTE_MS, painted);
  expect(page.loads).toBe(3);
});

test('a page that dies each time it is loaded is loaded again, but never in a hurry', async () => {
  const page = aPage();
  page.onLoad = async () => void page.contents.emit('render-process-gone', {}, { reason: 'oom' });
  page.watch();
  await passMs(5 * MINUTE_MS);
  const inFiveMinutes = page.loads;
  await passMs(10 * MINUTE_MS);
  expect(inFiveMinutes).toBeLessThan(20);
  expect(page.loads - inFiveMinutes).toBe(20);
});

test('a page that cannot be loaded is tried again', async () => {
  const page = aPage();
  page.onLoad = () => Promise.reject(new Error('ERR_FAILED'));
  const { painted } = page.watch();
  await passMs(5_000);
  page.onLoad = async () => {};
  await passMs(5_000);
  const loads = page.loads;
  expect(loads).toBeGreaterThan(2);
  await passMs(MINUTE_MS, painted);
  expect(page).toMatchObject({ loads, contents: { crashes: 0 } });
});

test('a shell that stops watches no more', async () => {
  const page = aPage();
  const { painted } = page.watch();
  page.stop();
  painted();
  page.contents.emit('unresponsive');
  await passMs(MINUTE_MS);
  expect(page).toMatchObject({ loads: 1, contents: { crashes: 0 } });
  expect(vi.getTimerCount()).toBe(0);
});
