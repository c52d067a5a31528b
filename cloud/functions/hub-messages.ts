import { ALL_WATCHERS, HUB_TARGETS, signalRGroupOf, watchersOf } from '../contracts/hub-targets.ts';
import type { AssignmentMessage } from '../contracts/sign.ts';
import type { ProofMessage, Snapshot } from '../contracts/snapshot.ts';

/** What the signalR output binding sends. */
export type HubMessage = {
  readonly target: string;
  readonly arguments: readonly unknown[];
  readonly groupName?: string;
  readonly userId?: string;
};

/** To the signs of these groups, and to the people who watch the store. */
export const snapshotMessages = (storeGroupIds: readonly string[], snapshot: Snapshot): HubMessage[] =>
  audience(storeGroupIds, snapshot.content.store.id).map((groupName) => ({
    target: HUB_TARGETS.snapshot,
    groupName,
    arguments: [snapshot],
  }));

export const proofMessages = (storeGroupIds: readonly string[], proof: ProofMessage): HubMessage[] =>
  audience(storeGroupIds, proof.storeId).map((groupName) => ({
    target: HUB_TARGETS.proof,
    groupName,
    arguments: [proof],
  }));

export const assignmentMessage = (signId: string, assignment: AssignmentMessage): HubMessage => ({
  target: HUB_TARGETS.assignment,
  userId: signId,
  arguments: [assignment],
});

/** The signs come first. */
const audience = (storeGroupIds: readonly string[], storeId: string): readonly string[] => [
  ...storeGroupIds.map(signalRGroupOf),
  watchersOf(storeId),
  ALL_WATCHERS,
];
