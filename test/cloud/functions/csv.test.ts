import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf, textOfCell } from '../../../cloud/functions/csv.ts';

test('a table is its header and its rows, each line ended as RFC 4180 has it', () => {
  expect(
    csvOf(
      ['door', 'in'],
      [
        ['Main street', 12],
        ['Garage', -3],
      ],
    ),
  ).toBe('door,in\r\nMain street,12\r\nGarage,-3\r\n');
  expect(csvOf(['door'], [])).toBe('door\r\n');
});

test.each([
  ['a comma', 'Main, left', '"Main, left"'],
  ['a quote', 'the "back" door', '"the ""back"" door"'],
  ['a line', 'one\ntwo', '"one\ntwo"'],
  ['blanks around', ' Main ', '" Main "'],
  ['nothing', '', '""'],
  ['letters of any script', 'Ωmega 日本', 'Ωmega 日本'],
])('a cell with %s comes through', (_, text, cell) => {
  expect(csvOf(['name'], [[text]])).toBe(`name\r\n${cell}\r\n`);
});

test.each([
  ['=1+1', "'=1+1"],
  ['+34 600 000 000', "'+34 600 000 000"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', '"\'\rx"'],
  ['  =1+1', "'  =1+1"],
  ['\u0000=1+1', "'\u0000=1+1"],
  ['\u200b=1+1', "'\u200b=1+1"],
  ['＝1+1', "'＝1+1"],
  ['="a","b"', '"\'=""a"",""b"""'],
  ['a=1', 'a=1'],
  ['x;=1+1', "x;'=1+1"],
  ['x; \u0000\u200b@A1', "x;' \u0000\u200b@A1"],
  ["x;'-1;y;+2", "x;''-1;y;'+2"],
  ['x;"=1+1', '"x;\'""=1+1"'],
  ['x\n=1+1', '"x\n\'=1+1"'],
  ['a;b=1;', 'a;b=1;'],
])('the text %j is written so that no spreadsheet runs it', (text, cell) => {
  expect(csvOf(['name'], [[text]])).toBe(`name\r\n${cell}\r\n`);
  expect(csvOf([text], [])).toBe(`${cell}\r\n`);
});

const NASTY = [';', '=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', "'", ',', '1', 'a', '\u0000', '\ufeff'];
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...NASTY), { maxLength: 8 }).map((signs) => signs.join('')),
);

test('any text reads back as it was, and nothing in a table runs, by whatever sign a spreadsheet separates', () => {
  const tables = fc
    .integer({ min: 1, max: 4 })
    .chain((columns) =>
      fc.array(fc.array(fc.oneof(texts, fc.integer()), { minLength: columns, maxLength: columns })),
    );
  fc.assert(
    fc.property(tables, (rows) => {
      const [header, ...read] = cellsOf(csvOf(['one'], rows));
      expect(header).toEqual(['one']);
      expect(read).toHaveLength(rows.length);
      for (const [index, row] of rows.entries()) {
        expect(read[index]).toHaveLength(row.length);
        for (const [column, value] of row.entries()) {
          const cell = read[index]?.[column] ?? '';
          expect(textOfCell(cell)).toBe(String(value));
          if (typeof value === 'number') expect(cell).toBe(String(value));
          else expect(['=', '+', '-', '@']).not.toContain(cell.trim()[0]);
          if (typeof value === 'string') expect(['\t', '\r']).not.toContain(cell[0]);
        }
      }
      // Behind another cell, where such a spreadsheet knows no quotation marks.
      const texts = rows.map((row) => ['x', ...row.filter((value) => typeof value === 'string')]);
      for (const piece of csvOf(['one'], texts).split(/[;\t\r\n]/))
        expect(['=', '+', '-', '@']).not.toContain(piece.replaceAll('"', '').trim()[0]);
    }),
    { numRuns: 500 },
  );
});

/** Reads a table by RFC 4180, sign by sign. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let index = 0; index < csv.length; index += 1) {
    const sign = csv[index];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (csv[index + 1] === '"') cell += csv[++index];
      else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === ',') {
      row.push(cell);
      cell = '';
    } else if (sign === '\r' && csv[index + 1] === '\n') {
      index += 1;
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += sign;
  }
  return rows;
}
