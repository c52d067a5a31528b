/**
 * The cloud's time as a sign knows it: by the newest proof, and from there on by the sign's own steady clock. The wall clock
 * of the device has no part in it, so a device whose clock is wrong still sleeps and wakes with its store.
 */
export class CloudClock {
  #sentAtMs: number | null = null;
  #aheadMs = 0;

  /** A proof that was seen before says nothing new: it may be told again long after it was sent. */
  note(sentAtMs: number | null, steadyMs: number): void {
    if (sentAtMs === null || sentAtMs === this.#sentAtMs) return;
    this.#sentAtMs = sentAtMs;
    this.#aheadMs = sentAtMs - steadyMs;
  }

  /** Unix ms; null before the first proof. */
  nowMs(steadyMs: number): number | null {
    return this.#sentAtMs === null ? null : steadyMs + this.#aheadMs;
  }
}
