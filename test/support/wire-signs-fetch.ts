import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** As long as fetch keeps one that is not used. */
const KEPT_MS = 4_000;

/**
 * As much of fetch as a sign's calls need, over plain HTTP. With Node's own, the thousands of calls a second that a
 * whole chain makes while its cloud is away would take all of a core.
 */
export function createLightFetch(): typeof globalThis.fetch {
  const agent = new Agent({ keepAlive: true, timeout: KEPT_MS });
  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers, body, signal } = init;
      const call = request(
        String(input),
        {
          agent,
          method,
          headers: Object.fromEntries(new Headers(headers)),
          ...(signal instanceof AbortSignal ? { signal } : {}),
        },
        (answer) => {
          const { statusCode: status = 0, headers } = answer;
          const retryAfter = headers['retry-after'];
          text(answer).then(
            (said) =>
              resolve(
                new Response(said === '' ? null : said, {
                  status,
                  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
                }),
              ),
            reject,
          );
        },
      );
      call.on('error', reject);
      call.end(typeof body === 'string' ? body : undefined);
    });
}
