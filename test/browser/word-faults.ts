import { expect, type Page } from '@playwright/test';
import type { Language } from '../../renderer/design/strings/languages.ts';
import { inkBoxes } from './ink-boxes.ts';
import { faultsOf, textBoxes } from './text-boxes.ts';

type Size = { readonly width: number; readonly height: number };

/** All faces that these words need have come, and every board is laid out with them. */
export async function facesCame(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.fonts.ready.then(() => document.fonts.status)))
    .toBe('loaded');
}

export const isOfOtherLetters = (language: Language): boolean => language === 'ja' || language === 'ar';
/** What reaches a little below its line may reach a little into the margin. */
export const isMargin = (fault: string): boolean => fault.endsWith('the margin');

/** What runs off the glass or into other words, by the letters as they are drawn. */
export async function wordFaults(
  page: Page,
  size: Size,
  ...languages: readonly Language[]
): Promise<string[]> {
  await facesCame(page);
  if (!languages.some(isOfOtherLetters)) {
    const boxes = await textBoxes(page);
    expect(boxes.length).toBeGreaterThan(1);
    return faultsOf(boxes, size);
  }
  const lines = await inkBoxes(page, 'line');
  expect(lines.length).toBeGreaterThan(1);
  const letters = await inkBoxes(page, 'ink');
  return [
    ...faultsOf(lines, size).filter(isMargin),
    ...faultsOf(letters, size).filter((fault) => !isMargin(fault)),
  ];
}
