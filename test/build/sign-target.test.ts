import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DIST } from '../../build/places.ts';
import { olderCss } from '../../renderer/sign/browser-older-css.ts';

/** There is no Chromium 90 to try it in: what came later is looked for by name, with the version that brought it. */
const LATER_SCRIPT: Readonly<Record<string, RegExp>> = {
  'Array.at 92': /\.at\(/,
  'randomUUID 92': /\brandomUUID\b/,
  'Object.hasOwn 93': /\bObject\.hasOwn\(/,
  'class static block 94': /\bstatic\s*\{/,
  'Array.findLast 97': /\.findLast(?:Index)?\(/,
  'structuredClone 98': /\bstructuredClone\(/,
  'throwIfAborted 100': /\.throwIfAborted\(/,
  'AbortSignal.timeout 103': /\bAbortSignal\.(?:timeout|any)\(/,
  'Array.toSorted 110': /\.toSorted\(/,
  'Array.toReversed 110': /\.toReversed\(/,
  'Array.toSpliced 110': /\.toSpliced\(/,
  'String.isWellFormed 111': /\.(?:isWellFormed|toWellFormed)\(/,
  'RegExp v flag 112': /\/[dgimsuy]*v[dgimsuy]*[.,;)\]]/,
  'Object.groupBy 117': /\b(?:Object|Map)\.groupBy\(/,
  'Promise.withResolvers 119': /\.withResolvers\(/,
  'URL.canParse 120': /\bURL\.(?:canParse|parse)\(/,
  'Array.fromAsync 121': /\bArray\.fromAsync\(/,
  'Set methods 122': /\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/,
  'Iterator helpers 122':
    /\.(?:values|keys|entries)\(\)\.(?:map|filter|take|drop|flatMap|some|every|find|toArray)\(/,
  'Promise.try 128': /\bPromise\.try\(/,
  'Uint8Array base64 140': /\b(?:fromBase64|toBase64|fromHex|toHex)\(/,
  'Temporal 144': /\bTemporal\./,
};
/** The page looks whether it is there, and does without. */
const LOOKED_FOR = /if\(Uint8Array\.(?:prototype\.)?(\w+)\)return \w+\.\1\(/g;
/** Given to older browsers by `browser-older.ts`, which the page runs first. */
const GIVEN = ['at', 'randomUUID', 'hasOwn', 'throwIfAborted', 'toSorted', 'toSpliced'];

const LATER_STYLE: Readonly<Record<string, RegExp>> = {
  ':has 105': /:has\(/,
  'container queries 105': /@container\b/,
  'individual transforms 104': /[\s;{](?:translate|rotate|scale):/,
  ':dir 120': /:dir\(/,
  'color-mix 111': /color-mix\(/,
  'oklch 111': /\b(?:oklch|oklab|lch|lab|color)\([\d.]/,
  'dynamic viewport units 108': /\d[sdl]v(?:h|w|min|max)\b/,
  'line units 109': /\d(?:r?lh|r?cap)\b/,
  'nesting 112': /[{;]\s*&/,
  'layers 99': /@layer\b/,
  'starting style 117': /@starting-style\b/,
  'subgrid 117': /\bsubgrid\b/,
  'mask without prefix 120': /[\s;{]mask(?:-image)?:/,
  'light-dark 123': /light-dark\(/,
  'round, sin and their like 111': /[\s(](?:round|mod|rem|sin|cos|tan|pow|sqrt|hypot|abs|sign)\(/,
  'anchors 125': /(?:anchor-name|position-anchor|position-area):/,
  'text-box 133': /[\s;{]text-box:/,
  'text-wrap 114': /[\s;{]text-wrap:/,
};
/** Without them the glass is less well set, and says the same. */
const MERELY_LOOKS = [':has 105', 'text-box 133', 'text-wrap 114'];

const builtFiles = (pattern: string) => {
  const folder = join(DIST, 'sign');
  return globSync(pattern, { cwd: folder }).map((name) => readFileSync(join(folder, name), 'utf8'));
};
const scripts = () =>
  builtFiles('{offline-worker.js,assets/*.js}').map((text) => text.replace(LOOKED_FOR, ''));
const foundIn = (texts: readonly string[], later: Readonly<Record<string, RegExp>>) =>
  Object.keys(later).filter((name) => texts.some((text) => later[name]?.test(text)));

/** The styles of the elements stand in the scripts, as the template strings that they were written as. */
const styles = () => [
  ...builtFiles('assets/*.css'),
  ...scripts().flatMap((text) => Array.from(text.matchAll(/`[^`]*\{[^`]*:[^`]*\}[^`]*`/g), ([css]) => css)),
];

test('the page of a sign calls nothing that Chromium 90 has not, but for what it brings itself', () => {
  const found = foundIn(scripts(), LATER_SCRIPT);
  const brought = found.filter((name) => GIVEN.some((given) => name.includes(given)));
  expect(found).toEqual(brought);
  expect(brought).toContain('Array.toSorted 110');
});

test('what Chromium 90 does not have is brought before anything else of the page runs', () => {
  const [entry = ''] = builtFiles('assets/index-*.js').filter((text) => text.includes('./older-'));
  const [first] = entry.match(/\bimport\b[^;]*?["'][.]\/[^"']+["']/) ?? [];
  expect(first).toMatch(/^import ?["'][.]\/older-[^"']+["']$/);
  expect(builtFiles('assets/older-*.js').join()).not.toMatch(/\bimport\b/);
});

test('the styles of a sign need nothing that Chromium 90 has not, but for looks', () => {
  expect(foundIn(styles(), LATER_STYLE)).toContain('container queries 105');
  expect(foundIn(styles().map(olderCss), LATER_STYLE).filter((name) => !MERELY_LOOKS.includes(name))).toEqual(
    [],
  );
});

test('a size by the container has another one beside it for a browser that has none', () => {
  const sized = styles().filter((css) => /\dcq(?:min|max|[wh])\b/.test(css));
  expect(sized.length).toBeGreaterThan(0);
  for (const css of sized) expect(css).toMatch(/@supports not \(width: ?1cqmax\)/);
});
