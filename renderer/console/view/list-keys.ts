import { isForTheField } from './typing.ts';

/** J and K move through the links of a list, `/` goes to its filter. Enter is the link's own. */
export function moveThrough(
  event: KeyboardEvent,
  links: NodeListOf<HTMLElement>,
  filter: HTMLInputElement | null,
): void {
  const step = moveOf(event, filter);
  if (step === undefined || links.length === 0) return;
  const at = [...links].indexOf(document.activeElement as HTMLElement);
  const next =
    at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
  links[next]?.focus();
  links[next]?.scrollIntoView({ block: 'nearest' });
}

/** Which way a key leads in a list; what is for the filter is done here. */
export function moveOf(event: KeyboardEvent, filter: HTMLInputElement | null): 1 | -1 | undefined {
  if (event.key === 'Escape' && filter !== null && event.target === filter) filter.blur();
  if (isForTheField(event)) return undefined;
  if (event.key === '/' && filter !== null) {
    event.preventDefault();
    filter.focus();
    return undefined;
  }
  return ({ j: 1, k: -1 } as const)[event.key.toLowerCase()];
}
