import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { writeAtomically } from '../../main/atomic-file.ts';
import { opened, readSealed, sealed } from '../../main/sealed-json.ts';
import { aKioskFolder } from '../support/kiosk-folder.ts';

const schema = z.object({ name: z.string(), counts: z.array(z.int()) });
const value = fc.record({ name: fc.string({ unit: 'grapheme' }), counts: fc.array(fc.integer()) });

test('what was sealed is opened as it was', () => {
  fc.assert(
    fc.property(value, (value) => {
      expect(opened(sealed(value), schema)).toEqual({ kind: 'value', value });
    }),
  );
});

test('a file that ends early is broken', () => {
  fc.assert(
    fc.property(value, fc.nat(), (value, cut) => {
      const bytes = Buffer.from(sealed(value));
      // The newline at the end says nothing.
      const torn = bytes.subarray(0, cut % (bytes.length - 1));
      expect(opened(torn.toString(), schema)).toMatchObject({ kind: 'broken' });
    }),
  );
});

test('one flipped bit, or a block of nulls, is broken or changes nothing; it is never other data', () => {
  const damage = fc.oneof(
    fc.record({ at: fc.nat(), bit: fc.integer({ min: 0, max: 7 }) }),
    fc.record({ at: fc.nat(), nulls: fc.integer({ min: 1, max: 512 }) }),
  );
  fc.assert(
    fc.property(value, damage, (value, damage) => {
      const bytes = Buffer.from(sealed(value));
      const at = damage.at % bytes.length;
      if ('bit' in damage) bytes[at] = (bytes[at] ?? 0) ^ (1 << damage.bit);
      else bytes.fill(0, at, Math.min(bytes.length, at + damage.nulls));
      const result = opened(bytes.toString(), schema);
      if (result.kind === 'value') expect(result.value).toEqual(value);
      else expect(result.kind).toBe('broken');
    }),
    { numRuns: 2_000 },
  );
});

test('what is sealed but of another shape is broken', () => {
  expect(opened(sealed({ name: 1 }), schema)).toMatchObject({ kind: 'broken' });
});

test('a file is written whole, for its owner alone, and leaves nothing beside it', async () => {
  using here = aKioskFolder();
  const file = here.path('kept.json');
  for (const name of ['first', 'second']) {
    await writeAtomically(file, sealed({ name, counts: [] }));
    expect(await readSealed(file, schema)).toEqual({ kind: 'value', value: { name, counts: [] } });
  }
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(here.folder)).toEqual(['kept.json']);
});

test('what a crash left half written beside a file is never read, and the next write takes its place', async () => {
  using here = aKioskFolder();
  const file = here.path('kept.json');
  writeFileSync(`${file}.new`, '{"sha256":"');
  expect(await readSealed(file, schema)).toEqual({ kind: 'absent' });
  await writeAtomically(file, sealed({ name: 'whole', counts: [] }));
  expect(readFileSync(file, 'utf8')).toContain('whole');
  expect(readdirSync(here.folder)).toEqual(['kept.json']);
});

test('what is there and cannot be read is broken, not absent', async () => {
  using here = aKioskFolder();
  expect(await readSealed(here.folder, schema)).toMatchObject({ kind: 'broken' });
});
