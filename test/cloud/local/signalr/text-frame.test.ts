import type { Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ws from 'ws';
import { textFrame } from '../../../../cloud/local/signalr/text-frame.ts';

// Exported by `ws`, left out of its types.
const { Receiver } = ws as unknown as { Receiver: new (options: { isServer: boolean }) => Writable };

/** What a client's receiver makes of the bytes, cut into two pieces. */
function received(bytes: Buffer, cutAt: number): string[] {
  const receiver = new Receiver({ isServer: false });
  const texts: string[] = [];
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    expect(isBinary).toBe(false);
    texts.push(data.toString());
  });
  receiver.on('error', (error) => {
    throw error;
  });
  receiver.write(bytes.subarray(0, cutAt));
  receiver.write(bytes.subarray(cutAt));
  return texts;
}

test.for([0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 1_000_000])(
  'a text of %i bytes is one frame to any WebSocket client',
  (bytes) => {
    const text = 'a'.repeat(bytes);
    expect(received(textFrame(text), 5)).toEqual([text]);
  },
);

test('texts of any script and length come out as they went in, frame after frame', () => {
  const characters = fc.string({ unit: 'grapheme', maxLength: 300 });
  const long = fc
    .tuple(fc.constantFrom('é', '店', '🪧'), fc.nat(70_000))
    .map(([one, times]) => one.repeat(times));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(characters, long), { minLength: 1, maxLength: 4 }),
      fc.nat(),
      (texts, cut) => {
        const bytes = Buffer.concat(texts.map(textFrame));
        expect(received(bytes, cut % (bytes.length + 1))).toEqual(texts);
      },
    ),
    { numRuns: 60 },
  );
});
