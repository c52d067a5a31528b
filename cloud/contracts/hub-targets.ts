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
} as const;

export const signalRGroupOf = (storeGroupId: string): string => `group:${storeGroupId}`;
