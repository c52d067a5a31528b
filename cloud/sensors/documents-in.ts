import { XMLParser } from 'fast-xml-parser';
import type { Refusal } from './decoded.ts';
import { boundaryOf, type Part, partsOf } from './multipart.ts';
import { printable } from './refusals.ts';

export type Format = 'JSON' | 'XML' | 'key=value';
export type FoundDocument =
  | { readonly format: Format; readonly value: unknown }
  | { readonly refusal: Refusal };

const utf8 = new TextDecoder('utf-8', { fatal: true });
const bytewise = new TextDecoder('windows-1252');

/** Texts stay texts: `<enter>007</enter>` is for its adapter to judge. No entity is expanded, no DOCTYPE read. */
const xml = new XMLParser({
  processEntities: false,
  ignoreAttributes: true,
  parseTagValue: false,
  removeNSPrefix: true,
});

/**
 * What a message holds: one document, or those of a multipart body, whose pictures are passed over. The first bytes
 * decide, and only where they leave it open the declared content type: cameras declare what they like.
 */
export function documentsIn(body: Uint8Array, contentType: string | null): readonly FoundDocument[] {
  if (isBracket(body[0])) return [documentIn(body, 'JSON')];
  const boundary = boundaryIn(body, contentType ?? '');
  if (boundary === undefined) return [documentIn(body, formatOf({ body, contentType }) ?? 'JSON')];
  const parts = partsOf(body, boundary);
  if (parts.length > MAX_PARTS) return [{ refusal: TOO_MANY_PARTS }];
  const found = parts.flatMap((part) => {
    const format = formatOf(part);
    return format === undefined ? [] : [documentIn(part.body, format)];
  });
  return found.length > 0 ? found : [{ refusal: NO_PART }];
}

/** Nearly every message begins so, and needs no closer look: `{` or `[`. */
const isBracket = (byte: number | undefined): boolean => byte === 0x7b || byte === 0x5b;

/** A camera sends one or two, and perhaps some pictures. */
const MAX_PARTS = 32;
const TOO_MANY_PARTS: Refusal = {
  reason: 'too-many-readings',
  detail: `body: expected at most ${MAX_PARTS} parts in multipart`,
};

const NO_PART: Refusal = {
  reason: 'not-recognised',
  detail: 'body: expected a part with XML, JSON or lines of key=value in multipart',
};

/** A body that begins with a boundary names it, whether its content type came along or not. */
function boundaryIn(body: Uint8Array, contentType: string): string | undefined {
  const start = startOf(body);
  if (/^[<{[]/.test(start)) return undefined;
  return boundaryOf(contentType) ?? /^--([^\r\n]{1,70}?)[ \t]*\r?\n/.exec(start)?.[1];
}

function formatOf({ body, contentType }: Part): Format | undefined {
  const start = startOf(body);
  if (start.startsWith('<')) return 'XML';
  if (/^[{[]/.test(start)) return 'JSON';
  if (/^[A-Za-z][\w.[\]]*=/.test(start)) return 'key=value';
  if (/\bjson\b/i.test(contentType ?? '')) return 'JSON';
  if (/\bxml\b/i.test(contentType ?? '')) return 'XML';
  return undefined;
}

/** Long enough for a boundary or a key; without a byte order mark, and without blanks before it. */
const startOf = (body: Uint8Array): string =>
  bytewise
    .decode(body.subarray(0, 256))
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();

function documentIn(body: Uint8Array, format: Format): FoundDocument {
  try {
    return { format, value: PARSED[format](utf8.decode(body)) };
  } catch (error) {
    const why = error instanceof Error ? unquoted(error.message) : 'unreadable';
    const reason = format === 'XML' ? 'not-xml' : 'not-json';
    return { refusal: { reason, detail: printable(`expected UTF-8 ${format}: ${why}`) } };
  }
}

const PARSED: Readonly<Record<Format, (text: string) => unknown>> = {
  JSON: (text) => JSON.parse(text),
  XML: parsedXml,
  'key=value': (text) =>
    Object.fromEntries(
      text
        .split(/\r?\n/)
        .filter((line) => line.includes('='))
        .map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]),
    ),
};

function parsedXml(text: string): unknown {
  if (/<!DOCTYPE/i.test(text)) throw new SyntaxError('a DOCTYPE is not accepted');
  // The second argument has it checked: a message that was cut off must not be read as far as it goes.
  return xml.parse(text, true);
}

/** V8 quotes the body around what is wrong with it, and there may be a password in it. */
const unquoted = (message: string): string => message.replace(/, (\.\.\.)?".*$/s, '');
