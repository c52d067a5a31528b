/** What a list is filtered by, so that a link shows the same list. */
export const textInAddress = (): string => new URLSearchParams(location.search).get('text') ?? '';

export function keepTextInAddress(text: string): void {
  const search = text === '' ? '' : `?${new URLSearchParams({ text })}`;
  history.replaceState(history.state, '', location.pathname + search);
}
