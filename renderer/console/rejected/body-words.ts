import type { RejectedMessage } from '../../../cloud/contracts/rejected.ts';

const MAX_CHARACTERS = 2_000;
const MAX_HEX_BYTES = 512;

export function bodyBytes({
  body,
  encoding,
}: Pick<RejectedMessage, 'body' | 'encoding'>): Uint8Array<ArrayBuffer> {
  if (encoding === 'utf-8') return new TextEncoder().encode(body);
  return Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
}

/** As much as fits a page: text as it is, anything else in hexadecimal. */
export function bodyWords(message: Pick<RejectedMessage, 'body' | 'encoding'>): {
  text: string;
  isCut: boolean;
} {
  const { body, encoding } = message;
  if (encoding === 'utf-8')
    return { text: body.slice(0, MAX_CHARACTERS), isCut: body.length > MAX_CHARACTERS };
  const bytes = bodyBytes(message);
  const hex = [...bytes.subarray(0, MAX_HEX_BYTES)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(' ');
  return { text: hex, isCut: bytes.length > MAX_HEX_BYTES };
}
