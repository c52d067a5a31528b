import type { Problem } from '../contracts/feed.ts';
import type { ErrorCode } from '../contracts/http.ts';

/**
 * Why a call brought nothing: in the cloud's own codes where it spoke, else
 * `unreachable` (no answer), `not-the-cloud` (an answer in other words, such as the login page of a network),
 * `other-version` (an answer such as clouds give, but not in the words that this program knows),
 * `push-unreachable` (the cloud answers, its push service does not).
 */
export type CloudErrorCode =
  | ErrorCode
  | 'unreachable'
  | 'not-the-cloud'
  | 'other-version'
  | 'push-unreachable';

export class CloudError extends Error {
  readonly code: CloudErrorCode;
  /** What the answer's Retry-After asked for; 0 without one. */
  readonly retryAfterMs: number;

  constructor(
    code: CloudErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'CloudError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}

const REVOKED = 'This sign was taken out of service. Pair it anew with a new key, or remove it.';

export const isRevoked = (error: unknown): boolean =>
  error instanceof CloudError && error.code === 'sign-revoked';

/** Whether the same call may be heard later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof CloudError &&
  ['unreachable', 'not-the-cloud', 'other-version', 'unavailable', 'too-many-requests'].includes(error.code);

export const retryAfterOf = (error: unknown): number =>
  error instanceof CloudError ? error.retryAfterMs : 0;

/** For the person in front of the glass. */
export function problemOf(error: unknown, cloudUrl: string): Problem {
  if (!(error instanceof CloudError))
    return { trouble: 'refused', text: `This sign cannot follow the cloud at ${cloudUrl}: ${error}` };
  switch (error.code) {
    case 'unreachable':
      return { trouble: error.code, text: `The cloud at ${cloudUrl} does not answer.` };
    case 'not-the-cloud':
      return {
        trouble: error.code,
        text: `What answers at ${cloudUrl} is not the cloud. The network may want a login first.`,
      };
    case 'other-version':
      return {
        trouble: error.code,
        text: `The cloud at ${cloudUrl} speaks in words that this sign does not know. One of the two is too old.`,
      };
    case 'push-unreachable':
      return {
        trouble: error.code,
        text: `The cloud at ${cloudUrl} answers, but its push service does not.`,
      };
    case 'unavailable':
    case 'too-many-requests':
      return { trouble: 'not-ready', text: `The cloud at ${cloudUrl} is not ready yet.` };
    case 'sign-revoked':
      return { trouble: 'refused', text: REVOKED };
    default:
      return { trouble: 'refused', text: `The cloud at ${cloudUrl} refuses this sign: ${error.message}` };
  }
}
