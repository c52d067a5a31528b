/** Told when the address changed by a link or by the page itself. */
export const NAVIGATED = 'console-navigated';

export function navigate(path: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  dispatchEvent(new CustomEvent(NAVIGATED));
}

/** The page that a click on a link leads to within the console; null: the browser's own business. */
export function linkedPath(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
  if (link === undefined || link.target !== '' || link.hasAttribute('download')) return null;
  const { origin, pathname, search, hash } = new URL(link.href);
  const isOurs = origin === location.origin && (pathname === '/console' || pathname.startsWith('/console/'));
  return isOurs && hash === '' ? pathname + search : null;
}
