import { elapsedMs, type Moment } from '../cloud/client/moment.ts';
import { withMemory } from '../cloud/client/snapshot-keeper.ts';
import type { FeedState, KeptSnapshot } from '../cloud/contracts/feed.ts';
import type { ShownMessage } from '../cloud/contracts/message.ts';
import type { Snapshot } from '../cloud/contracts/snapshot.ts';

/** What the shell knows, for a page that may come and go. */
export type ShellFeed = {
  /** A new state, its ages true now. */
  tell(state: FeedState): void;
  /** The newest state, its ages as they are now. */
  newest(): FeedState;
  /** Told each new state. */
  listen(listener: (state: FeedState) => void): void;
};

type ShellFeedOptions = {
  /** What the glass showed when the shell last ran: it stands until the cloud has spoken. */
  readonly remembered: KeptSnapshot | null;
  readonly now: () => Moment;
};

export function createShellFeed({ remembered, now }: ShellFeedOptions): ShellFeed {
  let newest = withMemory({ kind: 'starting', problem: null }, remembered);
  let toldAt = now();
  const listeners = new Set<(state: FeedState) => void>();
  return {
    tell(state) {
      newest = withMemory(state, remembered);
      toldAt = now();
      for (const listener of listeners) listener(newest);
    },
    newest: () => olderBy(newest, elapsedMs(toldAt, now())),
    listen: (listener) => void listeners.add(listener),
  };
}

/** What was remembered carries the moment when it was true, which stays. */
function olderBy(state: FeedState, passedMs: number): FeedState {
  if (state.kind === 'unassigned' && state.offer) {
    const { offer } = state;
    return { ...state, offer: { ...offer, endsInMs: Math.max(0, offer.endsInMs - passedMs) } };
  }
  if (state.kind !== 'following') return state;
  const stores = state.stores.map((store) => snapshotOlderBy(store, passedMs));
  return state.messages === undefined
    ? { ...state, stores }
    : { ...state, stores, messages: state.messages.flatMap((message) => messageOlderBy(message, passedMs)) };
}

/** None where its time is over. */
function messageOlderBy(message: ShownMessage, passedMs: number): readonly ShownMessage[] {
  const endsInMs = message.endsInMs - passedMs;
  return endsInMs > 0 ? [{ ...message, endsInMs }] : [];
}

function snapshotOlderBy({ content, proof }: Snapshot, passedMs: number): Snapshot {
  const older = (ageMs: number | null) => (ageMs === null ? null : ageMs + passedMs);
  return {
    content,
    proof: { ...proof, ageMs: older(proof.ageMs), doorAgesMs: proof.doorAgesMs.map(older) },
  };
}
