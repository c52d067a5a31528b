import type { NativeImage as ElectronNativeImage, Size } from 'electron';

type Offered = 'getSize' | 'isEmpty' | 'resize' | 'toJPEG' | 'toPNG';

/** A picture that Chromium took, in the two forms that it was taken in: see README.md. */
export class NativeImage implements Pick<ElectronNativeImage, Offered> {
  readonly #png: Buffer<ArrayBuffer>;
  readonly #jpeg: Buffer<ArrayBuffer>;

  constructor(png: Buffer<ArrayBuffer>, jpeg: Buffer<ArrayBuffer>) {
    this.#png = png;
    this.#jpeg = jpeg;
  }

  isEmpty(): boolean {
    return this.#png.length === 0;
  }

  /** From the header: 8 bytes of signature, 4 of length, `IHDR`, width, height. */
  getSize(): Size {
    return { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) };
  }

  resize(_options: object): ElectronNativeImage {
    return this as unknown as ElectronNativeImage;
  }

  toPNG(): Buffer<ArrayBuffer> {
    return this.#png;
  }

  toJPEG(_quality: number): Buffer<ArrayBuffer> {
    return this.#jpeg;
  }
}
