import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { childController, pause } from '../../../cloud/client/child-controller.ts';

const HOUR_MS = 3_600_000;

test('a child ends with its parent, also with one that has ended already', () => {
  const parent = new AbortController();
  const child = childController(parent.signal);
  parent.abort('closing time');
  expect(child.signal.reason).toBe('closing time');
  expect(childController(parent.signal).signal.aborted).toBe(true);
});

test('a parent that lives for months forgets the children that ended', async () => {
  const parent = new AbortController();
  for (let count = 0; count < 20; count += 1) childController(parent.signal).abort();
  await pause(0, parent.signal);
  expect(getEventListeners(parent.signal, 'abort')).toEqual([]);
  expect(parent.signal.aborted).toBe(false);
});

test('a pause ends as soon as it is no longer wanted', async () => {
  const owner = new AbortController();
  const over = pause(HOUR_MS, owner.signal);
  owner.abort();
  await over;
  await pause(HOUR_MS, owner.signal);
});
