/** Minutes of arc of the state word, the largest first. */
const WORD_STEPS = { across: [40, 36, 30, 26, 22, 19, 16], upright: [30, 26, 22, 19, 16, 13] } as const;
/** What stands beside the figure: first smaller, then stacked, then wrapped, then without the second `of`. */
const LINE_STEPS = ['line', 'floor', 'stacked', 'wrapped', 'short'] as const;
const MOST_WORD_LINES = 2;

/** Finds the largest words that stay on the glass: the lines beside the figure first, then the word of the state. */
export function fitDoor(host: HTMLElement, root: ParentNode): void {
  const [say, beside, word] = ['.say', '.beside', '.word'].map((one) => root.querySelector<HTMLElement>(one));
  if (!say || !beside || !word) return;
  const steps = host.clientHeight > host.clientWidth ? WORD_STEPS.upright : WORD_STEPS.across;
  const setWord = (arc: number) => host.style.setProperty('--word', String(arc));
  host.removeAttribute('broken');
  setWord(steps.at(-1) ?? 16);
  for (const step of LINE_STEPS) {
    host.setAttribute('lines', step);
    if (areWithin(beside) && isOnGlass(host, root)) break;
  }
  for (const arc of steps) {
    setWord(arc);
    if (
      areWithin(say) &&
      isAbove(say) &&
      lineCount(word, getComputedStyle(word)) <= MOST_WORD_LINES &&
      isOnGlass(host, root)
    )
      return;
  }
  host.setAttribute('broken', '');
}

/** No words are wider than what holds them. */
const areWithin = (holder: HTMLElement): boolean =>
  [holder, ...holder.querySelectorAll<HTMLElement>('*')].every(
    ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth + 1,
  );

/** Its last line ends above what comes below. */
function isAbove(say: HTMLElement): boolean {
  const last = say.lastElementChild as HTMLElement | null;
  return last === null || last.offsetTop + last.offsetHeight <= say.clientHeight + 1;
}

/** All parts one below the other take no more than the glass has between its margins. */
function isOnGlass(host: HTMLElement, root: ParentNode): boolean {
  const parts = [...root.children].flatMap((part) => (part instanceof HTMLElement ? [part] : []));
  const top = Math.min(...parts.map(({ offsetTop }) => offsetTop));
  const bottom = Math.max(...parts.map(({ offsetTop, offsetHeight }) => offsetTop + offsetHeight));
  const { paddingTop, paddingBottom } = getComputedStyle(host);
  return (
    bottom - top <= host.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom) + 1
  );
}

function lineCount({ offsetHeight }: HTMLElement, { lineHeight }: CSSStyleDeclaration): number {
  return Math.round(offsetHeight / Number.parseFloat(lineHeight));
}
