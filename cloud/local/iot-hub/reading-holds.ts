import { Allowance, type Rate } from './allowance.ts';

/** Where the bytes come from. After `pause` it may still give what it has read already. */
type Source = { pause(): void; resume(): void };

/** Why nothing is read of one connection: the queue is full, or it is over its rate. One timer at a time. */
export class ReadingHolds {
  readonly #source: Source;
  readonly #allowance: Allowance;
  readonly #holds = new Set<'queue' | 'rate'>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(source: Source, rate: Rate) {
    this.#source = source;
    this.#allowance = new Allowance(rate, performance.now());
  }

  get isHeld(): boolean {
    return this.#holds.size > 0;
  }

  /** So many packets came. Beyond the rate nothing more is read until the whole debt is paid. */
  spend(packets: number, nowMs: number): void {
    const waitMs = this.#allowance.take(packets, nowMs);
    if (waitMs === 0) return;
    this.#hold('rate');
    // The one that runs sees for itself how much has come since.
    if (this.#timer === undefined) this.#lookAgain(waitMs);
  }

  holdForQueue(): void {
    this.#hold('queue');
  }

  releaseForQueue(): void {
    this.#release('queue');
  }

  /** For good: nothing is read or resumed by this any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #lookAgain(waitMs: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const leftMs = this.#allowance.take(0, performance.now());
      if (leftMs > 0) this.#lookAgain(leftMs);
      else this.#release('rate');
    }, waitMs);
  }

  #hold(reason: 'queue' | 'rate'): void {
    if (this.#stopped) return;
    if (this.#holds.size === 0) this.#source.pause();
    this.#holds.add(reason);
  }

  #release(reason: 'queue' | 'rate'): void {
    if (this.#stopped || !this.#holds.delete(reason) || this.#holds.size > 0) return;
    this.#source.resume();
  }
}
