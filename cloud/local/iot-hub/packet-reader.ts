const EMPTY = Buffer.alloc(0);
const MAX_LENGTH_BYTES = 4;
/** Each part costs hundreds of bytes to hold, were it a single one: so many are held before they are joined. */
const MAX_PARTS = 64;
const MORE_LENGTH = 0x80;
const LENGTH_BITS = 0x7f;
const LENGTH_IS_BROKEN = -1;

export type BrokenStream = 'malformed-length' | 'packet-too-large';

/** Gets the first byte of a packet and where in the bytes its body is; false ends the reading for good. */
export type OnPacket = (header: number, bytes: Buffer, start: number, end: number) => boolean;

/** Cuts a stream of bytes into MQTT control packets (MQTT 3.1.1 section 2.2). Holds at most one unfinished packet. */
export class PacketReader {
  /** Of a packet without its fixed header; a longer one is refused before it is held. */
  maxBytes: number;
  readonly #onPacket: OnPacket;
  #parts: Buffer[] = [];
  #held = 0;
  #needed = 0;

  constructor(maxBytes: number, onPacket: OnPacket) {
    this.maxBytes = maxBytes;
    this.#onPacket = onPacket;
  }

  /** Undefined, or why nothing more can be read. */
  read(chunk: Buffer): BrokenStream | undefined {
    const bytes = this.#joined(chunk);
    let at = 0;
    while (at < bytes.length) {
      const lengthBytes = bytesOfLength(bytes, at + 1);
      if (lengthBytes === LENGTH_IS_BROKEN) return 'malformed-length';
      if (lengthBytes === 0) {
        this.#hold(bytes.subarray(at), bytes.length - at + 1);
        return undefined;
      }
      const start = at + 1 + lengthBytes;
      const bodyBytes = lengthAt(bytes, at + 1, lengthBytes);
      if (bodyBytes > this.maxBytes) return 'packet-too-large';
      const end = start + bodyBytes;
      if (end > bytes.length) {
        this.#hold(bytes.subarray(at), end - at);
        return undefined;
      }
      if (!this.#onPacket(bytes[at] ?? 0, bytes, start, end)) return undefined;
      at = end;
    }
    return undefined;
  }

  /** What is held and the chunk in one piece; empty until there is enough to go on. */
  #joined(chunk: Buffer): Buffer {
    if (this.#held === 0) return chunk;
    this.#parts.push(chunk);
    this.#held += chunk.length;
    const isEnough = this.#held >= this.#needed;
    if (!isEnough && this.#parts.length < MAX_PARTS) return EMPTY;
    const bytes = Buffer.concat(this.#parts, this.#held);
    this.#parts = isEnough ? [] : [bytes];
    if (!isEnough) return EMPTY;
    this.#held = 0;
    return bytes;
  }

  #hold(bytes: Buffer, needed: number): void {
    this.#parts = [bytes];
    this.#held = bytes.length;
    this.#needed = needed;
  }
}

/** How many bytes the length that begins there takes; 0 while not all of it is there. */
function bytesOfLength(bytes: Buffer, start: number): number {
  for (let index = 0; index < MAX_LENGTH_BYTES; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) return 0;
    if (byte < MORE_LENGTH) return index + 1;
  }
  return LENGTH_IS_BROKEN;
}

function lengthAt(bytes: Buffer, start: number, count: number): number {
  let length = 0;
  for (let index = count - 1; index >= 0; index--) {
    length = length * MORE_LENGTH + ((bytes[start + index] ?? 0) & LENGTH_BITS);
  }
  return length;
}
