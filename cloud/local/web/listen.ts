import { once } from 'node:events';
import type { Server } from 'node:net';
import { HostError } from '../host-error.ts';

/** A fleet that comes back after a power cut knocks all at once. Linux cuts this to net.core.somaxconn. */
const LISTEN_BACKLOG = 4096;

/** Where to listen; `option` is what a person would change when the port is taken. */
export type ListenAt = { readonly host: string; readonly port: number; readonly option: string };

/** Gives the bound port. Rejects with a HostError: ERR_PORT_TAKEN or ERR_ADDRESS. */
export async function listen(server: Server, { host, port, option }: ListenAt): Promise<number> {
  server.listen({ host, port, backlog: LISTEN_BACKLOG });
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw listenError(cause, { host, port, option });
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Says in one line why nothing can listen there. */
export function listenError(cause: unknown, { host, port, option }: ListenAt): HostError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    const message = `port ${port} on ${host} is taken by another program: choose another with ${option}`;
    return new HostError('ERR_PORT_TAKEN', message, { cause });
  }
  return new HostError('ERR_ADDRESS', `cannot listen on ${host} port ${port}: ${String(code ?? cause)}`, {
    cause,
  });
}
