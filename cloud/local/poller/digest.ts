import { createHash } from 'node:crypto';
import type { Challenge } from './challenges.ts';
import type { Login } from './config.ts';

/** RFC 7616 names, and what Node calls them; the stronger one first. */
const ALGORITHMS = new Map([
  ['SHA-256', 'sha256'],
  ['MD5', 'md5'],
]);
const STRONGEST_FIRST = [...ALGORITHMS.keys()];

/** A digest challenge that can be answered. */
export type DigestChallenge = {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: string;
  /** As the server wrote it; undefined where it left it to MD5. */
  readonly namedAlgorithm: string | undefined;
  /** False: the server is of before RFC 2617, and counts no answers. */
  readonly counted: boolean;
  /** The login was right, but the nonce is used up. */
  readonly stale: boolean;
};

/** The strongest of the challenges that can be answered; `qop` other than `auth`, and `-sess`, cannot. */
export function digestChallengeIn(challenges: readonly Challenge[]): DigestChallenge | undefined {
  const answerable = challenges.flatMap(({ scheme, parameters }): DigestChallenge[] => {
    const nonce = parameters.get('nonce');
    const namedAlgorithm = parameters.get('algorithm');
    const algorithm = (namedAlgorithm ?? 'MD5').toUpperCase();
    const qops = parameters.get('qop')?.split(/\s*,\s*/);
    if (scheme !== 'digest' || nonce === undefined || !ALGORITHMS.has(algorithm)) return [];
    if (qops !== undefined && !qops.includes('auth')) return [];
    return [
      {
        realm: parameters.get('realm') ?? '',
        nonce,
        opaque: parameters.get('opaque'),
        algorithm,
        namedAlgorithm,
        counted: qops !== undefined,
        stale: parameters.get('stale')?.toLowerCase() === 'true',
      },
    ];
  });
  const rank = ({ algorithm }: DigestChallenge) => STRONGEST_FIRST.indexOf(algorithm);
  return answerable.toSorted((one, other) => rank(one) - rank(other))[0];
}

export type DigestRequest = {
  readonly method: string;
  /** Path and query as they stand in the request line. */
  readonly target: string;
  /** How many requests have been answered for this nonce, this one included. */
  readonly count: number;
  readonly cnonce: string;
};

/** The `Authorization` field, RFC 7616 3.4. */
export function digestAuthorization(
  { realm, nonce, opaque, algorithm, namedAlgorithm, counted }: DigestChallenge,
  { user, password }: Login,
  { method, target, count, cnonce }: DigestRequest,
): string {
  const hash = (text: string) =>
    createHash(ALGORITHMS.get(algorithm) ?? 'md5')
      .update(text)
      .digest('hex');
  const nc = count.toString(16).padStart(8, '0');
  const secret = hash(`${user}:${realm}:${password}`);
  const request = hash(`${method}:${target}`);
  const response = hash(
    counted ? `${secret}:${nonce}:${nc}:${cnonce}:auth:${request}` : `${secret}:${nonce}:${request}`,
  );
  const fields = [
    `username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${target}"`,
    `response="${response}"`,
    ...(namedAlgorithm === undefined ? [] : [`algorithm=${namedAlgorithm}`]),
    ...(counted ? [`qop=auth, nc=${nc}, cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ];
  return `Digest ${fields.join(', ')}`;
}
