import { randomBytes } from 'node:crypto';
import { challengesIn, parametersIn } from './challenges.ts';
import type { Login } from './config.ts';
import { type DigestChallenge, digestAuthorization, digestChallengeIn } from './digest.ts';

const CNONCE_BYTES = 16;

/** How a camera is told who asks. It remembers how it was last asked to say it, so that most requests need one turn. */
export type CameraLogin = {
  /** The `Authorization` field of the next request; undefined while the camera has asked for none. */
  authorization(method: string, target: string): string | undefined;
  /**
   * Takes in the `WWW-Authenticate` of a 401. `tried`: what that request said; `isFresh`: in answer to a challenge of
   * this very moment. `again`: there is something else to say; `refused`: what was said is wrong; `unknown`: the camera
   * asks for something that is not spoken here.
   */
  challenged(field: string, tried: string | undefined, isFresh: boolean): 'again' | 'refused' | 'unknown';
  /** Takes in the `Authentication-Info` of an answer, which may name the next nonce (RFC 7616 3.5). */
  accepted(field: string): void;
};

type Way =
  | { readonly kind: 'basic' }
  | { readonly kind: 'digest'; challenge: DigestChallenge; count: number };

export function createLogin(login: Login): CameraLogin {
  const basic = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  let way: Way | undefined;
  return {
    authorization(method, target) {
      if (way === undefined) return undefined;
      if (way.kind === 'basic') return basic;
      way.count += 1;
      const cnonce = randomBytes(CNONCE_BYTES).toString('hex');
      return digestAuthorization(way.challenge, login, { method, target, count: way.count, cnonce });
    },
    challenged(field, tried, isFresh) {
      const challenges = challengesIn(field);
      const challenge = digestChallengeIn(challenges);
      if (challenge !== undefined) {
        way = { kind: 'digest', challenge, count: 0 };
        // An older nonce may merely have run out, whether the camera says so or not.
        return isFresh && !challenge.stale ? 'refused' : 'again';
      }
      if (!challenges.some(({ scheme }) => scheme === 'basic')) return 'unknown';
      way = { kind: 'basic' };
      return tried === basic ? 'refused' : 'again';
    },
    accepted(field) {
      const next = parametersIn(field).get('nextnonce');
      if (way?.kind !== 'digest' || next === undefined) return;
      way = { ...way, challenge: { ...way.challenge, nonce: next }, count: 0 };
    },
  };
}
