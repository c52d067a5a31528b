import { isForTheField } from './typing.ts';

/** J and K move through the links of a list, `/` goes to its filter. Enter is the link's own. */
export function moveThrough(
  event: KeyboardEvent,
  links: NodeListOf<HTMLElement>,
  filter: HTMLInputElement | null,
): void {
  if (event.key === 'Escape' && filter !== null && event.target === filter) filter.blur();
  if (isForTheField(event)) return;
  if (event.key === '/' && filter !== null) {
    event.preventDefault();
    filter.focus();
    return;
  }
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (step === undefined || links.length === 0) return;
  const at = [...links].indexOf(document.activeElement as HTMLElement);
  const next =
    at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
  links[next]?.focus();
  links[next]?.scrollIntoView({ block: 'nearest' });
}
