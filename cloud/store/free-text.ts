/**
 * Text that a stranger wrote, as both engines can keep it: PostgreSQL refuses a NUL and half a surrogate pair, and one
 * such character in a sensor's message would stop every batch that it is in.
 */
export const columnOf = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text.replace(/[\\\p{Cc}\p{Cs}]/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Nearly every text: visible ASCII and blanks, without a backslash. */
const PLAIN = /^[ -[\]-~]*$/;

/** What `columnOf` was given. */
export const textOf = (column: string): string =>
  column.replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
