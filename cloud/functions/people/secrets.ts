import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const ACCESS_KEY_PREFIX = 'vk_';

export const newAccessKey = (): string =>
  `${ACCESS_KEY_PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`;
export const newSession = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** All that is kept of a secret. 256 random bits need no slow hash. */
export const sha256Of = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export const isSameSecret = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(sha256Of(one)), Buffer.from(sha256Of(other)));

/** From `Authorization: Bearer vk_...`; the signs' session tokens come the same way and look otherwise. */
export function accessKeyIn(authorization: string | null): string | undefined {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  return token?.startsWith(ACCESS_KEY_PREFIX) ? token : undefined;
}
