import { HUB_TARGETS, signalRGroupOf } from '../contracts/hub-targets.ts';
import type { AssignmentMessage } from '../contracts/sign.ts';
import type { ProofMessage, Snapshot } from '../contracts/snapshot.ts';

/** What the signalR output binding sends. */
export type HubMessage = {
  readonly target: string;
  readonly arguments: readonly unknown[];
  readonly groupName?: string;
  readonly userId?: string;
};

export const snapshotMessage = (storeGroupId: string, snapshot: Snapshot): HubMessage => ({
  target: HUB_TARGETS.snapshot,
  groupName: signalRGroupOf(storeGroupId),
  arguments: [snapshot],
});

export const proofMessage = (storeGroupId: string, proof: ProofMessage): HubMessage => ({
  target: HUB_TARGETS.proof,
  groupName: signalRGroupOf(storeGroupId),
  arguments: [proof],
});

export const assignmentMessage = (signId: string, assignment: AssignmentMessage): HubMessage => ({
  target: HUB_TARGETS.assignment,
  userId: signId,
  arguments: [assignment],
});
