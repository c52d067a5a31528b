/** Room for one thing: a newer one takes the place of one that nobody has taken. */
export type Latest<T> = {
  put(value: T): void;
  /** What is there, if anything. */
  take(): T | undefined;
  /** What is there, or comes; undefined once it is over. For one taker at a time. */
  next(): Promise<T | undefined>;
};

/** Over once the signal aborts. */
export function createLatest<T extends object>(signal: AbortSignal): Latest<T> {
  let value: T | undefined;
  let wake: (() => void) | undefined;
  signal.addEventListener('abort', () => wake?.(), { once: true });
  const take = () => {
    const taken = value;
    value = undefined;
    return taken;
  };
  return {
    put(newer) {
      value = newer;
      wake?.();
    },
    take,
    async next() {
      if (value === undefined && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return signal.aborted ? undefined : take();
    },
  };
}
