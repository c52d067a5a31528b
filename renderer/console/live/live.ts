import type { Fleet } from '../../../cloud/contracts/fleet.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';
import type { Person } from '../../../cloud/contracts/person.ts';

/** What the page knows now. Changes are told to who subscribed; elements follow it with a `LiveController`. */
export type Live = {
  readonly overview: Overview | null;
  readonly fleet: Fleet | null;
  readonly person: Person | null;
  /** Whether news arrive by themselves. */
  readonly link: 'up' | 'down';
  /** When it went down, by this page's clock; null while it is up. */
  readonly downSinceMs: number | null;
  /** When anything last changed, by this page's clock; null: never. */
  readonly changedAtMs: number | null;
  /** The server's clock minus this page's. */
  readonly clockOffsetMs: number;
  /** The server's clock now, Unix ms. */
  readonly serverNowMs: () => number;
  readonly subscribe: (listener: () => void) => () => void;
  /** Reads one sign again, or all. */
  readonly refreshFleet: (signId?: string) => Promise<void>;
  /** Reads stores and signs again. */
  readonly refresh: () => Promise<void>;
};
