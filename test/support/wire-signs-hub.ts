import { WebSocket } from 'ws';
import { askCloud, type Wire } from '../../cloud/client/ask-cloud.ts';
import { whenAborted } from '../../cloud/client/child-controller.ts';
import { CloudError } from '../../cloud/client/cloud-error.ts';
import type { HubMessage, OpenHub } from '../../cloud/client/open-hub.ts';
import { HUB_TARGETS } from '../../cloud/contracts/hub-targets.ts';
import { assignmentMessageSchema } from '../../cloud/contracts/sign.ts';
import { proofMessageSchema, snapshotSchema } from '../../cloud/contracts/snapshot.ts';

const RECORD_END = '\x1e';
const HANDSHAKE = `{"protocol":"json","version":1}${RECORD_END}`;
const PING = `{"type":6}${RECORD_END}`;
const INVOCATION = 1;
const CLOSE = 7;

/**
 * What the SignalR client does on the wire, and nothing else, so that thousands fit in one process: negotiate, WebSocket,
 * handshake, pings both ways, time limits. Settles as openHub of cloud/client does.
 */
export async function openWireHub(options: OpenHub): Promise<{ readonly closed: Promise<void> }> {
  const { wire, url, accessToken, timings, onMessage } = options;
  const webSocket = new WebSocket(await addressOf(wire, url, accessToken), { perMessageDeflate: false });
  const closed = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  const end = () => webSocket.terminate();
  const patience = setTimeout(end, timings.connectTimeoutMs);
  const silence = setTimeout(end, timings.serverTimeoutMs);
  const ping = setInterval(() => webSocket.send(PING), timings.keepAliveMs);
  webSocket.on('open', () => webSocket.send(HANDSHAKE));
  webSocket.on('error', (cause) => opened.reject(unreachable(cause)));
  webSocket.on('close', () => {
    for (const timer of [patience, silence]) clearTimeout(timer);
    clearInterval(ping);
    opened.reject(unreachable());
    closed.resolve();
  });
  let isOpen = false;
  webSocket.on('message', (data) => {
    silence.refresh();
    for (const record of String(data).split(RECORD_END)) {
      if (record === '') continue;
      const message: unknown = JSON.parse(record);
      if (isOpen) obey(message, onMessage, end);
      else if (record === '{}') opened.resolve();
      else end();
      isOpen = true;
    }
  });
  whenAborted(wire.signal, end);
  await opened.promise.finally(() => clearTimeout(patience));
  return { closed: closed.promise };
}

async function addressOf(wire: Wire, url: string, accessToken: string): Promise<string> {
  const asked = new URL(url.replace('/client/?', '/client/negotiate?'));
  asked.searchParams.set('negotiateVersion', '1');
  const init = { method: 'POST', headers: { authorization: `Bearer ${accessToken}` } };
  const answer = await askCloud(wire, asked.href, init).catch((cause) => Promise.reject(unreachable(cause)));
  const { connectionToken } = answer as { connectionToken: string };
  const address = new URL(url.replace(/^http/, 'ws'));
  address.searchParams.set('id', connectionToken);
  address.searchParams.set('access_token', accessToken);
  return address.href;
}

const unreachable = (cause?: unknown) =>
  new CloudError('push-unreachable', 'the push service cannot be reached', { cause });

function obey(message: unknown, onMessage: (message: HubMessage) => void, end: () => void): void {
  const {
    type,
    target,
    arguments: [argument] = [],
  } = message as {
    type: number;
    target?: string;
    arguments?: unknown[];
  };
  if (type === CLOSE) end();
  if (type !== INVOCATION) return;
  if (target === HUB_TARGETS.snapshot)
    onMessage({ kind: 'snapshot', snapshot: snapshotSchema.parse(argument) });
  if (target === HUB_TARGETS.proof) onMessage({ kind: 'proof', proof: proofMessageSchema.parse(argument) });
  if (target === HUB_TARGETS.assignment) {
    onMessage({ kind: 'assignment', assignment: assignmentMessageSchema.parse(argument) });
  }
}
