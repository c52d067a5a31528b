import type { DescribedSign, FeedState, PairingCodeShown, Problem } from '../contracts/feed.ts';
import { fingerprintOf, type PairingOffer } from '../contracts/pairing.ts';
import type { Snapshots } from '../contracts/sign.ts';
import type { HeartbeatAnswer } from '../contracts/sign-report.ts';
import { HeldMessages } from './held-messages.ts';
import {
  type AfterNews,
  afterAssignment,
  afterProof,
  afterPull,
  afterPush,
  type HeldSnapshots,
  snapshotsAt,
} from './held-snapshots.ts';
import { elapsedMs, type Moment } from './moment.ts';
import type { HubMessage } from './open-hub.ts';
import type { SignedIn } from './sign-in.ts';
import type { PullWish } from './snapshot-puller.ts';

/** Up: connected, and pulled since. */
export type Link = 'up' | 'down';

type Described = Omit<DescribedSign, 'fingerprint'>;
const NOT_DESCRIBED: Described = { name: '', settings: null };

export type SignFeedOptions = {
  readonly onState: (state: FeedState) => void;
  /** Told where the sign belongs each time that this is heard. */
  readonly onPlace?: (storeGroupId: string | null) => void;
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
  #problem: Problem | null = null;
  #isRevoked = false;
  #described: Described = NOT_DESCRIBED;
  #identify = false;
  #offer: { readonly offer: PairingOffer; readonly asked: Moment } | null = null;
  readonly #messages: HeldMessages;
  /** Undefined until the cloud said so. */
  #consoleUrl: string | null | undefined;

  constructor(options: SignFeedOptions) {
    this.#options = options;
    const onEnd = () => this.#shown !== null && this.#tell();
    this.#messages = new HeldMessages({ now: options.now, onEnd, signal: options.signal });
  }

  get hasStores(): boolean {
    return this.#held !== null && this.#held.stores.length > 0;
  }

  signedIn({ signId, negotiated }: SignedIn): void {
    this.#signId = signId;
    this.#isRevoked = false;
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
      case 'nudge':
        return 'none';
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
    this.#hold(held);
    this.#link = link;
    this.#show(held);
    this.#options.onPlace?.(held.storeGroupId);
  }

  /** A code to type in the console; `asked`: from when its time counts. */
  offered(offer: PairingOffer, asked: Moment): void {
    this.#offer = { offer, asked };
    if (this.#shown?.storeGroupId === null) this.#tell();
  }

  described(described: Described): void {
    if (JSON.stringify(described) === JSON.stringify(this.#described)) return;
    this.#described = described;
    if (this.#shown !== null) this.#tell();
  }

  /** What an operator says to it; `asked`: from when its time counts. */
  said(
    { messages = [], consoleUrl = null }: Pick<HeartbeatAnswer, 'messages' | 'consoleUrl'>,
    asked: Moment,
  ): void {
    // To a place that it has left since, somebody else stands before it now.
    const isLate = this.#held !== null && asked.monotonicMs < this.#held.placedAt.monotonicMs;
    const isNews = (!isLate && this.#messages.said(messages, asked)) || consoleUrl !== this.#consoleUrl;
    this.#consoleUrl = consoleUrl;
    if (isNews && this.#shown !== null) this.#tell();
  }

  identify(isOn: boolean): void {
    if (isOn === this.#identify) return;
    this.#identify = isOn;
    if (this.#shown !== null) this.#tell();
  }

  /** Nothing that was shown may be shown from now on. */
  revoked(problem: Problem): void {
    if (this.#isRevoked) return;
    this.#isRevoked = true;
    this.#problem = problem;
    this.#held = null;
    this.#shown = null;
    this.#messages.said([], this.#options.now());
    this.#described = NOT_DESCRIBED;
    this.#offer = null;
    this.#link = 'down';
    this.#tell();
  }

  disconnected(): void {
    if (this.#link === 'down') return;
    this.#link = 'down';
    if (this.#shown !== null) this.#tell();
  }

  /** In plain words; told only as long as there is nothing better to show. */
  failed(problem: Problem): void {
    if (problem.text === this.#problem?.text) return;
    this.#problem = problem;
    if (this.#shown === null) this.#tell();
  }

  #place(storeGroupId: string | null): void {
    const held = afterAssignment(this.#held, storeGroupId, this.#options.now());
    if (held !== this.#held) {
      this.#hold(held);
      const leaves = this.#shown !== null && this.#shown.storeGroupId !== null;
      if (storeGroupId === null || leaves) this.#show(held);
    }
    this.#options.onPlace?.(storeGroupId);
  }

  /** What was said to one place is not for another. */
  #hold(held: HeldSnapshots): void {
    const isMoved = held.storeGroupId !== this.#held?.storeGroupId;
    this.#held = held;
    if (isMoved) this.#messages.said([], this.#options.now());
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
    // The code of a sign that has a place is spent.
    if (held.storeGroupId !== null) this.#offer = null;
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
    if (shown === null || this.#signId === undefined) {
      const { text = null, trouble } = this.#problem ?? {};
      const starting = { kind: 'starting' as const, problem: text };
      return this.#isRevoked ? { ...starting, revoked: true } : { ...starting, ...(trouble && { trouble }) };
    }
    const sign = { ...this.#described, fingerprint: fingerprintOf(this.#signId) };
    const said =
      this.#consoleUrl === undefined ? {} : { messages: this.#messages.left(), consoleUrl: this.#consoleUrl };
    const known = { link: this.#link, sign, identify: this.#identify, ...said };
    if (shown.storeGroupId === null) {
      return { kind: 'unassigned', signId: this.#signId, offer: this.#offerNow(), ...known };
    }
    const stores = snapshotsAt(shown, this.#options.now());
    return { kind: 'following', storeGroupId: shown.storeGroupId, stores, ...known };
  }

  #offerNow(): PairingCodeShown | null {
    if (this.#offer === null) return null;
    const { offer, asked } = this.#offer;
    const { code, fingerprint, consoleUrl, expiresInSeconds } = offer;
    const endsInMs = expiresInSeconds * 1_000 - elapsedMs(asked, this.#options.now());
    return endsInMs > 0 ? { code, fingerprint, consoleUrl, endsInMs } : null;
  }
}
