import { expect, test } from 'vitest';
import { MAX_SCREENSHOT_BYTES } from '../../cloud/contracts/sign-report.ts';
import { panelPicture } from '../../main/panel-picture.ts';

type Pictured = Parameters<typeof panelPicture>[0];
type NativeImage = Awaited<ReturnType<Pictured['capturePage']>>;
type Size = ReturnType<NativeImage['getSize']>;

/** A picture whose bytes say how it was made; `bytesOf`: how many there are at a quality. */
const anImage = (size: Size, bytesOf: (quality: number) => number): NativeImage =>
  ({
    isEmpty: () => size.width === 0,
    getSize: () => size,
    resize: ({ width = 0 }) => anImage({ width, height: 1 }, bytesOf),
    toJPEG: (quality: number) => Buffer.alloc(bytesOf(quality), `${size.width} at ${quality};`),
  }) as unknown as NativeImage;

const pictured = (image: NativeImage) =>
  panelPicture({ isDestroyed: () => false, capturePage: async () => image });
const saidOf = ({ body }: { body: Uint8Array }) => new TextDecoder().decode(body).split(';')[0];

test('a panel of 4K is pictured at the width of a common one, and a smaller one as it is', async () => {
  const wide = await pictured(anImage({ width: 3_840, height: 2_160 }, () => 100));
  expect(saidOf(wide)).toBe('1920 at 80');
  expect(saidOf(await pictured(anImage({ width: 1_280, height: 800 }, () => 100)))).toBe('1280 at 80');
});

test('a picture that is too large to be sent is taken with less care, and given up where that is not enough', async () => {
  const size = { width: 1_920, height: 1_080 };
  const heavy = anImage(size, (quality) => (quality > 60 ? MAX_SCREENSHOT_BYTES + 1 : MAX_SCREENSHOT_BYTES));
  expect(saidOf(await pictured(heavy))).toBe('1920 at 60');
  await expect(pictured(anImage(size, () => MAX_SCREENSHOT_BYTES + 1))).rejects.toThrow('too large');
});

test('a panel without a page, or with an empty one, says so', async () => {
  const empty = anImage({ width: 0, height: 0 }, () => 0);
  await expect(pictured(empty)).rejects.toThrow('shows nothing');
  const gone = { isDestroyed: () => true, capturePage: async () => empty };
  await expect(panelPicture(gone)).rejects.toThrow('no page');
});
