import type { ShownMessage } from '../contracts/message.ts';
import { whenAborted } from './child-controller.ts';
import type { Moment } from './moment.ts';

type Held = { readonly message: ShownMessage; readonly endsAtMs: number };

/** However long one lasts: a timer stands still while the machine sleeps. */
const LOOK_AFTER_MS = 5_000;
/** By so much two answers about one end differ for no other reason than that one was longer on its way. */
const SAME_END_MS = 2_000;

/** What an operator says to this sign, each until its time is over by the sign's own steady clock. */
export class HeldMessages {
  readonly #now: () => Moment;
  readonly #onEnd: () => void;
  readonly #signal: AbortSignal;
  #held: readonly Held[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onEnd`: told each time that the time of some is over. */
  constructor(options: {
    readonly now: () => Moment;
    readonly onEnd: () => void;
    readonly signal: AbortSignal;
  }) {
    this.#now = options.now;
    this.#onEnd = options.onEnd;
    this.#signal = options.signal;
    whenAborted(options.signal, () => clearTimeout(this.#timer));
  }

  /** In place of all that was said before; `asked`: from when their time counts. True where that is something else. */
  said(messages: readonly ShownMessage[], asked: Moment): boolean {
    const before = this.#held;
    const told = messages.map((message) => ({ message, endsAtMs: asked.monotonicMs + message.endsInMs }));
    this.#held = told.filter(this.#isInForce());
    this.#look();
    return this.#held.length !== before.length || !this.#held.every((held, at) => isSame(held, before[at]));
  }

  /** What is left of them, and of the time of each. */
  left(): ShownMessage[] {
    const nowMs = this.#now().monotonicMs;
    return this.#held
      .filter(this.#isInForce())
      .map(({ message, endsAtMs }) => ({ ...message, endsInMs: Math.ceil(endsAtMs - nowMs) }));
  }

  #isInForce(): (held: Held) => boolean {
    const nowMs = this.#now().monotonicMs;
    return ({ endsAtMs }) => endsAtMs > nowMs;
  }

  #look(): void {
    clearTimeout(this.#timer);
    if (this.#held.length === 0 || this.#signal.aborted) return;
    const firstMs = Math.min(...this.#held.map(({ endsAtMs }) => endsAtMs)) - this.#now().monotonicMs;
    this.#timer = setTimeout(() => this.#dropEnded(), Math.min(LOOK_AFTER_MS, Math.max(0, firstMs)));
  }

  #dropEnded(): void {
    const left = this.#held.filter(this.#isInForce());
    const isLess = left.length < this.#held.length;
    this.#held = left;
    this.#look();
    if (isLess) this.#onEnd();
  }
}

const isSame = (one: Held, other: Held | undefined): boolean =>
  other !== undefined &&
  Math.abs(one.endsAtMs - other.endsAtMs) < SAME_END_MS &&
  wordsOf(one.message) === wordsOf(other.message);

const wordsOf = ({ endsInMs: _, ...words }: ShownMessage): string => JSON.stringify(words);
