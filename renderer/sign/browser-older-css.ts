/**
 * The styles of the glass as a browser reads them that has no container queries (Chromium before 105), no `translate` and
 * `scale` of their own (before 104) and no `:dir()` (before 120). Where a panel hangs turned by a setting, what asks for
 * the glass's own orientation gets that of the window.
 */
export function olderCss(css: string): string {
  return css
    .replace(/@container\s*\(orientation:/g, '@media (orientation:')
    .replace(/:host\(:dir\((ltr|rtl)\)\)/g, ":host-context([dir='$1'])")
    .replace(
      /(^|[\s;{])translate:\s*([^;}]+)/g,
      (_, before: string, value: string) => `${before}transform: ${moved(value.trim())}`,
    )
    .replace(
      /(^|[\s;{])scale:\s*([^;}]+)/g,
      (_, before: string, value: string) => `${before}transform: scale(${inParts(value.trim()).join(', ')})`,
    );
}

const moved = (value: string): string =>
  value === 'none' ? value : `translate(${inParts(value).join(', ')})`;

/** At the spaces outside of brackets. */
function inParts(value: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of value) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ' ' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.filter((part) => part !== '');
}
