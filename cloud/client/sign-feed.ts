import type { FeedState } from '../contracts/feed.ts';
import type { Snapshots } from '../contracts/sign.ts';
import {
  type AfterNews,
  afterAssignment,
  afterProof,
  afterPull,
  afterPush,
  type HeldSnapshots,
  snapshotsAt,
} from './held-snapshots.ts';
import type { Moment } from './moment.ts';
import type { HubMessage } from './open-hub.ts';
import type { SignedIn } from './sign-in.ts';
import type { PullWish } from './snapshot-puller.ts';

/** Up: connected, and pulled since. */
export type Link = 'up' | 'down';

export type SignFeedOptions = {
  readonly onState: (state: FeedState) => void;
  readonly now: () => Moment;
  readonly signal: AbortSignal;
};

/** What the sign knows so far; tells the whole state each time that something of it changed. */
export class SignFeed {
  readonly #options: SignFeedOptions;
  #signId: string | undefined;
  #held: HeldSnapshots | null = null;
  /** What of it has been told. A new place waits for its first pull, or a sign would show it as one without stores. */
  #shown: HeldSnapshots | null = null;
  #link: Link = 'down';
  #problem: string | null = null;

  constructor(options: SignFeedOptions) {
    this.#options = options;
  }

  get hasStores(): boolean {
    return this.#held !== null && this.#held.stores.length > 0;
  }

  signedIn({ signId, negotiated }: SignedIn): void {
    this.#signId = signId;
    this.#place(negotiated.storeGroupId);
  }

  /** Gives how much a pull is wished after it. */
  pushed(message: HubMessage): PullWish {
    const held = this.#held;
    if (held === null) return 'none';
    const now = this.#options.now();
    switch (message.kind) {
      case 'snapshot':
        return this.#after(afterPush(held, message.snapshot, now));
      case 'proof':
        return this.#after(afterProof(held, message.proof, now));
      case 'assignment':
        this.#place(message.assignment.storeGroupId);
        return 'at once';
      case 'unreadable':
        return 'soon';
      default:
        return message satisfies never;
    }
  }

  /** `asked`: when the pull was sent. `link`: whether pushes will follow it. */
  pulled(snapshots: Snapshots, asked: Moment, link: Link): void {
    const held = afterPull(this.#held, snapshots, asked, this.#options.now());
    if (held === this.#held) return;
    this.#held = held;
    this.#link = link;
    this.#show(held);
  }

  disconnected(): void {
    if (this.#link === 'down') return;
    this.#link = 'down';
    if (this.#shown !== null) this.#tell();
  }

  /** In plain words; told only as long as there is nothing better to show. */
  failed(problem: string): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    if (this.#shown === null) this.#tell();
  }

  #place(storeGroupId: string | null): void {
    const held = afterAssignment(this.#held, storeGroupId, this.#options.now());
    if (held === this.#held) return;
    this.#held = held;
    const leaves = this.#shown !== null && this.#shown.storeGroupId !== null;
    if (storeGroupId === null || leaves) this.#show(held);
  }

  #after({ held, pull }: AfterNews): PullWish {
    if (held !== this.#held) {
      this.#held = held;
      this.#show(held);
    }
    return pull ? 'soon' : 'none';
  }

  #show(held: HeldSnapshots): void {
    this.#shown = held;
    this.#tell();
  }

  #tell(): void {
    const { signal, onState } = this.#options;
    if (signal.aborted) return;
    try {
      onState(this.#state());
    } catch (error) {
      // The fault of who listens: it must be seen, and must not stop the sign from following.
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  #state(): FeedState {
    const shown = this.#shown;
    if (shown === null || this.#signId === undefined) return { kind: 'starting', problem: this.#problem };
    const link = this.#link;
    if (shown.storeGroupId === null) return { kind: 'unassigned', signId: this.#signId, link };
    const stores = snapshotsAt(shown, this.#options.now());
    return { kind: 'following', storeGroupId: shown.storeGroupId, stores, link };
  }
}
