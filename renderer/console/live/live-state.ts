import type { Fleet, FleetMessage, ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';
import type { ProofMessage, Snapshot } from '../../../cloud/contracts/snapshot.ts';

/** What a push makes of the stores: `read-again` where it shows that one was missed. */
export type AfterPush = Overview | 'as-before' | 'read-again';

export function overviewAfterSnapshot(overview: Overview, pushed: Snapshot): AfterPush {
  const { store } = pushed.content;
  const held = overview.stores.find(({ snapshot }) => snapshot.content.store.id === store.id);
  if (held === undefined) return 'read-again';
  if (!isNewer(pushed, held.snapshot)) return 'as-before';
  return withSnapshot(overview, pushed);
}

export function overviewAfterProof(overview: Overview, pushed: ProofMessage): AfterPush {
  const held = overview.stores.find(({ snapshot }) => snapshot.content.store.id === pushed.storeId);
  if (held === undefined) return 'read-again';
  const { content, proof } = held.snapshot;
  const step = pushed.epoch - content.epoch || pushed.revision - content.revision;
  if (step > 0) return 'read-again';
  if (step < 0 || pushed.proof.sentAtMs <= proof.sentAtMs) return 'as-before';
  return withSnapshot(overview, { content, proof: pushed.proof });
}

/** A reading that began before a push arrived does not undo it. */
export function overviewAfterReading(overview: Overview | null, read: Overview): Overview {
  if (overview === null) return read;
  const held = new Map(overview.stores.map((store) => [store.snapshot.content.store.id, store.snapshot]));
  const stores = read.stores.map((store) => {
    const before = held.get(store.snapshot.content.store.id);
    return before !== undefined && isNewer(before, store.snapshot) ? { ...store, snapshot: before } : store;
  });
  return { ...read, stores };
}

/** When, by the cloud's clock, each sign was as it is held. */
export type SignTimes = Map<string, number>;

/** Pushes of two calls overtake each other by less; by more the cloud's clock was set back. */
const OVERTAKEN_WITHIN_MS = 60_000;

/** `pushed`: signs that were told of since the reading began; it may have been made before that. */
export function fleetAfterReading(
  { fleet, read, pushed }: { fleet: Fleet | null; read: Fleet; pushed: ReadonlySet<string> },
  times: SignTimes,
): Fleet {
  const held = (fleet?.signs ?? []).filter(({ signId }) => pushed.has(signId));
  const heldIds = new Set(held.map(({ signId }) => signId));
  const others = read.signs.filter(({ signId }) => !heldIds.has(signId));
  for (const { signId } of others) times.set(signId, read.nowMs);
  return { nowMs: read.nowMs, signs: [...others, ...held] };
}

/** Pushes of two calls may overtake each other. */
export function fleetAfter(fleet: Fleet, { nowMs, sign }: FleetMessage, times: SignTimes): Fleet {
  const olderByMs = (times.get(sign.signId) ?? nowMs) - nowMs;
  if (olderByMs > 0 && olderByMs < OVERTAKEN_WITHIN_MS) return fleet;
  times.set(sign.signId, nowMs);
  const isKnown = fleet.signs.some(({ signId }) => signId === sign.signId);
  const signs = isKnown
    ? fleet.signs.map((each) => (each.signId === sign.signId ? withKnownPicture(sign, each) : each))
    : [...fleet.signs, sign];
  return { nowMs: Math.max(nowMs, fleet.nowMs), signs };
}

/** A push to the watchers of one store leaves out the picture of a sign that shows others too: it may be theirs. */
function withKnownPicture(sign: ListedSign, { screenshotAtMs, storeGroupId }: ListedSign): ListedSign {
  const isKnown = screenshotAtMs !== undefined && storeGroupId === sign.storeGroupId;
  return isKnown && sign.screenshotAtMs === undefined ? { ...sign, screenshotAtMs } : sign;
}

/** Whether a push tells that a picture was taken, and not of the picture. */
export function isPictureNew({ signs }: Fleet, { sign }: FleetMessage): boolean {
  const known = signs.find(({ signId }) => signId === sign.signId);
  const newest = newestPicture(sign);
  return sign.screenshotAtMs === undefined && newest !== undefined && newest !== newestPicture(known);
}

const newestPicture = (sign: ListedSign | undefined): string | undefined =>
  sign?.commands.find(({ kind, status }) => kind === 'screenshot' && status === 'done')?.commandId;

/** The signs whose state has run out by itself. */
export const signsRunOut = ({ signs }: Fleet, nowMs: number): readonly ListedSign[] =>
  signs.filter(({ stateUntilMs }) => stateUntilMs !== null && stateUntilMs <= nowMs);

function isNewer(one: Snapshot, other: Snapshot): boolean {
  const step = one.content.epoch - other.content.epoch || one.content.revision - other.content.revision;
  return step > 0 || (step === 0 && one.proof.sentAtMs > other.proof.sentAtMs);
}

const withSnapshot = (overview: Overview, snapshot: Snapshot): Overview => ({
  ...overview,
  stores: overview.stores.map((store) =>
    store.snapshot.content.store.id === snapshot.content.store.id ? { ...store, snapshot } : store,
  ),
});
