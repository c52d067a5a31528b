import type { Envelope } from '../sensors/decoded.ts';

/** A message with what the hub, or `ingest`, stamped on it. */
export type StampedEvent = Envelope & { readonly body: Uint8Array };
