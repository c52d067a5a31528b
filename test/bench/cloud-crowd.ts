import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { HUB_NAME } from '../../cloud/contracts/hub-targets.ts';
import { clientsCommand } from './crowd.ts';
import { startLineProcess } from './line-process.ts';
import { FILL } from './peers/serve-peer.ts';
import { signTargets } from './sign-targets.ts';
import type { WatchedCloud } from './watched-cloud.ts';

const MESSAGE = { target: 'news', arguments: [{ content: FILL }] };
const API_VERSION = '2022-06-01';
const LIFETIME_SECONDS = 600;

/** Signs on the embedded cloud's SignalR service that all hear what goes to everyone. */
export type CloudCrowd = {
  /** Sends one message to all by the data plane, and resolves when all have it. */
  broadcast(): Promise<void>;
  keepAlive(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function startCloudCrowd(
  cloud: WatchedCloud,
  signs: number,
  folder: string,
): Promise<CloudCrowd> {
  const load = startLineProcess('load', clientsCommand(folder));
  const list = join(folder, 'targets-cloud');
  writeFileSync(list, `${(await signTargets(cloud.httpUrl, signs, cloud.accessKey)).join('\n')}\n`);
  const messageBytes = Buffer.byteLength(JSON.stringify({ type: 1, ...MESSAGE })) + 1;
  await load.ask(`connect signalr ${new URL(cloud.httpUrl).port} ${messageBytes} ${list}`, 'connected');
  load.tell(`step ${signs}`);
  const audience = `${cloud.httpUrl}/api/hubs/${HUB_NAME}/:send`;
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1_000) + LIFETIME_SECONDS)
    .sign(new TextEncoder().encode(cloud.accessKey));
  return {
    async broadcast() {
      const got = load.next('got');
      const response = await fetch(`${audience}?api-version=${API_VERSION}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(MESSAGE),
      });
      if (!response.ok) throw new Error(`:send answered ${response.status}: ${await response.text()}`);
      await got;
    },
    keepAlive: async () => void (await load.ask('keepalive', 'kept')),
    [Symbol.asyncDispose]: () => load[Symbol.asyncDispose](),
  };
}
