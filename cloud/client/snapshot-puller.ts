import { whenAborted } from './child-controller.ts';
import { retryAfterOf } from './cloud-error.ts';
import { elapsedMs, type Moment } from './moment.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { Timings } from './timings.ts';

/** How much a sign wants a pull: pushes that say `soon` are bounded in number, `at once` is not. */
export type PullWish = 'none' | 'soon' | 'at once';

export type PullerOptions = {
  readonly pull: () => Promise<void>;
  readonly random: () => number;
  readonly now: () => Moment;
  readonly timings: Timings;
  readonly signal: AbortSignal;
};

/** Pulls one at a time: when wished, else as a safety poll, again and again after a failure; never after the signal. */
export class SnapshotPuller {
  readonly #options: PullerOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wish: PullWish = 'none';
  #pulling = false;
  #failures = 0;
  #lastAt: Moment | undefined;

  constructor(options: PullerOptions) {
    this.#options = options;
    whenAborted(options.signal, () => clearTimeout(this.#timer));
  }

  wish(wish: PullWish): void {
    if (wish === 'none' || this.#wish === 'at once' || this.#wish === wish) return;
    this.#wish = wish;
    if (!this.#pulling) this.#pullIn(this.#wishedInMs());
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    this.#wish = 'none';
    this.#lastAt = this.#options.now();
    const nextInMs = await this.#options.pull().then(
      () => this.#afterSuccessMs(),
      (error) => this.#afterFailureMs(error),
    );
    this.#pulling = false;
    this.#pullIn(this.#wish === 'none' ? nextInMs : this.#wishedInMs());
  }

  #pullIn(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#options.signal.aborted) this.#timer = setTimeout(() => void this.#pull(), ms);
  }

  #wishedInMs(): number {
    if (this.#wish === 'at once') return 0;
    const { now, random, timings } = this.#options;
    const rest = this.#lastAt ? timings.pullSpacingMs - elapsedMs(this.#lastAt, now()) : 0;
    return Math.max(0, rest) + random() * timings.pullJitterMs;
  }

  #afterSuccessMs(): number {
    this.#failures = 0;
    const { random, timings } = this.#options;
    return timings.pollMinMs + random() * (timings.pollMaxMs - timings.pollMinMs);
  }

  #afterFailureMs(error: unknown): number {
    const { random, timings } = this.#options;
    this.#failures += 1;
    return retryDelayMs(this.#failures, retryAfterOf(error), random, timings);
  }
}
