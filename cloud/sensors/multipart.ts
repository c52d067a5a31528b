export type Part = {
  /** As the part declares it; null where it does not. */
  readonly contentType: string | null;
  readonly body: Uint8Array;
};

/** One character a byte, so that an index into the text is one into the bytes. */
const bytewise = new TextDecoder('windows-1252');

const CONTENT_TYPE = /^content-type[ \t]*:(.*)$/im;
const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;

/** RFC 2046, 5.1.1: at most 70 characters. Undefined where a content type is not multipart, or names none. */
export function boundaryOf(contentType: string): string | undefined {
  if (!/^\s*multipart\//i.test(contentType)) return undefined;
  const [, quoted, plain] = BOUNDARY.exec(contentType) ?? [];
  return quoted ?? plain;
}

/**
 * The parts of a `multipart/form-data` or `multipart/mixed` body (RFC 2046, 5.1). Cameras leave out the closing
 * boundary, and end lines by LF alone: both are let pass. What their `Content-Length` says is not looked at.
 */
export function partsOf(body: Uint8Array, boundary: string): readonly Part[] {
  const text = bytewise.decode(body);
  const parts: Part[] = [];
  let from: number | undefined;
  for (const delimiter of delimitersIn(text, `--${boundary}`)) {
    if (from !== undefined)
      parts.push(partOf(body, text, from, withoutLineEnd(text, from, delimiter.startsAt)));
    if (delimiter.closes) return parts;
    from = delimiter.endsAt;
  }
  if (from !== undefined) parts.push(partOf(body, text, from, text.length));
  return parts;
}

type Delimiter = { readonly startsAt: number; readonly endsAt: number; readonly closes: boolean };

/** At the start of a line, and followed by nothing but blanks or `--`. */
function* delimitersIn(text: string, mark: string): Generator<Delimiter> {
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
    if (at > 0 && text[at - 1] !== '\n') continue;
    const lineEnd = text.indexOf('\n', at);
    const endsAt = lineEnd === -1 ? text.length : lineEnd + 1;
    const rest = text.slice(at + mark.length, endsAt).trim();
    if (rest === '' || rest.startsWith('--')) yield { startsAt: at, endsAt, closes: rest !== '' };
  }
}

/** The line end before a boundary belongs to the boundary. */
function withoutLineEnd(text: string, from: number, to: number): number {
  if (to <= from || text[to - 1] !== '\n') return to;
  return to - 2 >= from && text[to - 2] === '\r' ? to - 2 : to - 1;
}

function partOf(body: Uint8Array, text: string, from: number, to: number): Part {
  const part = text.slice(from, to);
  // An empty line ends the headers; where the first line is empty there are none.
  const blank = /^\r?\n|\r?\n\r?\n/.exec(part);
  const headersEnd = blank?.index ?? part.length;
  const contentType = CONTENT_TYPE.exec(part.slice(0, headersEnd))?.[1]?.trim();
  const bodyAt = from + headersEnd + (blank?.[0].length ?? 0);
  return { contentType: contentType ?? null, body: body.subarray(bodyAt, to) };
}
