import fc from 'fast-check';

const CHANCE_BYTES = 64;
const MAX_EDITS = 4;
const MAX_EDIT_BYTES = 24;

/** What breaks parsers, rather than chance does: the ends of numbers and texts, and what means something elsewhere. */
const SPLINTERS: readonly Buffer[] = [
  ...[
    '',
    '0',
    '-1',
    '1e999',
    '9007199254740993',
    'null',
    '[]',
    '{}',
    '"',
    '\\',
    '\\u0000',
    '\u0000',
    '\ufeff',
  ],
  ...[
    '%',
    '%00',
    '%2f..',
    '../',
    ';',
    '=',
    '&',
    '<!DOCTYPE x>',
    '&x;',
    '\r\n\r\n',
    '__proto__',
    'constructor',
  ],
  ...[
    '\ud800',
    '𝟙',
    '\u202e',
    '[[[[[[[[',
    '{"a":{"a":',
    'true',
    'NaN',
    '1970-01-01T00:00:00Z',
    ' '.repeat(300),
  ],
  ...['\x1e', '\x1e\x1e', '$', '#', '+', '/', '?', ',', ':', '--', '\u0661', 'toString'],
].map((text) => Buffer.from(text, 'utf8'));
const BYTE_SPLINTERS = ['ffffffff', 'ff7f', '80808080', '7fffffffffffffff', 'c0af', 'eda080'].map((hex) =>
  Buffer.from(hex, 'hex'),
);
const ALL_SPLINTERS = [...SPLINTERS, ...BYTE_SPLINTERS];
const EDITS = ['flip', 'put', 'cut', 'double', 'end'] as const;

/** So many inputs a draw: what the library does for each costs more than what most parsers make of one. */
export const BATCH_INPUTS = 50;

/** Any bytes, not many. */
export const chanceBytes = (): fc.Arbitrary<readonly Buffer[]> => new Batches(ofChance);

/** The samples, each changed in a few places. */
export const nearlyRight = (samples: readonly Buffer[]): fc.Arbitrary<readonly Buffer[]> =>
  new Batches((random) => {
    let bytes = oneOf(samples, random);
    for (let left = random.nextInt(1, MAX_EDITS); left > 0; left -= 1) bytes = edited(bytes, random);
    return bytes;
  });

class Batches extends fc.Arbitrary<readonly Buffer[]> {
  readonly #draw: (random: fc.Random) => Buffer;

  constructor(draw: (random: fc.Random) => Buffer) {
    super();
    this.#draw = draw;
  }

  generate(random: fc.Random): fc.Value<readonly Buffer[]> {
    const batch = Array.from({ length: BATCH_INPUTS }, () => this.#draw(random));
    return new fc.Value(batch, undefined);
  }

  canShrinkWithoutContext(value: unknown): value is readonly Buffer[] {
    return Array.isArray(value) && value.every(Buffer.isBuffer);
  }

  shrink(batch: readonly Buffer[]): fc.Stream<fc.Value<readonly Buffer[]>> {
    return fc.stream(smaller(batch)).map((one) => new fc.Value([one], undefined));
  }
}

/** Each of them alone; of one alone, what is left without a half of it, a quarter, and so on to each single byte. */
function* smaller(batch: readonly Buffer[]): IterableIterator<Buffer> {
  const [bytes = Buffer.alloc(0)] = batch;
  if (batch.length > 1) yield* batch;
  else yield* shorter(bytes);
}

function* shorter(bytes: Buffer): IterableIterator<Buffer> {
  for (let size = Math.ceil(bytes.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < bytes.length; at += size) {
      yield Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
    }
  }
}

function ofChance(random: fc.Random): Buffer {
  const bytes = Buffer.alloc(random.nextInt(0, CHANCE_BYTES));
  for (let at = 0; at < bytes.length; at += 4) {
    const drawn = random.nextInt();
    for (let part = 0; part < 4 && at + part < bytes.length; part += 1)
      bytes[at + part] = drawn >> (8 * part);
  }
  return bytes;
}

function oneOf<T>(items: readonly T[], random: fc.Random): T {
  const item = items[random.nextInt(0, items.length - 1)];
  if (item === undefined) throw new RangeError('expected something to choose from');
  return item;
}

function edited(before: Buffer, random: fc.Random): Buffer {
  const start = before.length === 0 ? 0 : random.nextInt(0, before.length - 1);
  const count = random.nextInt(0, MAX_EDIT_BYTES);
  const [head, tail] = [before.subarray(0, start), before.subarray(start)];
  switch (oneOf(EDITS, random)) {
    case 'flip': {
      const flipped = Buffer.from(before);
      if (flipped.length > 0) flipped[start] = (flipped[start] ?? 0) ^ (1 << (count % 8));
      return flipped;
    }
    case 'put':
      return Buffer.concat([head, oneOf(ALL_SPLINTERS, random), tail.subarray(count % 4)]);
    case 'cut':
      return Buffer.concat([head, tail.subarray(count)]);
    case 'double':
      return Buffer.concat([head, tail.subarray(0, count), tail]);
    case 'end':
      return head;
  }
}
