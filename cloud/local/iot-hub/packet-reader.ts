const EMPTY = Buffer.alloc(0);
const MAX_LENGTH_BYTES = 4;
const MORE_LENGTH = 0x80;

export type BrokenStream = 'malformed-length' | 'packet-too-large';

/** Cuts a stream of bytes into MQTT control packets (MQTT 3.1.1 section 2.2). Holds at most one unfinished packet. */
export class PacketReader {
  /** Of a packet without its fixed header; a longer one is refused before it is held. */
  maxBytes: number;
  readonly #onPacket: (header: number, body: Buffer) => boolean;
  #parts: Buffer[] = [];
  #held = 0;
  #needed = 0;

  /** `onPacket` gets the first byte and what follows the length; false from it ends the reading for good. */
  constructor(maxBytes: number, onPacket: (header: number, body: Buffer) => boolean) {
    this.maxBytes = maxBytes;
    this.#onPacket = onPacket;
  }

  /** Undefined, or why nothing more can be read. */
  read(chunk: Buffer): BrokenStream | undefined {
    const bytes = this.#joined(chunk);
    let at = 0;
    while (at < bytes.length) {
      const size = packetSize(bytes, at);
      if (size === 'malformed-length') return size;
      if (size !== undefined && size.bodyBytes > this.maxBytes) return 'packet-too-large';
      const end = size === undefined ? undefined : at + size.headerBytes + size.bodyBytes;
      if (size === undefined || end === undefined || end > bytes.length) {
        this.#hold(bytes.subarray(at), end === undefined ? bytes.length - at + 1 : end - at);
        return undefined;
      }
      if (!this.#onPacket(bytes[at] ?? 0, bytes.subarray(at + size.headerBytes, end))) return undefined;
      at = end;
    }
    return undefined;
  }

  /** What is held and the chunk in one piece; empty until there is enough to go on. */
  #joined(chunk: Buffer): Buffer {
    if (this.#held === 0) return chunk;
    this.#parts.push(chunk);
    this.#held += chunk.length;
    if (this.#held < this.#needed) return EMPTY;
    const bytes = Buffer.concat(this.#parts, this.#held);
    this.#parts = [];
    this.#held = 0;
    return bytes;
  }

  #hold(bytes: Buffer, needed: number): void {
    this.#parts = [bytes];
    this.#held = bytes.length;
    this.#needed = needed;
  }
}

/** Sizes of the packet that starts there; undefined while its length is not all there. */
function packetSize(bytes: Buffer, start: number) {
  let bodyBytes = 0;
  for (let index = 0; index < MAX_LENGTH_BYTES; index++) {
    const byte = bytes[start + 1 + index];
    if (byte === undefined) return undefined;
    bodyBytes += (byte & ~MORE_LENGTH) * 2 ** (7 * index);
    if (byte < MORE_LENGTH) return { headerBytes: index + 2, bodyBytes };
  }
  return 'malformed-length';
}
