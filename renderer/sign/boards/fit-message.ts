/** Font sizes of the first language and of the second, in CSS. */
export type MessageStep = {
  readonly first: string;
  readonly second: string;
  /** More lines are of no use at this size; left out: as many as it takes. */
  readonly lines?: number;
  /** Of the glass; for a message below the board. */
  readonly share?: number;
  /** What stands around the words is small as well. */
  readonly small?: boolean;
  /** In the first language alone. */
  readonly alone?: boolean;
};

/** A word that is parted at all is parted at these sizes, not at the largest. */
const PARTED_FROM_STEP = 5;

/** Sets the largest step in which all of the words can be read; a word is parted only where it fits in none of them whole. */
export function fitMessage(
  host: HTMLElement,
  steps: readonly MessageStep[],
  fits: (step: MessageStep) => boolean,
): void {
  for (const isParted of [false, true]) {
    host.toggleAttribute('parted', isParted);
    for (const step of isParted ? steps.slice(Math.min(PARTED_FROM_STEP, steps.length - 2)) : steps) {
      host.style.setProperty('--first', step.first);
      host.style.setProperty('--second', step.second);
      host.toggleAttribute('small', step.small ?? false);
      host.toggleAttribute('alone', step.alone ?? false);
      if (fits(step)) return;
    }
  }
}

/** No words are wider than what holds them. */
export const areWithin = (words: readonly HTMLElement[]): boolean =>
  words.every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth + 1);

/** From cap height to baseline, of a text that is trimmed to them. */
export function lineCount(words: HTMLElement): number {
  return Math.round(words.offsetHeight / Number.parseFloat(getComputedStyle(words).lineHeight));
}
