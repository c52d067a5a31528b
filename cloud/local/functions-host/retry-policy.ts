import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { HostError } from '../host-error.ts';
import type { RpcRetryContext } from './rpc.ts';

/** protobuf durations arrive as numbers or, over the wire, as text. */
const durationSchema = z
  .object({ seconds: z.coerce.number().min(0) })
  .transform(({ seconds }) => seconds * 1000);

const retryOptionsSchema = z.union([
  z.object({
    retryStrategy: z.enum(['fixedDelay', 'fixed_delay']),
    maxRetryCount: z.int().min(-1),
    delayInterval: durationSchema,
  }),
  z.object({
    retryStrategy: z.enum(['exponentialBackoff', 'exponential_backoff']),
    maxRetryCount: z.int().min(-1),
    minimumInterval: durationSchema,
    maximumInterval: durationSchema,
  }),
]);

/** How often a failed run is tried again (-1: for ever), and how long to wait before retry number `retry` (from 1). */
export type RetryPolicy = {
  readonly maxRetryCount: number;
  readonly delayMs: (retry: number) => number;
};

const NO_RETRY: RetryPolicy = { maxRetryCount: 0, delayMs: () => 0 };
/** Waits are stretched by up to this share, so that many workers do not come back together. */
const JITTER = 0.2;
const MAX_DOUBLINGS = 30;

/** Throws a HostError ERR_BINDING. */
export function retryPolicyFrom(retryOptions: unknown, random: () => number = Math.random): RetryPolicy {
  if (retryOptions === undefined || retryOptions === null) return NO_RETRY;
  const parsed = retryOptionsSchema.safeParse(retryOptions);
  if (!parsed.success) {
    throw new HostError('ERR_BINDING', `retry policy: ${z.prettifyError(parsed.error)}`, {
      cause: parsed.error,
    });
  }
  const options = parsed.data;
  if ('delayInterval' in options) {
    return { maxRetryCount: options.maxRetryCount, delayMs: () => options.delayInterval };
  }
  const { maxRetryCount, minimumInterval, maximumInterval } = options;
  return {
    maxRetryCount,
    delayMs: (retry) =>
      Math.min(
        maximumInterval,
        minimumInterval * 2 ** Math.min(retry - 1, MAX_DOUBLINGS) * (1 + JITTER * random()),
      ),
  };
}

/** One try: which retry it is (0: the first run), and the error of the one before. */
export type Attempt = { readonly retryCount: number; readonly lastError: unknown };

/** Runs until it succeeds or the policy ends; then rejects with the last error. Aborting ends a wait at once. */
export async function withRetries(
  policy: RetryPolicy,
  signal: AbortSignal,
  run: (attempt: Attempt) => Promise<unknown>,
): Promise<void> {
  let lastError: unknown;
  for (let retryCount = 0; ; retryCount += 1) {
    signal.throwIfAborted();
    try {
      await run({ retryCount, lastError });
      return;
    } catch (error) {
      lastError = error;
    }
    if (policy.maxRetryCount >= 0 && retryCount >= policy.maxRetryCount) throw lastError;
    await delay(policy.delayMs(retryCount + 1), undefined, { signal });
  }
}

/** What the function is told of its retries; nothing where it has no policy. */
export function retryContextOf(
  { maxRetryCount }: RetryPolicy,
  { retryCount, lastError }: Attempt,
): RpcRetryContext | undefined {
  if (maxRetryCount === 0) return undefined;
  const exception = lastError === undefined ? {} : { exception: { message: String(lastError) } };
  return { retryCount, maxRetryCount, ...exception };
}
