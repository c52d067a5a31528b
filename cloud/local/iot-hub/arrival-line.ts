import { Allowance, type Rate } from './allowance.ts';

/**
 * Those whose turn has not come: first come, first served, no faster than the rate. Only who starts takes something of
 * it; who leaves before costs nothing, and those behind move up.
 */
export class ArrivalLine {
  readonly #allowance: Allowance;
  readonly #waiting = new Set<() => void>();
  #nextTurn: NodeJS.Timeout | undefined;

  constructor(rate: Rate) {
    this.#allowance = new Allowance(rate, performance.now());
  }

  /** Calls it when its turn comes; that may be now. */
  join(start: () => void): void {
    this.#waiting.add(start);
    if (this.#nextTurn === undefined) this.#serve();
  }

  leave(start: () => void): void {
    this.#waiting.delete(start);
    if (this.#waiting.size > 0) return;
    clearTimeout(this.#nextTurn);
    this.#nextTurn = undefined;
  }

  #serve(): void {
    this.#nextTurn = undefined;
    for (const start of this.#waiting) {
      const waitMs = this.#allowance.takeOne(performance.now());
      if (waitMs > 0) {
        this.#nextTurn = setTimeout(() => this.#serve(), waitMs);
        return;
      }
      this.#waiting.delete(start);
      start();
    }
  }
}
