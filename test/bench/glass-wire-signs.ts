import { Agent, get } from 'node:http';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { createCloudApi } from '../../cloud/client/cloud-api.ts';
import { identityOf, makeKeyPair, type SignIdentity } from '../../cloud/client/sign-identity.ts';
import { createSignIn } from '../../cloud/client/sign-in.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { HUB_TARGETS } from '../../cloud/contracts/hub-targets.ts';
import type { Negotiated } from '../../cloud/contracts/sign.ts';
import { finelyNow, type Seen } from './glass-latencies.ts';

const RECORD_END = '\x1e';
const HANDSHAKE = `{"protocol":"json","version":1}${RECORD_END}`;
const PING = `{"type":6}${RECORD_END}`;
const PING_EVERY_MS = 15_000;
const CALL_TIMEOUT_MS = 60_000;

/** What is on the wire to one sign, without a glass: when it had which count. */
export type WireSign = {
  readonly store: number;
  /** Emptied by whoever measures. */
  seen: Seen[];
  newest: number;
};

type Enrolled = { readonly signId: string; readonly identity: SignIdentity };

const contentSchema = z.object({ content: z.object({ count: z.number() }) });
const recordSchema = z.object({ target: z.string().optional(), arguments: z.array(z.unknown()).optional() });
const snapshotsSchema = z.object({ snapshots: z.array(contentSchema).min(1) });

const apiOf = (httpUrl: string) =>
  createCloudApi(httpUrl, { fetch, timeoutMs: CALL_TIMEOUT_MS, signal: new AbortController().signal });

/** As a sign makes itself known the first time; its place is for its owner to give. */
export async function enrolledSign(httpUrl: string): Promise<Enrolled> {
  const identity = await identityOf(await makeKeyPair());
  const { signId } = await apiOf(httpUrl).enrol(identity.publicKey);
  return { signId, identity };
}

const signedIn = async (httpUrl: string, { identity }: Enrolled): Promise<Negotiated> =>
  (await createSignIn(apiOf(httpUrl), identity)()).negotiated;

const saw = (sign: WireSign, snapshot: unknown, atMs: number) => {
  const { count } = contentSchema.parse(snapshot).content;
  if (count <= sign.newest) return;
  sign.newest = count;
  sign.seen.push({ count, atMs });
};

/** Listens to the push over a WebSocket, as the sign's own client does. `failed` hears where it ends. */
export async function pushedSign(
  httpUrl: string,
  enrolled: Enrolled,
  store: number,
  failed: (error: Error) => void,
): Promise<WireSign> {
  const { url, accessToken, session } = await signedIn(httpUrl, enrolled);
  const sign: WireSign = { store, seen: [], newest: await pulledCount(httpUrl, session.token) };
  const headers = { authorization: `Bearer ${accessToken}` };
  const webSocket = new WebSocket(url.replace(/^http/, 'ws'), { headers, perMessageDeflate: false });
  const isOpen = Promise.withResolvers<void>();
  webSocket.on('open', () => webSocket.send(HANDSHAKE));
  webSocket.on('message', (data) => {
    const atMs = finelyNow();
    for (const record of data.toString().split(RECORD_END)) {
      if (record === '{}') isOpen.resolve();
      else if (record !== '') heard(sign, record, atMs);
    }
  });
  const ended = (why: unknown) => {
    const error = new Error(`the push to a sign ended: ${String(why)}`);
    isOpen.reject(error);
    failed(error);
  };
  webSocket.on('error', ended).on('close', ended);
  setInterval(() => webSocket.send(PING), PING_EVERY_MS);
  await isOpen.promise;
  return sign;
}

function heard(sign: WireSign, record: string, atMs: number): void {
  const { target, arguments: [argument] = [] } = recordSchema.parse(JSON.parse(record));
  if (target === HUB_TARGETS.snapshot) saw(sign, argument, atMs);
}

/** Kept connections are to the polling's advantage. */
const agent = new Agent({ keepAlive: true });

/** Asks every `everyMs`, from a moment of its own, as signs did before there was a push. */
export async function polledSign(
  httpUrl: string,
  enrolled: Enrolled,
  store: number,
  everyMs: number,
  failed: (error: Error) => void,
): Promise<WireSign> {
  const { session } = await signedIn(httpUrl, enrolled);
  const sign: WireSign = { store, seen: [], newest: await pulledCount(httpUrl, session.token) };
  const poll = () =>
    pulled(httpUrl, session.token).then((snapshot) => saw(sign, snapshot, finelyNow()), failed);
  setTimeout(() => setInterval(poll, everyMs), Math.random() * everyMs);
  return sign;
}

const pulledCount = async (httpUrl: string, token: string): Promise<number> =>
  contentSchema.parse(await pulled(httpUrl, token)).content.count;

function pulled(httpUrl: string, token: string): Promise<unknown> {
  const answer = Promise.withResolvers<unknown>();
  const headers = { authorization: `Bearer ${token}` };
  get(`${httpUrl}${API_PATHS.snapshots}`, { agent, headers }, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => (text += chunk));
    response.on('error', answer.reject);
    response.on('end', () => {
      if (response.statusCode === 200) answer.resolve(JSON.parse(text));
      else answer.reject(new Error(`snapshots: ${response.statusCode} ${text}`));
    });
  }).on('error', answer.reject);
  return answer.promise.then((body) => snapshotsSchema.parse(body).snapshots[0]);
}
