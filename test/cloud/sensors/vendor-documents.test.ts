import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_READINGS_PER_MESSAGE, type Reading } from '../../../cloud/contracts/telemetry.ts';
import { axis } from '../../../cloud/sensors/axis.ts';
import { milesight } from '../../../cloud/sensors/milesight.ts';
import { xovis } from '../../../cloud/sensors/xovis.ts';
import { NOON_MS } from '../../support/builders.ts';
import { changedDocument, pathsIn } from '../../support/changed-document.ts';

const envelope = { sensorId: 'street-1', enqueuedAtMs: NOON_MS, messageKey: 'e:0:7', contentType: null };
const ADAPTERS = { axis, milesight, xovis };

const folder = join(import.meta.dirname, '../../support/sensor-messages');
/** Real messages of every vendor, each in a file that begins with the vendor's name. */
const messages = globSync('*.json', { cwd: folder }).map((file) => ({
  file: basename(file),
  document: JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown,
}));

describe.each(Object.entries(ADAPTERS))('%s', (vendor, adapter) => {
  const own = messages.filter(({ file }) => file.startsWith(`${vendor}-`));
  const ownDocuments = own.map(({ document }) => document);

  test('recognises its own messages and no other vendor’s', () => {
    expect(own.length).toBeGreaterThan(1);
    const recognised = messages.filter(({ document }) => adapter.recognises(document));
    expect(recognised).toEqual(own);
  });

  test('gives the same message, sent again, the same keys, and each of its readings one of its own', () => {
    for (const document of ownDocuments) {
      const keys = adapter.decode(document, envelope).readings.map(({ key }) => key);
      const again = { ...envelope, enqueuedAtMs: NOON_MS + 60_000, messageKey: 'e:0:8' };
      expect(adapter.decode(document, again).readings.map(({ key }) => key)).toEqual(keys);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(key).toMatch(new RegExp(`^${vendor}:`));
    }
  });

  test('throws at no document, and says nothing that cannot be kept', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        adapter.recognises(document);
        expectKeepable(adapter.decode(document, envelope));
      }),
    );
  });

  test('throws at no message of its own, whatever became of a part of it', () => {
    const changes = ownDocuments.flatMap((document) => pathsIn(document).map((path) => ({ document, path })));
    const value = fc.oneof(
      fc.constant(undefined),
      fc.jsonValue(),
      fc.integer(),
      fc.double(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...changes), value, ({ document, path }, changed) => {
        const broken = changedDocument(document, path, changed);
        adapter.recognises(broken);
        expectKeepable(adapter.decode(broken, envelope));
      }),
      { numRuns: 500 },
    );
  });
});

function expectKeepable({
  readings,
  refusals,
}: {
  readonly readings: readonly Reading[];
  readonly refusals: readonly { readonly detail: string }[];
}) {
  expect(readings.length + refusals.length).toBeLessThanOrEqual(MAX_READINGS_PER_MESSAGE);
  for (const { detail } of refusals) expect(detail).toMatch(/^[\x20-\x7e]{1,300}$/);
  for (const reading of readings) {
    expect(reading.sensorId).toBe(envelope.sensorId);
    expect(reading.line).toMatch(/^[^\p{Cc}\p{Cs}]{0,64}$/u);
    expect(reading.key).toMatch(/^[^\p{Cc}\p{Cs}]{1,300}$/u);
    const people = reading.kind === 'absolute' ? [reading.people] : [reading.in, reading.out];
    const most = reading.kind === 'increment' ? 100_000 : 1_000_000_000;
    for (const count of people) {
      expect(Number.isInteger(count) && count >= 0 && count <= most).toBe(true);
    }
    expect(reading.deviceAtMs === null || Number.isSafeInteger(reading.deviceAtMs)).toBe(true);
  }
}
