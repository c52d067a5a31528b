import type { LiveConnections } from './live-connections.ts';
import type { NegotiatedIds } from './negotiated-ids.ts';
import type { ServiceTokens } from './service-tokens.ts';
import type { SignalRLimits } from './signalr-limits.ts';

/** What it takes to let a client in, by whatever transport. */
export type ClientDoor = {
  readonly tokens: ServiceTokens;
  readonly ids: NegotiatedIds;
  readonly connections: LiveConnections;
  readonly limits: SignalRLimits;
  /** What the app may know of the query a client connects with. */
  readonly appQuery: (query: URLSearchParams) => Readonly<Record<string, string>>;
};
