/** The SignalR hub that all signs are on. */
export const HUB_NAME = 'vitrine';

/** What the cloud says to a sign, and the one argument each target carries. */
export const HUB_TARGETS = {
  /** `Snapshot` */
  snapshot: 'snapshot',
  /** `ProofMessage` */
  proof: 'proof',
  /** `AssignmentMessage` */
  assignment: 'assignment',
  /** No argument: commands wait, or the sign's settings changed; it asks for them. */
  nudge: 'nudge',
  /** `FleetMessage`, to people. */
  fleet: 'fleet',
} as const;

export const signalRGroupOf = (storeGroupId: string): string => `group:${storeGroupId}`;

/** People who watch one store, and those who watch all. */
export const watchersOf = (storeId: string): string => `watch:${storeId}`;
export const ALL_WATCHERS = 'watch';
