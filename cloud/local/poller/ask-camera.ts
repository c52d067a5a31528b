import type { CameraLogin } from './create-login.ts';
import { limitedBody } from './limited-body.ts';

/** No people counter says so much at once. */
export const MAX_ANSWER_BYTES = 65_536;
/** One for the challenge, one with the login, one where its nonce ran out at that very moment. */
const MAX_TURNS = 3;

/** As the camera sent it. */
export type CameraAnswer = { readonly body: Uint8Array<ArrayBuffer>; readonly contentType: string | null };

/** `refused`: the login is wrong; asked for too often, cameras lock it for everyone. */
export type Asked =
  | { readonly kind: 'answer'; readonly answer: CameraAnswer }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

type AskOptions = {
  readonly url: string;
  readonly login: CameraLogin | null;
  /** For all turns of one question. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** Never rejects. */
export async function askCamera({ url, login, timeoutMs, signal }: AskOptions): Promise<Asked> {
  const target = new URL(url).pathname + new URL(url).search;
  const ending = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    for (let turn = 1; turn <= MAX_TURNS; turn += 1) {
      const authorization = login?.authorization('GET', target);
      const headers = authorization === undefined ? {} : { authorization };
      // Where a camera sends elsewhere, the login must not follow.
      const response = await fetch(url, { headers, redirect: 'manual', signal: ending });
      if (response.status !== 401) return await answerIn(response, login);
      await response.body?.cancel();
      if (login === null) return { kind: 'refused', why: 'it asks for a user and a password' };
      const next = login.challenged(response.headers.get('www-authenticate') ?? '', authorization, turn > 1);
      if (next === 'refused') return { kind: 'refused', why: 'user or password are wrong' };
      if (next === 'unknown') return { kind: 'refused', why: 'it asks for neither HTTP Digest nor Basic' };
    }
    return { kind: 'failed', why: 'it finds each login stale' };
  } catch (error) {
    return { kind: 'failed', why: reasonOf(error) };
  }
}

async function answerIn(response: Response, login: CameraLogin | null): Promise<Asked> {
  if (!response.ok) {
    await response.body?.cancel();
    return { kind: 'failed', why: `it answers with HTTP ${response.status}` };
  }
  login?.accepted(response.headers.get('authentication-info') ?? '');
  const body = await limitedBody(response, MAX_ANSWER_BYTES);
  if (body === null) return { kind: 'failed', why: `its answer is longer than ${MAX_ANSWER_BYTES} bytes` };
  if (body.length === 0) return { kind: 'failed', why: 'its answer is empty' };
  return { kind: 'answer', answer: { body, contentType: response.headers.get('content-type') } };
}

/** In words that hold nothing of the request. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'it does not answer in time';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return `it cannot be reached: ${String(cause.code)}`;
  return cause instanceof Error ? cause.message : error.message;
}
