import { isIP, isIPv6 } from 'node:net';
import { hostname, type NetworkInterfaceInfo } from 'node:os';

/** Where a server listens that is for this machine alone. */
export const LOCAL_HOST = '127.0.0.1';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i;
/** What `localhost` leads to; a server on another address of the loopback is not there. */
const IS_LOCALHOST = new Set(['localhost', LOCAL_HOST, '::1']);
const EVERYWHERE = new Set(['0.0.0.0', '::']);
/** A certificate of thousands of names fits no handshake; a machine with that many addresses is no shop's. */
const MAX_ADDRESSES = 100;
/** RFC 1123, with the underscore that Windows allows in the name of a machine. */
const DNS_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9_-]{0,62})(\.[a-z0-9]([a-z0-9_-]{0,62}))*$/;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
const isEverywhere = (host: string): boolean => EVERYWHERE.has(host);

/** As `os.networkInterfaces` gives them. */
export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Whether something is a name that certificates and Host headers may carry; lower case, without a dot at its end. */
export const isHostName = (name: string): boolean => DNS_NAME.test(name) || isIP(name) !== 0;

/** Where to listen so that `localhost` leads here as well. */
export const hostsOf = (host: string): readonly string[] =>
  isLoopback(host) || isEverywhere(host) ? [host] : [host, LOCAL_HOST];

/**
 * The names, besides the local ones, by which others call a server that listens on this address: what the owner says,
 * its addresses as they are now, and what this machine calls itself, alone and as multicast DNS has it (RFC 6762).
 */
export function namesOf(host: string, given: readonly string[], interfaces: Interfaces): readonly string[] {
  if (isLoopback(host)) return [];
  const addresses = isEverywhere(host) ? ownAddresses(host, interfaces) : [host.toLowerCase()];
  return [...new Set([...given, ...addresses, ...machineNames(hostname())])];
}

/** IPv4 first: `::` is both, `0.0.0.0` is not. */
function ownAddresses(host: string, interfaces: Interfaces): readonly string[] {
  const all = Object.values(interfaces).flatMap((addresses) => addresses ?? []);
  const outer = all.filter(({ internal }) => !internal).map(({ address }) => address);
  const v6 = isIPv6(host) ? outer.filter(isIPv6) : [];
  return [...outer.filter((address) => !isIPv6(address)), ...v6].slice(0, MAX_ADDRESSES);
}

function machineNames(name: string): readonly string[] {
  const full = name.toLowerCase().replace(/\.$/, '');
  const [short = full] = full.split('.');
  return [full, short, `${short}.local`].filter((each) => DNS_NAME.test(each) && each !== 'localhost');
}

/** The name by which this very machine reaches a server that listens there, and on `hostsOf` it. */
export const localName = (host: string): string =>
  isLoopback(host) && !IS_LOCALHOST.has(host.toLowerCase()) ? host : 'localhost';

/** `[fd00::2]`, as it is written in a URL. */
export const urlHost = (name: string): string => (isIPv6(name) ? `[${name}]` : name);

/** `[fd00::2]:7071` */
export const authorityOf = (name: string, port: number): string => `${urlHost(name)}:${port}`;

/** An address of one cable: of no use without saying which (RFC 4007 section 11), which no browser does. */
export const isLinkLocal = (name: string): boolean => isIPv6(name) && /^fe[89ab]/i.test(name);
