export type BackOffOptions = {
  readonly firstMs: number;
  readonly capMs: number;
  /** What ran this long was well: the next wait is the first again. */
  readonly steadyAfterMs: number;
  /** A clock that only runs on, in ms. */
  readonly now: () => number;
};

export type BackOff = {
  /** It runs again, from now. */
  started(): void;
  /** It has ended: ms to wait before it is started again, twice as long each time. */
  nextDelayMs(): number;
};

export function createBackOff({ firstMs, capMs, steadyAfterMs, now }: BackOffOptions): BackOff {
  let delayMs = firstMs;
  let startedAt = now();
  return {
    started() {
      startedAt = now();
    },
    nextDelayMs() {
      if (now() - startedAt >= steadyAfterMs) delayMs = firstMs;
      const wait = delayMs;
      delayMs = Math.min(delayMs * 2, capMs);
      return wait;
    },
  };
}
