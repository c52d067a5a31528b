import { expect, test } from 'vitest';
import { consoleFile, isConsole } from '../../../../cloud/local/web/console-path.ts';

test('every page of the console is one file, and its files stay files', () => {
  expect(consoleFile('/console')).toBe('/index.html');
  expect(consoleFile('/console/stores/calle-mayor')).toBe('/index.html');
  expect(consoleFile('/console/assets/index-a1b2.js')).toBe('/assets/index-a1b2.js');
});

test('what only begins like the console is not it', () => {
  expect(isConsole('/console?state=full')).toBe(true);
  expect(isConsole('/console/signs')).toBe(true);
  expect(isConsole('/consoles')).toBe(false);
});
