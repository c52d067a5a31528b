import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod';
import { type Parsed, parsed, refusal } from '../http-answers.ts';

const MAX_BODY_BYTES = 16 * 1_024;

/** What a sign says of itself: small, or it is not read. */
export async function smallBody<T>(
  request: HttpRequest,
  schema: { safeParse(value: unknown): z.core.util.SafeParseResult<T> },
): Promise<Parsed<T>> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > MAX_BODY_BYTES) {
    const message = `body: expected at most ${MAX_BODY_BYTES} bytes`;
    return { ok: false, refusal: refusal(413, 'bad-request', message) };
  }
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return { ok: false, refusal: refusal(400, 'not-json', 'body: expected JSON') };
  }
  return parsed(body, schema);
}
