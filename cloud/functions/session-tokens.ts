import { jwtVerify, SignJWT } from 'jose';

export const SESSION_LIFETIME_SECONDS = 3_600;
const AUDIENCE = 'vitrine-session';

const keyOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64');

/** A short token for a sign's own HTTP calls. What the sign may read is looked up each time, never taken from the token. */
export function sessionToken(signId: string, signingKey: string, nowMs: number): Promise<string> {
  const issuedAt = Math.floor(nowMs / 1_000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(signId)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + SESSION_LIFETIME_SECONDS)
    .sign(keyOf(signingKey));
}

/** The sign that a bearer token was given to; undefined for any other header. */
export async function sessionSign(
  authorization: string | null,
  signingKey: string,
  nowMs: number,
): Promise<string | undefined> {
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, keyOf(signingKey), {
      audience: AUDIENCE,
      algorithms: ['HS256'],
      currentDate: new Date(nowMs),
    });
    return payload.sub;
  } catch {
    return undefined;
  }
}
