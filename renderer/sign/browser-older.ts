import { olderCss } from './browser-older-css.ts';

/**
 * What the page uses and Chromium 90 does not have. It comes before everything else that the page imports, as some of
 * that uses it at once.
 */

/** For Chromium before 92. */
function at<Item>(this: ArrayLike<Item>, index: number): Item | undefined {
  const whole = Math.trunc(index) || 0;
  return this[whole < 0 ? this.length + whole : whole];
}

/** For Chromium before 110. */
function toSorted<Item>(this: readonly Item[], compare?: (one: Item, other: Item) => number): Item[] {
  return [...this].sort(compare);
}

function toSpliced<Item>(this: readonly Item[], start: number, remove: number, ...added: Item[]): Item[] {
  const copy = [...this];
  copy.splice(start, remove, ...added);
  return copy;
}

/** For Chromium before 93. */
const hasOwn = (object: object, key: PropertyKey): boolean => Object.hasOwn(object, key);

/** For Chromium before 100. */
function throwIfAborted(this: AbortSignal): void {
  if (this.aborted) throw new DOMException('The operation was aborted.', 'AbortError');
}

/** For Chromium before 92: version 4 of RFC 9562. */
function randomUUID(this: Crypto): string {
  const bytes = this.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    const marked = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, '0');
  }).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const missing = (owner: object, name: string, value: unknown): void => {
  if (!(name in owner)) Object.defineProperty(owner, name, { value, writable: true, configurable: true });
};

missing(Array.prototype, 'at', at);
missing(String.prototype, 'at', at);
missing(Array.prototype, 'toSorted', toSorted);
missing(Array.prototype, 'toSpliced', toSpliced);
missing(Object, 'hasOwn', hasOwn);
missing(AbortSignal.prototype, 'throwIfAborted', throwIfAborted);
missing(Crypto.prototype, 'randomUUID', randomUUID);

if (!CSS.supports('container-type: size')) {
  const { replaceSync } = CSSStyleSheet.prototype;
  CSSStyleSheet.prototype.replaceSync = function (this: CSSStyleSheet, text: string): void {
    replaceSync.call(this, olderCss(text));
  };
}
