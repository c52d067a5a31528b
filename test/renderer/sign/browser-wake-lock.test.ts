import { expect, test } from 'vitest';
import { keepScreenOn } from '../../../renderer/sign/browser-wake-lock.ts';

/** A page that can be hidden, and a browser that takes its lock away then. */
function aBrowser() {
  const locks: EventTarget[] = [];
  let refuses = false;
  const shown = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState });
  return {
    shown: shown as unknown as Document,
    locks,
    wakeLock: {
      async request() {
        if (refuses) throw new Error('the battery is low');
        const lock = new EventTarget();
        locks.push(lock);
        return lock;
      },
    },
    refuse: (isRefused: boolean) => {
      refuses = isRefused;
    },
    async become(state: DocumentVisibilityState) {
      shown.visibilityState = state;
      if (state === 'hidden') locks.at(-1)?.dispatchEvent(new Event('release'));
      shown.dispatchEvent(new Event('visibilitychange'));
      await new Promise(setImmediate);
    },
  };
}

test('the screen of a sign is kept on, also after the page was hidden for a while', async () => {
  const browser = aBrowser();
  const life = new AbortController();
  keepScreenOn(browser.wakeLock, browser.shown, life.signal);
  await browser.become('visible');
  expect(browser.locks).toHaveLength(1);
  await browser.become('hidden');
  expect(browser.locks).toHaveLength(1);
  await browser.become('visible');
  expect(browser.locks).toHaveLength(2);
  life.abort();
});

test('a lock that was refused is asked for again when the page is seen again', async () => {
  const browser = aBrowser();
  const life = new AbortController();
  browser.refuse(true);
  keepScreenOn(browser.wakeLock, browser.shown, life.signal);
  await browser.become('visible');
  expect(browser.locks).toHaveLength(0);
  browser.refuse(false);
  await browser.become('visible');
  expect(browser.locks).toHaveLength(1);
  life.abort();
});

test('a browser without wake locks shows the sign all the same', () => {
  expect(() => keepScreenOn(undefined, aBrowser().shown, new AbortController().signal)).not.toThrow();
});
