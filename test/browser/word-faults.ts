import { expect, type Page } from '@playwright/test';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { Language } from '../../renderer/design/strings/languages.ts';
import type { Measure, Measured } from './fixture/measures.ts';
import { measuredEach } from './measured-each.ts';
import { faultsOf } from './text-boxes.ts';

type Size = { readonly width: number; readonly height: number };

/** A state as the glass may be told it, what it is called, and the languages it is in. */
export type Told = {
  readonly name: string;
  readonly state: FeedState;
  readonly languages: readonly Language[];
};

/** All faces that these words need have come, and every board is laid out with them. */
export async function facesCame(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.fonts.ready.then(() => document.fonts.status)))
    .toBe('loaded');
}

export const isOfOtherLetters = (language: Language): boolean => language === 'ja' || language === 'ar';
/** What reaches a little below its line may reach a little into the margin. */
export const isMargin = (fault: string): boolean => fault.endsWith('the margin');

/** Tells the glass one after the other; of each, no words run off it or into others, by the letters as they are drawn. */
export async function expectWordsHeld<M extends Measure>(
  page: Page,
  size: Size,
  all: readonly Told[],
  more: readonly M[] = [],
): Promise<(Measured<M> & { readonly name: string })[]> {
  const states = all.map(({ state }) => state);
  const found = await measuredEach(page, states, [...WORDS, ...more]);
  expect(found).toHaveLength(all.length);
  return found.map((measured, index) => {
    const { name = '', languages = [] } = all[index] ?? {};
    expect.soft(faultsIn(measured, size, languages), name).toEqual([]);
    return { ...measured, name };
  });
}

const WORDS = ['text', 'line', 'ink'] as const;

function faultsIn(
  { text, line, ink }: Measured<'text' | 'line' | 'ink'>,
  size: Size,
  languages: readonly Language[],
): string[] {
  if (!languages.some(isOfOtherLetters)) {
    expect(text.length).toBeGreaterThan(1);
    return faultsOf(text, size);
  }
  expect(line.length).toBeGreaterThan(1);
  return [
    ...faultsOf(line, size).filter(isMargin),
    ...faultsOf(ink, size).filter((fault) => !isMargin(fault)),
  ];
}
