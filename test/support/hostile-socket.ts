import { Duplex } from 'node:stream';

/** One end of a connection without a network: what the other side says, and what it hears until it is over. */
export class HeldSocket extends Duplex {
  readonly #heard: Buffer[] = [];

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#heard.push(chunk);
    done();
  }

  override _final(done: () => void): void {
    done();
    this.destroy();
  }

  get heard(): Buffer {
    return Buffer.concat(this.#heard);
  }

  /** Says it and hangs up; resolves with all that was heard, once the connection is over. */
  saysLast(bytes: Buffer): Promise<Buffer> {
    return new Promise((resolve) => {
      this.once('close', () => resolve(this.heard));
      this.push(bytes);
      this.push(null);
    });
  }
}
