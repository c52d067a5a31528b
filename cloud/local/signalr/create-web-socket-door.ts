import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ClientDoor } from './client-door.ts';
import { urlOf } from './http-requests.ts';
import { newId } from './negotiated-ids.ts';
import { type Accepted, createUpgrade, refuseUpgrade } from './transports/web-socket-upgrade.ts';
import { clientAt, type Refusal, refusal, UNAVAILABLE, UNKNOWN_ID } from './visitors.ts';

/** Lets WebSockets in whose token opens the hub they ask for. */
export function createWebSocketDoor(door: ClientDoor) {
  const upgrade = createUpgrade(door.limits);
  return async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    stream.on('error', ignore);
    const refused = await letIn(request, door, (accepted) => {
      // From here on `ws` listens for itself.
      stream.removeListener('error', ignore);
      upgrade(request, stream, head, accepted);
    });
    if (refused !== undefined) refuseUpgrade(stream, refused.status, refused.headers);
  };
}

async function letIn(
  request: IncomingMessage,
  { tokens, ids, connections, appQuery }: ClientDoor,
  upgrade: (accepted: Accepted) => void,
): Promise<Refusal | undefined> {
  const { pathname, searchParams } = urlOf(request);
  if (pathname !== '/client/' && pathname !== '/client') return refusal(404, 'There is nothing here.');
  const client = await clientAt(request, searchParams, tokens);
  if (connections.isDraining) return UNAVAILABLE;
  if ('status' in client) return client;

  // Without an id: HubConnectionBuilder's `skipNegotiation`.
  const shown = searchParams.get('id');
  const { kind } = shown === null ? { kind: 'unused' } : ids.stateOf(shown, client);
  if (kind === 'in use') return refusal(409, 'The connection id is in use.');
  if (kind === 'unknown') return UNKNOWN_ID;
  if (shown === null && connections.isFullFor(client)) return UNAVAILABLE;
  upgrade((transport) => {
    const used = shown === null ? { connectionId: newId(), connectionToken: undefined } : ids.use(shown);
    if (used === undefined) transport.cut();
    else connections.admit({ ...used, client, query: appQuery(searchParams), transport });
  });
  return undefined;
}

/** A client that hangs up is heard of when its socket closes. */
const ignore = () => undefined;
