import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SensorModel, sensorModelSchema } from '../../../cloud/contracts/sensor-model.ts';
import { adapters, decodeMessage } from '../../../cloud/sensors/decode.ts';
import type { Decoded } from '../../../cloud/sensors/decoded.ts';
import { documentsIn } from '../../../cloud/sensors/documents-in.ts';
import { anEnvelope, bytesOf, sensorMessage, sensorMessageNames } from '../../support/sensor-message.ts';

const models = sensorModelSchema.options;
const vendors = models.filter((model) => model !== 'auto');
const decode = (text: string, model: SensorModel, contentType: string | null = null) =>
  decodeMessage(bytesOf(text), anEnvelope({ contentType }), model);

describe.each(sensorMessageNames())('%s', (name) => {
  const of = (model: SensorModel): Decoded => decodeMessage(sensorMessage(name), anEnvelope(), model);
  const vendor = vendors.find((model) => name.startsWith(model));

  test('is read by its vendor’s adapter, and found by itself', () => {
    if (vendor === undefined) throw new Error(`${name} should begin with a sensor model`);
    const decoded = of(vendor);
    expect(decoded.readings.length).toBeGreaterThan(0);
    expect(decoded.refusals).toEqual([]);
    expect(of('auto')).toEqual(decoded);
  });

  test('is recognised by no other adapter', () => {
    const [found] = documentsIn(sensorMessage(name), null);
    if (found === undefined || 'refusal' in found) throw new Error(`${name} should hold a document`);
    const by = vendors.filter((model) => adapters[model].adapter.recognises(found.value));
    expect(by).toEqual([vendor]);
  });

  test('is refused, with what was expected, as the message of any other vendor', () => {
    for (const other of vendors.filter((model) => model !== vendor)) {
      const { readings, refusals } = of(other);
      expect({ other, readings }).toEqual({ other, readings: [] });
      expect(refusals[0]?.detail).toContain('expected');
    }
  });

  test('sent twice has the same keys, each of them once', () => {
    const keysOf = () => of('auto').readings.map(({ line, key }) => ({ line, key }));
    expect(keysOf()).toEqual(keysOf());
    expect(new Set(keysOf().map(({ key }) => key)).size).toBe(keysOf().length);
  });

  test('is the hub’s sensor’s, whoever the body says', () => {
    for (const { sensorId } of of('auto').readings) expect(sensorId).toBe('street-1');
  });
});

test('every model but auto has an adapter, and messages to try it on', () => {
  expect(Object.keys(adapters)).toEqual(vendors);
  for (const vendor of vendors)
    expect(sensorMessageNames().some((name) => name.startsWith(vendor))).toBe(true);
});

describe('a message by which no vendor is recognised', () => {
  test('is told what Vitrine’s own JSON may hold, where it is JSON', () => {
    expect(decode('{"people_in":3}', 'auto').refusals).toMatchObject([
      { reason: 'not-a-reading', detail: expect.stringContaining('unknown field people_in; expected kind') },
    ]);
  });

  test.each([
    ['XML', '<counter><in>3</in></counter>', 'got XML of another'],
    ['key=value', 'in=3\nout=1', 'got key=value of another'],
  ])('is refused where it is %s', (_, text, detail) => {
    expect(decode(text, 'auto')).toMatchObject({
      readings: [],
      refusals: [{ reason: 'not-recognised', detail: expect.stringContaining(detail) }],
    });
  });
});

describe('the form of a message', () => {
  test('that its model never sends is refused', () => {
    expect(decode('{"in":1}', 'hikvision')).toMatchObject({
      readings: [],
      refusals: [
        { reason: 'not-recognised', detail: 'body: expected XML of a sensor of model hikvision, got JSON' },
      ],
    });
  });

  test('is what its first bytes say, whatever was declared', () => {
    expect(decode('\ufeff \r\n{"in":1}', 'auto', 'application/xml').readings).toHaveLength(1);
    expect(decode('{"in":1}', 'auto', 'image/jpeg').readings).toHaveLength(1);
  });

  test.each([
    ['nothing', '', null, 'not-json'],
    ['words', 'three people', null, 'not-json'],
    ['words for XML', 'three people', 'text/xml', 'not-xml'],
    ['half of it', '{"in":', 'application/json', 'not-json'],
  ])('%s is refused as such', (_, text, contentType, reason) => {
    expect(decode(text, 'auto', contentType)).toMatchObject({ readings: [], refusals: [{ reason }] });
  });

  test('is refused where it is no UTF-8', () => {
    const latin1 = new Uint8Array([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]);
    expect(decodeMessage(latin1, anEnvelope(), 'auto').refusals).toMatchObject([{ reason: 'not-json' }]);
  });
});

describe('nothing that a sensor sends', () => {
  const model = fc.constantFrom(...models);
  const contentType = fc.constantFrom(
    null,
    'application/json',
    'text/xml',
    'multipart/mixed; boundary=b',
    'multipart/form-data',
  );
  const names = sensorMessageNames();
  /** A real message with some of its bytes replaced, cut out or said twice. */
  const damaged = fc
    .tuple(
      fc.constantFrom(...names),
      fc.array(fc.tuple(fc.nat(4000), fc.nat(30), fc.uint8Array({ maxLength: 9 }))),
    )
    .map(([name, damages]) =>
      damages.reduce<readonly number[]>(
        (bytes, [at, gone, put]) => {
          const from = at % (bytes.length + 1);
          return [...bytes.slice(0, from), ...put, ...bytes.slice(from + gone)];
        },
        [...sensorMessage(name)],
      ),
    )
    .map((bytes) => Uint8Array.from(bytes));
  /** A real message with one of its numbers or texts exchanged for any other value. */
  const exchanged = fc
    .tuple(fc.constantFrom(...names), fc.nat(60), fc.json({ maxDepth: 1 }))
    .map(([name, at, json]) => {
      let index = 0;
      return new TextDecoder()
        .decode(sensorMessage(name))
        .replace(/"[^"]*"|\d+/g, (value) => (index++ === at ? json : value));
    })
    .map(bytesOf);
  const body = fc.oneof(
    damaged,
    exchanged,
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map(bytesOf),
    fc
      .string({ unit: 'binary' })
      .map((text) => bytesOf(`<EventNotificationAlert>${text}</EventNotificationAlert>`)),
    fc.string({ unit: 'binary' }).map((text) => bytesOf(`<${text}`)),
    fc.string().map((text) => bytesOf(`--b\r\n\r\n${text}\r\n--b\r\n{"in":1}\r\n--b--`)),
  );

  test('makes the decoder throw, and all of it can be kept as text', () => {
    fc.assert(
      fc.property(body, model, contentType, (bytes, as, declared) => {
        const { readings, refusals } = decodeMessage(bytes, anEnvelope({ contentType: declared }), as);
        expect(readings.length).toBeLessThanOrEqual(500);
        for (const { detail } of refusals) expect(detail).toMatch(/^[\x20-\x7e]{1,300}$/);
        for (const reading of readings) {
          expect(reading.line).toMatch(/^[^\p{Cc}\p{Cs}]{0,64}$/u);
          expect(reading.key).toMatch(/^[^\p{Cc}\p{Cs}]{1,400}$/u);
          const people = reading.kind === 'absolute' ? [reading.people] : [reading.in, reading.out];
          for (const count of people) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
          expect(reading.deviceAtMs ?? 0).toSatisfy(Number.isSafeInteger);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('is too deep for it', () => {
    for (const as of models) {
      for (const open of ['[', '{"info":', '{"params":', '{"events":[', '<a>'])
        expect(decode(open.repeat(20_000), as).readings).toEqual([]);
      expect(decode('['.repeat(20_000) + ']'.repeat(20_000), as).readings).toEqual([]);
      expect(decode(`${'{"info":'.repeat(20_000)}1${'}'.repeat(20_000)}`, as).readings).toEqual([]);
    }
  });
});
