import { createHmac, timingSafeEqual } from 'node:crypto';
import { connectionStringFields, fieldOf } from './connection-string.ts';

const ONE = /^sha256=([0-9a-f]{64})$/i;
/** The service signs with its primary and its secondary key. */
const MAX_SIGNATURES = 4;

/**
 * Whether one of the signatures, `sha256=<hex>,sha256=<hex>`, is of this connection's id by the key of the connection
 * string. The service signs with each of its keys, so it does not matter which of them the app was given.
 */
export function isUpstreamSignature(header: string, connectionId: string, connectionString: string): boolean {
  const key = fieldOf(connectionStringFields(connectionString), 'AccessKey', 'AzureSignalRConnectionString');
  const own = createHmac('sha256', key).update(connectionId).digest();
  let isOwn = false;
  // To the end, whatever was found: how long it takes tells nothing.
  for (const one of header.split(',', MAX_SIGNATURES)) {
    const hex = ONE.exec(one.trim())?.[1];
    if (hex !== undefined && timingSafeEqual(Buffer.from(hex, 'hex'), own)) isOwn = true;
  }
  return isOwn;
}
