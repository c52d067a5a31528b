import type { Page } from '@playwright/test';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { Measure, Measured } from './fixture/measures.ts';

/** Tells the glass each of these states, in their order, and measures it once it stands. */
export async function measuredEach<M extends Measure>(
  page: Page,
  states: readonly FeedState[],
  measures: readonly M[],
): Promise<Measured<M>[]> {
  const lists = [JSON.stringify(states), JSON.stringify(measures)] as const;
  return JSON.parse(await page.evaluate(([told, names]) => window.measureEach(told, names), lists));
}
