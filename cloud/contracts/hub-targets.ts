import * as z from 'zod/mini';
import { countSchema } from './identifiers.ts';

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
  /** `NudgeMessage`, or nothing where one sign is meant: commands or messages wait, or its settings changed; it asks for them. */
  nudge: 'nudge',
  /** `FleetMessage`, to people. */
  fleet: 'fleet',
} as const;

/** `signs`: how many are told to ask at once. The more they are, the longer each waits, at random. */
export const nudgeMessageSchema = z.object({ signs: countSchema });
export type NudgeMessage = z.infer<typeof nudgeMessageSchema>;

export const signalRGroupOf = (storeGroupId: string): string => `group:${storeGroupId}`;

/** People who watch one store, and those who watch all. */
export const watchersOf = (storeId: string): string => `watch:${storeId}`;
export const ALL_WATCHERS = 'watch';
