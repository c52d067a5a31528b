import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DIST } from '../../build/places.ts';

const KIB = 1_024;

/** What a built page asks for before it can start: itself, what it links, and what its scripts import statically. */
function startFiles(page: string, later: readonly string[] = []): ReadonlySet<string> {
  const folder = join(DIST, page);
  const files = new Set(['index.html', ...later]);
  for (const file of files) {
    if (!/[.](html|js)$/.test(file)) continue;
    for (const name of namedIn(readFileSync(join(folder, file), 'utf8'), file)) {
      files.add(relative(folder, join(folder, dirname(file), name)));
    }
  }
  return files;
}

function namedIn(text: string, file: string): readonly string[] {
  const pattern = file.endsWith('.html')
    ? /<(?:script|link)\b[^>]*?\b(?:src|href)="(?:[.]?\/(?:console\/)?)([^"]+)"/g
    : /(?:^|[;}\n])\s*(?:import|export)(?:[^;"'()`]*?\bfrom)?\s*["'`]([.][^"'`]+)["'`]/g;
  return Array.from(text.matchAll(pattern), ([, name = '']) => name);
}

/** As it crosses the wire; faces and pictures are compressed by themselves and counted apart. */
function weightBytes(page: string, later: readonly string[] = []): number {
  const files = [...startFiles(page, later)].filter((file) => /[.](html|js|css|svg|webmanifest)$/.test(file));
  expect(files.filter((file) => file.endsWith('.js'))).not.toEqual([]);
  expect(files.filter((file) => file.endsWith('.css'))).not.toEqual([]);
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, page, file))).length, 0);
}

test('the page of a sign weighs at most 60 KiB at its start, without its fonts', () => {
  expect(weightBytes('sign')).toBeLessThanOrEqual(60 * KIB);
});

test('a sign has fetched at most 86 KiB when it follows its cloud, without its fonts', () => {
  const client = readdirSync(join(DIST, 'sign/assets')).filter((name) =>
    /^(follow-cloud|sign-identity)-.*[.]js$/.test(name),
  );
  expect(client).toHaveLength(2);
  expect(
    weightBytes(
      'sign',
      client.map((name) => `assets/${name}`),
    ),
  ).toBeLessThanOrEqual(86 * KIB);
});

test('a sign asks for a code to scan, another language or another board only where it shows one', () => {
  const files = [...startFiles('sign')].join(' ');
  expect(files).not.toMatch(
    /qr-path|spanish|french|german|japanese|arabic|door-board|wall-board|every-message|pairing-board|identify-sheet|follow-cloud|sign-identity/,
  );
});

test('the console weighs at most 300 KiB at its start, without its fonts', () => {
  expect(weightBytes('console')).toBeLessThanOrEqual(300 * KIB);
});
