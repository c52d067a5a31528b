/** Whether what was written has reached the disk. A commit alone only hands it to the system. */
export type Settling = {
  /** Something was committed. */
  written(): void;
  /** Resolves once all that was committed until now is on the disk. Once that failed it rejects for ever: see `settlingBy`. */
  settled(): Promise<void>;
  /** What a sync that failed threw. */
  failure(): { readonly cause: unknown } | undefined;
};

type Waiting = {
  readonly upTo: number;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
};

/**
 * Asks the disk once for all that wait, while others go on writing: a disk that needs 20 ms to say that it has something
 * would else hold up everybody for 20 ms, for each commit. `sync` is never run twice at a time.
 *
 * A sync that failed is final. The system may have dropped what it could not write, and the next sync would say that all is
 * well (https://wiki.postgresql.org/wiki/Fsync_Errors): only who opens the file again learns what is in it.
 */
export function settlingBy(sync: () => Promise<void>): Settling {
  let [written, settledUpTo] = [0, 0];
  let failed: { readonly cause: unknown } | undefined;
  let isRunning = false;
  let waiting: Waiting[] = [];

  const run = async () => {
    isRunning = true;
    while (waiting.length > 0 && failed === undefined) {
      const upTo = written;
      try {
        await sync();
        settledUpTo = upTo;
      } catch (cause) {
        failed = { cause };
      }
      const told = waiting;
      waiting = [];
      for (const one of told) {
        if (failed !== undefined) one.reject(failed.cause);
        else if (one.upTo <= upTo) one.resolve();
        else waiting.push(one);
      }
    }
    isRunning = false;
  };
  return {
    failure: () => failed,
    written() {
      written += 1;
    },
    settled() {
      if (failed !== undefined) return Promise.reject(failed.cause);
      if (settledUpTo === written) return Promise.resolve();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ upTo: written, resolve, reject });
      if (!isRunning) void run();
      return promise;
    },
  };
}
