import type { ProofMessage, Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { aProof, aSnapshot } from '../client-snapshots.ts';

/** The cloud's clock is not the sign's, and nothing may depend on how they differ. */
const CLOUD_MS = Date.UTC(2020, 0, 1);

type Revision = { readonly epoch: number; readonly revision: number };

/** A store as it really is, and as the cloud knows it at once: when each of its counts was last true. */
export class TrueStore {
  readonly #liveForMs: number;
  readonly #lastTrueAtMs = new Map<string, number>();
  #now: Revision = { epoch: 1, revision: 1 };

  constructor(liveForMs: number, nowMs: number) {
    this.#liveForMs = liveForMs;
    this.heard(nowMs);
  }

  get revision(): Revision {
    return this.#now;
  }

  counted(nowMs: number): void {
    this.#now = { ...this.#now, revision: this.#now.revision + 1 };
    this.heard(nowMs);
  }

  /** A door spoke, and the count stayed. */
  heard(nowMs: number): void {
    this.#lastTrueAtMs.set(keyOf(this.#now), nowMs);
  }

  restored(nowMs: number): void {
    this.#now = { epoch: this.#now.epoch + 1, revision: 1 };
    this.heard(nowMs);
  }

  /** How long ago this count was last known to be true. */
  trueAgeMs(shown: Revision, nowMs: number): number {
    return nowMs - (this.#lastTrueAtMs.get(keyOf(shown)) ?? Number.NEGATIVE_INFINITY);
  }

  snapshot(nowMs: number): Snapshot {
    const { content, proof } = aSnapshot(this.#said(nowMs));
    return { content, proof: { ...proof, liveForMs: this.#liveForMs } };
  }

  proof(nowMs: number): ProofMessage {
    const message = aProof(this.#said(nowMs));
    return { ...message, proof: { ...message.proof, liveForMs: this.#liveForMs } };
  }

  #said(nowMs: number) {
    const ageMs = this.trueAgeMs(this.#now, nowMs);
    return { ...this.#now, ageMs, sentAtMs: CLOUD_MS + nowMs };
  }
}

const keyOf = ({ epoch, revision }: Revision): string => `${epoch} ${revision}`;
