import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { clientUrl, isCallAudience, isClientAudience } from './audiences.ts';
import type { SignalRConnectionInfo } from './signalr-message.ts';

/** What a clock may be off; the default of the real service's token library. */
const CLOCK_SKEW_SECONDS = 300;
const DEFAULT_LIFETIME_MS = 3_600_000;
const ALGORITHM = 'HS256';
const USER_ID = 'asrs.s.uid';
/** Claims of the token itself, not of who carries it. */
const TOKEN_CLAIMS = new Set(['aud', 'iss', 'exp', 'iat', 'nbf']);
const SYSTEM_CLAIM_PREFIX = 'asrs.s.';
const USER_CLAIM_PREFIX = 'asrs.u.';
/** Together: the connection is closed at that second of the Unix clock. */
const CLOSE_ON_EXPIRATION = 'asrs.s.coae';
const EXPIRES_ON = 'asrs.s.aeo';
const HANDSHAKE_SECONDS = 'asrs.s.cht';
const LONGEST_HANDSHAKE_SECONDS = 30;
const POLL_SECONDS = 'asrs.s.ttl';
/** Shared by all who have none. */
const NO_CLAIMS: Readonly<Record<string, string>> = {};

/** What a client token lays down for the connection that it opens. */
export type ConnectionTerms = {
  /** Over then, whether or not the client is still there. */
  readonly closesAtMs?: number;
  readonly handshakeMs?: number;
  readonly longestPollMs?: number;
};

/** Whom a client token speaks for. */
export type Client = {
  readonly hub: string;
  readonly userId: string | undefined;
  /** The claims that are texts, under their own names, without those that steer the service. */
  readonly claims: Readonly<Record<string, string>>;
  /** Left out where the service's own limits hold. */
  readonly terms?: ConnectionTerms;
};

/** A token, if any, and the Host header it came with. */
type Shown = { readonly token: string | undefined; readonly host: string | undefined };

/** Both checks: signature, audience, `exp` and `nbf`. */
export type ServiceTokens = {
  issue(options: {
    readonly hub: string;
    readonly userId?: string;
    readonly lifetimeMs?: number;
  }): Promise<SignalRConnectionInfo>;
  /** Undefined if the token does not open this hub. */
  clientOf(shown: Shown, hub: string): Promise<Client | undefined>;
  /** Whether the token allows this call of the data plane. */
  allowsCall(shown: Shown, call: URL): Promise<boolean>;
};

export function createServiceTokens({
  accessKey,
  endpoint,
  now,
}: {
  readonly accessKey: string;
  readonly endpoint: () => string;
  readonly now: () => number;
}): ServiceTokens {
  // The service signs with the text of the key, not with the bytes its base64 stands for.
  const bytes = new TextEncoder().encode(accessKey);
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = crypto.subtle.importKey('raw', bytes, hmac, false, ['sign', 'verify']);

  const claimsOf = async (
    { token, host }: Shown,
    isMeant: (audience: string, reached: { endpoint: string; host: string | undefined }) => boolean,
  ): Promise<JWTPayload | undefined> => {
    const payload = await verified(token, await key, now());
    const reached = { endpoint: endpoint(), host };
    return [payload?.aud ?? []].flat().some((audience) => isMeant(audience, reached)) ? payload : undefined;
  };

  return {
    async issue({ hub, userId, lifetimeMs = DEFAULT_LIFETIME_MS }) {
      const url = clientUrl(endpoint(), hub);
      const issuedAt = Math.floor(now() / 1_000);
      const accessToken = await new SignJWT(userId === undefined ? {} : { [USER_ID]: userId })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setAudience(url)
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt)
        .setExpirationTime(issuedAt + Math.ceil(lifetimeMs / 1_000))
        .sign(await key);
      return { url, accessToken };
    },
    async clientOf(shown, hub) {
      const payload = await claimsOf(shown, (audience, reached) => isClientAudience(audience, hub, reached));
      return payload && clientIn(payload, hub);
    },
    async allowsCall(shown, call) {
      const payload = await claimsOf(shown, (audience, reached) => isCallAudience(audience, call, reached));
      return payload !== undefined;
    },
  };
}

async function verified(
  token: string | undefined,
  key: CryptoKey,
  nowMs: number,
): Promise<JWTPayload | undefined> {
  if (token === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      requiredClaims: ['exp', 'aud'],
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: new Date(nowMs),
    });
    return payload;
  } catch {
    return undefined;
  }
}

function clientIn(payload: JWTPayload, hub: string): Client {
  // The bindings and SDKs write the first, the REST documentation names the second.
  const userId = payload[USER_ID] ?? payload.nameid;
  const claims: Record<string, string> = {};
  for (const [name, value] of Object.entries(payload)) {
    if (typeof value !== 'string' || TOKEN_CLAIMS.has(name) || name.startsWith(SYSTEM_CLAIM_PREFIX)) continue;
    claims[name.startsWith(USER_CLAIM_PREFIX) ? name.slice(USER_CLAIM_PREFIX.length) : name] = value;
  }
  const terms = termsIn(payload);
  return {
    hub,
    userId: typeof userId === 'string' && userId !== '' ? userId : undefined,
    claims: Object.keys(claims).length === 0 ? NO_CLAIMS : claims,
    ...(Object.keys(terms).length === 0 ? {} : { terms }),
  };
}

/** The SDKs write every claim as text; a number is taken as well, and anything else is not there. */
function termsIn(payload: JWTPayload): ConnectionTerms {
  const secondsIn = (claim: string): number | undefined => {
    const seconds = Number.parseFloat(String(payload[claim]));
    return seconds >= 0 ? seconds : undefined;
  };
  const closes = String(payload[CLOSE_ON_EXPIRATION]).toLowerCase() === 'true';
  const closesAt = closes ? secondsIn(EXPIRES_ON) : undefined;
  const handshake = secondsIn(HANDSHAKE_SECONDS);
  const longestPoll = secondsIn(POLL_SECONDS);
  return {
    ...(closesAt === undefined ? {} : { closesAtMs: closesAt * 1_000 }),
    ...(handshake === undefined
      ? {}
      : { handshakeMs: Math.min(handshake, LONGEST_HANDSHAKE_SECONDS) * 1_000 }),
    ...(longestPoll === undefined ? {} : { longestPollMs: longestPoll * 1_000 }),
  };
}
