import type { Snapshots } from '../contracts/sign.ts';
import type { Proof, ProofMessage, Snapshot, SnapshotContent } from '../contracts/snapshot.ts';
import { ageAt } from '../domain/freshness.ts';
import { elapsedMs, type Moment } from './moment.ts';

type HeldStore = {
  readonly content: SnapshotContent;
  readonly proof: Proof;
  /** From when the proof's ages count. A push: its arrival. A pull: when it was asked for, so that no age is too small. */
  readonly provenAt: Moment;
};

/** What a sign knows of its stores, in the cloud's order. */
export type HeldSnapshots = {
  readonly storeGroupId: string | null;
  /** Since when the sign knows of this place. */
  readonly placedAt: Moment;
  readonly stores: readonly HeldStore[];
};

/** `pull`: there is something that only a pull can bring. `held` is the same object where nothing changed. */
export type AfterNews = { readonly held: HeldSnapshots; readonly pull: boolean };

/** A place anew; nothing of another group is kept. */
export function afterAssignment(
  held: HeldSnapshots | null,
  storeGroupId: string | null,
  at: Moment,
): HeldSnapshots {
  return held?.storeGroupId === storeGroupId ? held : { storeGroupId, placedAt: at, stores: [] };
}

/** A push never adds a store: it may come late, from the group that the sign has left. */
export function afterPush(held: HeldSnapshots, snapshot: Snapshot, at: Moment): AfterNews {
  const before = storeIn(held, snapshot.content.store.id);
  if (before === undefined) return { held, pull: true };
  const order = byRevision(snapshot.content, before.content);
  if (order < 0) return { held, pull: false };
  const content = order === 0 ? before.content : snapshot.content;
  return { held: withStore(held, { content, proof: snapshot.proof, provenAt: at }), pull: false };
}

export function afterProof(held: HeldSnapshots, message: ProofMessage, at: Moment): AfterNews {
  const before = storeIn(held, message.storeId);
  if (before === undefined) return { held, pull: true };
  const order = byRevision(message, before.content);
  if (order !== 0) return { held, pull: order > 0 };
  return { held: withStore(held, { ...before, proof: message.proof, provenAt: at }), pull: false };
}

/**
 * `asked`: when the pull was sent. What arrived meanwhile is not overwritten by an older answer; one from a place
 * that the sign was moved from meanwhile changes nothing, as being moved asks for a pull of its own.
 */
export function afterPull(held: HeldSnapshots | null, pulled: Snapshots, asked: Moment): HeldSnapshots {
  const moved = held !== null && held.storeGroupId !== pulled.storeGroupId;
  if (moved && isBefore(asked, held.placedAt)) return held;
  const stores = pulled.snapshots.map((snapshot): HeldStore => {
    const fresh = { ...snapshot, provenAt: asked };
    const before = held === null || moved ? undefined : storeIn(held, snapshot.content.store.id);
    return before === undefined ? fresh : newerOf(before, fresh);
  });
  const placedAt = held === null || moved ? asked : held.placedAt;
  return { storeGroupId: pulled.storeGroupId, placedAt, stores };
}

/** The stores as a sign may show them at `now`: their ages count on. */
export function snapshotsAt(held: HeldSnapshots, now: Moment): Snapshot[] {
  return held.stores.map(({ content, proof, provenAt }) => {
    const elapsed = elapsedMs(provenAt, now);
    const older = (ageMs: number | null) => ageAt(ageMs, elapsed);
    return {
      content,
      proof: { ...proof, ageMs: older(proof.ageMs), doorAgesMs: proof.doorAgesMs.map(older) },
    };
  });
}

function newerOf(before: HeldStore, pulled: HeldStore): HeldStore {
  const order = byRevision(pulled.content, before.content);
  if (order !== 0) return order > 0 ? pulled : before;
  // A proof pushed while the pull was on its way is as new as the answer; the younger of two claims is the nearer one.
  const crossed = isBefore(pulled.provenAt, before.provenAt);
  if (crossed && !isYounger(pulled, before)) return before;
  return { ...pulled, content: before.content };
}

function isYounger(one: HeldStore, other: HeldStore): boolean {
  const ageAtProof = (held: HeldStore) =>
    (held.proof.ageMs ?? Number.POSITIVE_INFINITY) - held.provenAt.monotonicMs;
  return ageAtProof(one) < ageAtProof(other);
}

/** Negative: `one` is the older. */
function byRevision(one: Revision, other: Revision): number {
  return one.epoch - other.epoch || one.revision - other.revision;
}

type Revision = { readonly epoch: number; readonly revision: number };

function storeIn(held: HeldSnapshots, storeId: string): HeldStore | undefined {
  return held.stores.find(({ content }) => content.store.id === storeId);
}

function withStore(held: HeldSnapshots, changed: HeldStore): HeldSnapshots {
  const id = changed.content.store.id;
  const stores = held.stores.map((store) => (store.content.store.id === id ? changed : store));
  return { ...held, stores };
}

function isBefore(one: Moment, other: Moment): boolean {
  return one.monotonicMs < other.monotonicMs;
}
