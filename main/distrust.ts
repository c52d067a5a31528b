import type { FeedState, Problem, Trouble } from '../cloud/contracts/feed.ts';

/** As OpenSSL and Node call it, with what a person can do about it. */
const WORDS: Readonly<Record<string, string>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'this sign does not know who signed its certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'this sign does not know who signed its certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'this sign does not know who signed its certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'this sign does not know who signed its certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'this sign does not know who signed its certificate',
  CERT_SIGNATURE_FAILURE: 'its certificate is not signed by the authority that it names',
  CERT_UNTRUSTED: 'its certificate is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for other names than that one',
  CERT_HAS_EXPIRED: 'its certificate is over, or the clock of this device is wrong',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or the clock of this device is wrong',
};
/** What else it is than a certificate that nobody known here signed. */
const TROUBLES: Readonly<Record<string, Trouble>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'clock',
};
const UNKNOWN_SIGNER = WORDS.UNABLE_TO_VERIFY_LEAF_SIGNATURE;
const MAX_CAUSES = 5;

/** Why the cloud is not trusted, in words; undefined where that is not the trouble. */
export function distrustIn(error: unknown): Problem | undefined {
  for (let [cause, depth] = [error, 0]; cause instanceof Error && depth < MAX_CAUSES; depth += 1) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    const text = WORDS[code];
    if (text !== undefined) return { text, trouble: TROUBLES[code] ?? 'untrusted' };
    cause = cause.cause;
  }
  return undefined;
}

export type DistrustWatch = {
  readonly fetch: typeof globalThis.fetch;
  /** The state with the true reason, where a cloud seems silent that is not trusted. */
  explained(state: FeedState): FeedState;
};

type DistrustOptions = {
  readonly cloudUrl: string;
  /** The file of the authority that this shell was given, and what is wrong with it. */
  readonly authority: { readonly file: string; readonly problem: string | undefined } | undefined;
  /** Told each new reason once, and undefined when the cloud is heard again. */
  readonly onReason: (reason: string | undefined) => void;
  readonly fetch?: typeof globalThis.fetch;
};

/** Whoever answers with a certificate that is not trusted looks to the feed like nobody at all. */
export function watchDistrust(options: DistrustOptions): DistrustWatch {
  const { cloudUrl, authority, onReason, fetch = globalThis.fetch } = options;
  let reason: Problem | undefined;
  const learn = (next: Problem | undefined, isHeard: boolean): void => {
    if (next?.text !== reason?.text && (next !== undefined || isHeard)) onReason(next?.text);
    reason = next;
  };
  return {
    async fetch(...request) {
      try {
        const response = await fetch(...request);
        learn(undefined, true);
        return response;
      } catch (error) {
        const found = distrustIn(error);
        const told = found && { ...found, text: reasonOf(cloudUrl, found.text, authority) };
        learn(told, false);
        throw error;
      }
    },
    explained(state) {
      if (reason === undefined || !('problem' in state) || state.problem === null) return state;
      return { ...state, problem: reason.text, trouble: reason.trouble };
    },
  };
}

function reasonOf(cloudUrl: string, words: string, authority: DistrustOptions['authority']): string {
  const said = `The cloud at ${cloudUrl} is not trusted: ${words}.`;
  if (words !== UNKNOWN_SIGNER) return said;
  if (authority === undefined) return `${said} Give it the cloud's ca.pem with --cloud-authority.`;
  return authority.problem === undefined
    ? `${said} It is not the authority in ${authority.file}.`
    : `${said} Its authority is not known: ${authority.problem}.`;
}
