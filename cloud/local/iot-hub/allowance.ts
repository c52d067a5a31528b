const SECOND_MS = 1_000;

/** How often something may happen: so many a second in the long run, and so many at once after a rest. */
export type Rate = { readonly perSecond: number; readonly burst: number };

/** What is left of a rate. Times are of a clock that nobody sets. */
export class Allowance {
  readonly #rate: Rate;
  #left: number;
  #atMs: number;

  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate;
    this.#left = rate.burst;
    this.#atMs = nowMs;
  }

  /** Takes that many, into debt if need be. How long to wait until the debt is paid: 0 while there is none. */
  take(count: number, nowMs: number): number {
    this.#grow(nowMs);
    this.#left -= count;
    return this.#msUntil(0);
  }

  /** Takes one if there is one, and gives 0; else takes nothing, and gives how long to wait until there is one. */
  takeOne(nowMs: number): number {
    this.#grow(nowMs);
    const waitMs = this.#msUntil(1);
    if (waitMs === 0) this.#left -= 1;
    return waitMs;
  }

  #grow(nowMs: number): void {
    const { perSecond, burst } = this.#rate;
    this.#left = Math.min(burst, this.#left + ((nowMs - this.#atMs) * perSecond) / SECOND_MS);
    this.#atMs = nowMs;
  }

  #msUntil(wanted: number): number {
    const missing = wanted - this.#left;
    return missing <= 0 ? 0 : Math.ceil((missing * SECOND_MS) / this.#rate.perSecond);
  }
}
