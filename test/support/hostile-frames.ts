/** RFC 6455 5.2 */
export const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const FINAL = 0x80;
const MASKED = 0x80;
const MASK = Buffer.from([1, 2, 3, 4]);

type FrameOptions = { readonly isFinal?: boolean; readonly claimedBytes?: bigint };

/** A frame as a client sends it, masked; `claimedBytes`: what its length says, whatever it holds. */
export function clientFrame(
  payload: string | Buffer,
  opcode: number = OPCODES.text,
  { isFinal = true, claimedBytes }: FrameOptions = {},
): Buffer {
  const bytes = Buffer.from(payload);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = (bytes[index] ?? 0) ^ (MASK[index % MASK.length] ?? 0);
  }
  const first = Buffer.from([(isFinal ? FINAL : 0) | opcode]);
  return Buffer.concat([first, lengthOf(claimedBytes ?? BigInt(bytes.length)), MASK, bytes]);
}

function lengthOf(bytes: bigint): Buffer {
  if (bytes < 126n) return Buffer.from([MASKED | Number(bytes)]);
  const length = Buffer.alloc(bytes <= 0xffffn ? 3 : 9);
  length[0] = MASKED | (bytes <= 0xffffn ? 126 : 127);
  if (bytes <= 0xffffn) length.writeUInt16BE(Number(bytes), 1);
  else length.writeBigUInt64BE(bytes, 1);
  return length;
}
