import type { Snapshots } from '../contracts/sign.ts';
import type { Proof, ProofMessage, Snapshot, SnapshotContent } from '../contracts/snapshot.ts';
import { ageAt } from '../domain/freshness.ts';
import { elapsedMs, type Moment } from './moment.ts';

type HeldStore = {
  readonly content: SnapshotContent;
  readonly proof: Proof;
  /**
   * From when the proof's ages count. A pull: when it was asked for. A push: its arrival, less the longest that it may
   * have been on its way. So no age is too small.
   */
  readonly provenAt: Moment;
};

/** The last pull's answer as a look at the cloud's clock, which stood at `sentAtMs` between asking and the answer. */
type ClockLook = { readonly asked: Moment; readonly answered: Moment; readonly sentAtMs: number };

/** What a sign knows of its stores, in the cloud's order. */
export type HeldSnapshots = {
  readonly storeGroupId: string | null;
  /** Since when the sign knows of this place. */
  readonly placedAt: Moment;
  readonly stores: readonly HeldStore[];
  /** By which pushes are known to be late; null until a pull has brought a store. */
  readonly clock: ClockLook | null;
};

/** A push that was surely longer on its way waited in a sign that stood still, or the cloud's clock leapt: a pull tells. */
const LATE_MS = 5_000;

/** `pull`: there is something that only a pull can bring. `held` is the same object where nothing changed. */
export type AfterNews = { readonly held: HeldSnapshots; readonly pull: boolean };

/** A place anew; nothing of another group is kept. */
export function afterAssignment(
  held: HeldSnapshots | null,
  storeGroupId: string | null,
  at: Moment,
): HeldSnapshots {
  return held?.storeGroupId === storeGroupId ? held : { storeGroupId, placedAt: at, stores: [], clock: null };
}

/** A push never adds a store: it may come late, from the group that the sign has left. */
export function afterPush(held: HeldSnapshots, snapshot: Snapshot, at: Moment): AfterNews {
  const before = storeIn(held, snapshot.content.store.id);
  if (before === undefined) return { held, pull: true };
  const order = byRevision(snapshot.content, before.content);
  if (order < 0) return { held, pull: false };
  const content = order === 0 ? before.content : snapshot.content;
  return afterProven(held, { content, proof: snapshot.proof, provenAt: at });
}

export function afterProof(held: HeldSnapshots, message: ProofMessage, at: Moment): AfterNews {
  const before = storeIn(held, message.storeId);
  if (before === undefined) return { held, pull: true };
  const order = byRevision(message, before.content);
  if (order !== 0) return { held, pull: order > 0 };
  return afterProven(held, { content: before.content, proof: message.proof, provenAt: at });
}

/**
 * `asked`: when the pull was sent; `answered`: when its answer was there. What arrived meanwhile is not overwritten by an older answer; one from a place
 * that the sign was moved from meanwhile changes nothing, as being moved asks for a pull of its own.
 */
export function afterPull(
  held: HeldSnapshots | null,
  pulled: Snapshots,
  asked: Moment,
  answered: Moment,
): HeldSnapshots {
  const moved = held !== null && held.storeGroupId !== pulled.storeGroupId;
  if (moved && isBefore(asked, held.placedAt)) return held;
  const stores = pulled.snapshots.map((snapshot): HeldStore => {
    const fresh = { ...snapshot, provenAt: asked };
    const before = held === null || moved ? undefined : storeIn(held, snapshot.content.store.id);
    return before === undefined ? fresh : newerOf(before, fresh);
  });
  const placedAt = held === null || moved ? asked : held.placedAt;
  const sentAtMs = pulled.snapshots[0]?.proof.sentAtMs;
  const clock = sentAtMs === undefined ? null : { asked, answered, sentAtMs };
  return { storeGroupId: pulled.storeGroupId, placedAt, stores, clock };
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

/** `arrived`: as if it had taken no time, with its arrival as `provenAt`. */
function afterProven(held: HeldSnapshots, arrived: HeldStore): AfterNews {
  const { clock } = held;
  if (clock === null) return { held: withStore(held, arrived), pull: false };
  const at = arrived.provenAt;
  const sinceLookMs = arrived.proof.sentAtMs - clock.sentAtMs;
  const pull = elapsedMs(clock.answered, at) - sinceLookMs > LATE_MS;
  const isNewer = storeIn(held, arrived.content.store.id)?.content !== arrived.content;
  // Of the content that the pull brought, the pull has the younger proof. A newer content came after the pull, whatever
  // a clock of the cloud that was set back says.
  if (sinceLookMs < 0 && !isNewer) return { held, pull };
  const onItsWayMs = Math.max(0, elapsedMs(clock.asked, at) - Math.max(0, sinceLookMs));
  return { held: withStore(held, { ...arrived, provenAt: earlierBy(onItsWayMs, at) }), pull };
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

const earlierBy = (ms: number, { monotonicMs, wallMs }: Moment): Moment => ({
  monotonicMs: monotonicMs - ms,
  wallMs: wallMs - ms,
});

function isBefore(one: Moment, other: Moment): boolean {
  return one.monotonicMs < other.monotonicMs;
}
