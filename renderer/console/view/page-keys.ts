import { isForTheField } from './typing.ts';

/** How long `G` waits for its letter. */
const LETTER_WITHIN_MS = 1_500;

export type PageKey =
  | { readonly kind: 'go-to' | 'help' }
  | { readonly kind: 'page'; readonly letter: string };

/** What a key means on every page. It remembers a `G` for a moment. */
export function pageKeys(): (event: KeyboardEvent) => PageKey | undefined {
  let pressedGAtMs: number | undefined;
  return (event) => {
    const key = event.key.toLowerCase();
    const isChord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isChord && key === 'k' && !event.defaultPrevented)
      return isInDialog(event) ? undefined : { kind: 'go-to' };
    if (isForTheField(event)) return undefined;
    const wasG = pressedGAtMs !== undefined && event.timeStamp - pressedGAtMs < LETTER_WITHIN_MS;
    pressedGAtMs = undefined;
    if (wasG && /^[a-z]$/.test(key)) return { kind: 'page', letter: key };
    if (key === 'g') pressedGAtMs = event.timeStamp;
    return key === '?' ? { kind: 'help' } : undefined;
  };
}

const isInDialog = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('dialog') !== null;
