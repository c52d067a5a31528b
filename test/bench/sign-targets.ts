import { SignJWT } from 'jose';
import { HUB_NAME } from '../../cloud/contracts/hub-targets.ts';

const NEGOTIATES_AT_ONCE = 64;
const LIFETIME_SECONDS = 3_600;
const TOKEN_BYTES = 32;

export const ACCESS_KEY = Buffer.alloc(TOKEN_BYTES, 'bench').toString('base64');

/** A client token of the SignalR service at this endpoint, for a user of its own. */
export function clientToken(endpoint: string, user: number, accessKey = ACCESS_KEY): Promise<string> {
  return new SignJWT({ 'asrs.s.uid': `s-${String(user).padStart(43, '0')}` })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience(`${endpoint}/client/?hub=${HUB_NAME}`)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1_000) + LIFETIME_SECONDS)
    .sign(new TextEncoder().encode(accessKey));
}

/** What so many signs ask the SignalR service for with their WebSocket, each a user of its own, after it negotiated. */
export async function signTargets(
  endpoint: string,
  count: number,
  accessKey = ACCESS_KEY,
): Promise<string[]> {
  const targets: string[] = [];
  let next = 0;
  const negotiate = async () => {
    while (next < count) {
      const token = await clientToken(endpoint, next++, accessKey);
      const response = await fetch(`${endpoint}/client/negotiate?hub=${HUB_NAME}&negotiateVersion=1`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      });
      if (!response.ok) throw new Error(`negotiate: ${response.status} ${await response.text()}`);
      const { connectionToken } = (await response.json()) as { connectionToken: string };
      targets.push(`/client/?hub=${HUB_NAME}&id=${connectionToken}&access_token=${token}`);
    }
  };
  await Promise.all(Array.from({ length: NEGOTIATES_AT_ONCE }, negotiate));
  return targets;
}
