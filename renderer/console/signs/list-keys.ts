export type ListMove =
  | { readonly kind: 'go'; readonly signId: string }
  | { readonly kind: 'choose'; readonly signId: string }
  | { readonly kind: 'filter' | 'leave' };

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target' | 'defaultPrevented'>;

/** What a key does in the list; nothing while somebody types. `at`: the sign that the focus or the panel is on. */
export function listKey(
  event: Pressed,
  signIds: readonly string[],
  at: string | undefined,
): ListMove | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event))
    return undefined;
  switch (event.key) {
    case 'j':
    case 'k': {
      const step = event.key === 'j' ? 1 : -1;
      const from = at === undefined ? (step === 1 ? -1 : signIds.length) : signIds.indexOf(at);
      const signId = signIds[from + step];
      return signId === undefined ? undefined : { kind: 'go', signId };
    }
    case 'x':
      return at === undefined ? undefined : { kind: 'choose', signId: at };
    case '/':
      return { kind: 'filter' };
    case 'Escape':
      return { kind: 'leave' };
    default:
      return undefined;
  }
}

function isTyping({ key, target }: Pressed): boolean {
  const inside = (selector: string) => (target as Partial<Element> | null)?.closest?.(selector) != null;
  // Escape belongs to an open dialog; in a field it leaves the field alone.
  if (inside('dialog')) return true;
  return key !== 'Escape' && inside('input:not([type=checkbox]), select, textarea');
}
