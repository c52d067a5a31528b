import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnOf, textOf } from '../../../cloud/store/free-text.ts';

test('any text comes back from its column as it was, and the column is one that every database accepts', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('\0', '\ud83d', '\ude00', '\\', 'u', '0', 'é') }),
      (text) => {
        const column = columnOf(text);
        expect(textOf(column)).toBe(text);
        expect(column).not.toContain('\0');
        expect(column.isWellFormed()).toBe(true);
      },
    ),
  );
});

test('ordinary text is kept as it is', () => {
  expect(columnOf('Café "Zoë" 日本 😀')).toBe('Café "Zoë" 日本 😀');
});
