import { isIP } from 'node:net';
import { connect } from 'node:tls';

const ANSWERED_WITHIN_MS = 5_000;

export type Called = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** Whether this process reaches, and trusts, a TLS server under a name, as the app will that runs in it. */
export function callsItself(name: string, port: number): Promise<Called> {
  const { promise, resolve } = Promise.withResolvers<Called>();
  // RFC 6066 section 3: an address is no server name.
  const named = isIP(name) === 0 ? { servername: name } : {};
  const socket = connect({ host: name, port, ...named, timeout: ANSWERED_WITHIN_MS });
  socket.once('secureConnect', () => resolve({ ok: true }));
  socket.once('timeout', () => resolve({ ok: false, why: 'no answer' }));
  socket.once('error', (error) => resolve({ ok: false, why: error.message }));
  return promise.finally(() => socket.destroy());
}
