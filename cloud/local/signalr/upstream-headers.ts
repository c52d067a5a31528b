import { createHmac } from 'node:crypto';

export type UpstreamCall = {
  readonly hub: string;
  readonly event: 'connected' | 'disconnected';
  readonly connectionId: string;
  readonly userId: string | undefined;
  readonly claims: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
};

/**
 * What the service says of a connection when it calls the app. `accessKeys`: all that are valid, so that an app which
 * holds only one of them, while keys are renewed, can check its own signature.
 */
export function upstreamHeaders(
  { hub, event, connectionId, userId, claims, query }: UpstreamCall,
  accessKeys: readonly string[],
): Record<string, string> {
  const claimed = claimsHeader(claims);
  const asked = new URLSearchParams(query).toString();
  return {
    'X-ASRS-Connection-Id': connectionId,
    'X-ASRS-Hub': hub,
    'X-ASRS-Category': 'connections',
    'X-ASRS-Event': event,
    ...(userId === undefined ? {} : { 'X-ASRS-User-Id': userId }),
    ...(claimed === '' ? {} : { 'X-ASRS-User-Claims': claimed }),
    ...(asked === '' ? {} : { 'X-ASRS-Client-Query': `?${asked}` }),
    ...(accessKeys.length === 0 ? {} : { 'X-ASRS-Signature': signatures(connectionId, accessKeys) }),
  };
}

/** One for each key, over the id of the connection. */
const signatures = (connectionId: string, accessKeys: readonly string[]) =>
  accessKeys.map((key) => `sha256=${createHmac('sha256', key).update(connectionId).digest('hex')}`).join(',');

/** `name: value, name: value`. The list has no escapes: a claim that would be taken for two, or for half of one, is left out. */
function claimsHeader(claims: Readonly<Record<string, string>>): string {
  return Object.entries(claims)
    .filter(([name, value]) => value !== '' && !/[,:\p{Cc}]/u.test(name) && !/[,\p{Cc}]/u.test(value))
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}
