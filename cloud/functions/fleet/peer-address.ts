import { isIPv6 } from 'node:net';
import type { HttpRequest } from '@azure/functions';

/** App Service and our embedded host set this from the socket, whatever the client sent. */
const PEER_HEADER = 'client-ip';
const MAX_ADDRESS_LENGTH = 64;

/** Where a request came from, without the port that App Service writes behind it. */
export function peerAddress({ headers }: Pick<HttpRequest, 'headers'>): string | null {
  const text = (headers.get(PEER_HEADER) ?? '').trim();
  const address = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return address === '' ? null : address.slice(0, MAX_ADDRESS_LENGTH);
}

/** What one machine has to itself: its address, or the /64 of an IPv6 one. Null: this machine, or not known. */
export function networkOf(address: string | null): string | null {
  const bare = (address ?? '').toLowerCase().replace(/^::ffff:(?=[\d.]+$)/, '');
  if (bare === '' || bare === '::1' || bare.startsWith('127.')) return null;
  if (!isIPv6(bare)) return bare;
  const [head = [], tail = []] = bare.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const groups = [...head, ...zeros, ...tail].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
