import type { Proof, ProofMessage, Snapshot } from '../../cloud/contracts/snapshot.ts';

type Difference = {
  readonly storeId?: string;
  readonly epoch?: number;
  readonly revision?: number;
  readonly ageMs?: number | null;
  /** By the cloud's clock; the cloud of the tests that send over a wire stamps its own. */
  readonly sentAtMs?: number;
};

/** A store whose count is its revision, so that what is shown tells where it comes from. */
export function aSnapshot(difference: Difference = {}): Snapshot {
  const { storeId = 'north', epoch = 1, revision = 1, ageMs = 0, sentAtMs = 0 } = difference;
  return {
    content: {
      epoch,
      revision,
      store: { id: storeId, name: storeId, timeZone: 'Europe/Madrid' },
      count: revision,
      limits: { soft: 50, hard: 60 },
      mayEnter: 60,
      margin: 0,
      state: 'open',
      certainty: 'whole',
      today: { day: '2026-11-21', in: revision, out: 0, peak: null, curve: null },
      doors: [{ id: 'street', name: 'Street', silent: false }],
      zones: [],
      alerts: [],
      moreAlerts: 0,
    },
    proof: { sentAtMs, ageMs, liveForMs: 90_000, doorAgesMs: [ageMs] },
  };
}

export function aProof(difference: Difference = {}): ProofMessage {
  const { content, proof } = aSnapshot(difference);
  return { storeId: content.store.id, epoch: content.epoch, revision: content.revision, proof };
}

/** As a cloud sends it now. */
export const sentNow = <T extends { readonly proof: Proof }>(message: T): T => ({
  ...message,
  proof: { ...message.proof, sentAtMs: Date.now() },
});
