import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i;
const EVERYWHERE = new Set(['0.0.0.0', '::']);

const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** The names, besides the local ones, by which others call a server that listens on this address. */
export function namesOf(host: string): readonly string[] {
  if (isLoopback(host)) return [];
  if (!EVERYWHERE.has(host)) return [host];
  const addresses = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return addresses.filter(({ internal }) => !internal).map(({ address }) => address);
}

/** The name by which this very machine reaches such a server. */
export const localName = (host: string): string =>
  isLoopback(host) || EVERYWHERE.has(host) ? 'localhost' : host;

/** `localhost:7071` */
export function localAuthority(host: string, port: number): string {
  const name = localName(host);
  return `${isIPv6(name) ? `[${name}]` : name}:${port}`;
}
