import type { PairingOffer } from '../contracts/pairing.ts';
import { whenAborted } from './child-controller.ts';
import { retryAfterOf } from './cloud-error.ts';
import { elapsedMs, type Moment } from './moment.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { Timings } from './timings.ts';

export type PairingAskerOptions = {
  readonly ask: () => Promise<PairingOffer>;
  /** `asked`: from when the time of the code counts. */
  readonly onOffer: (offer: PairingOffer, asked: Moment) => void;
  readonly onFailure: (error: unknown) => void;
  readonly now: () => Moment;
  readonly random: () => number;
  readonly timings: Timings;
  readonly signal: AbortSignal;
};

/** The cloud gives the same code until it ends, so the next is asked for right after that. */
const PAST_THE_END_MS = 250;
const LEAST_MS = 1_000;

/** Keeps a pairing code at hand for as long as the sign has no place. */
export class PairingAsker {
  readonly #options: PairingAskerOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the time without a place that runs; an answer to an earlier one is worth nothing. */
  #waiting: symbol | undefined;
  #failures = 0;

  constructor(options: PairingAskerOptions) {
    this.#options = options;
    whenAborted(options.signal, () => this.ended());
  }

  /** To be told each time that the sign signed in, or its place changed. */
  placed(storeGroupId: string | null): void {
    if (storeGroupId !== null) this.ended();
    else if (this.#waiting === undefined && !this.#options.signal.aborted) {
      this.#waiting = Symbol();
      this.#failures = 0;
      void this.#ask(this.#waiting);
    }
  }

  /** The sign has a place, or is wanted no more. */
  ended(): void {
    this.#waiting = undefined;
    clearTimeout(this.#timer);
  }

  async #ask(waiting: symbol): Promise<void> {
    const { ask, onOffer, onFailure, now } = this.#options;
    const asked = now();
    const nextInMs = await ask().then(
      (offer) => {
        this.#failures = 0;
        if (this.#waiting === waiting) onOffer(offer, asked);
        const leftMs = offer.expiresInSeconds * 1_000 - elapsedMs(asked, now());
        return Math.max(LEAST_MS, leftMs + PAST_THE_END_MS);
      },
      (error) => {
        if (this.#waiting === waiting) onFailure(error);
        return this.#afterFailureMs(error);
      },
    );
    if (this.#waiting !== waiting) return;
    this.#timer = setTimeout(() => void this.#ask(waiting), nextInMs);
  }

  #afterFailureMs(error: unknown): number {
    const { random, timings } = this.#options;
    this.#failures += 1;
    return retryDelayMs(this.#failures, retryAfterOf(error), random, timings);
  }
}
