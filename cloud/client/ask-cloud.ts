import { PROBLEM_TYPE, problemSchema } from '../contracts/http.ts';
import { childController } from './child-controller.ts';
import { CloudError } from './cloud-error.ts';

/** What every call needs: how to reach out, for how long at most, and until when at all. */
export type Wire = {
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** The answer's JSON, not yet parsed by any schema. @throws CloudError */
export async function askCloud(wire: Wire, url: string, init: RequestInit): Promise<unknown> {
  const { response, text } = await answerTo(wire, url, init);
  const body = jsonIn(text);
  if (!response.ok) throw refusal(response, body);
  if (body === undefined) throw new CloudError('not-the-cloud', 'the answer is not JSON');
  return body;
}

async function answerTo(wire: Wire, url: string, init: RequestInit) {
  const { fetch } = wire;
  const call = childController(wire.signal);
  const timer = setTimeout(() => call.abort(), wire.timeoutMs);
  try {
    // A login page of a network must not be remembered as the cloud's answer.
    const response = await fetch(url, {
      ...init,
      cache: 'no-store',
      credentials: 'omit',
      signal: call.signal,
    });
    return { response, text: await response.text() };
  } catch (cause) {
    throw new CloudError('unreachable', 'no answer', { cause });
  } finally {
    clearTimeout(timer);
    call.abort();
  }
}

function refusal(response: Response, body: unknown): CloudError {
  const retryAfterMs = retryAfterIn(response);
  const known = problemSchema.safeParse(body);
  if (known.success) return new CloudError(known.data.code, known.data.detail, { retryAfterMs });
  const busy = response.status >= 500 || response.status === 429;
  // A refusal as clouds put it, for a reason that this program has not heard of.
  const isCloud = response.headers.get('content-type')?.startsWith(PROBLEM_TYPE) === true;
  const code = busy ? 'unavailable' : isCloud ? 'other-version' : 'not-the-cloud';
  return new CloudError(code, `status ${response.status}`, { retryAfterMs });
}

/** Only seconds: a date would need a clock that is right, and kiosks boot with wrong ones. */
function retryAfterIn(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
