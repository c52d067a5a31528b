/** A disk that takes longer hangs. Devices give up at 30 s: they must have heard before. */
const DISK_ANSWERS_WITHIN_MS = 20_000;

/** Whether what was written has reached the disk. A commit alone only hands it to the system. */
export type Settling = {
  /** Something was committed. */
  written(): void;
  /** Resolves once all that was committed until now is on the disk; rejects with what is wrong with it. */
  settled(): Promise<void>;
  /** What is wrong with the disk now; once it `failed` that stays. */
  trouble(): DiskTrouble | undefined;
};

export type DiskTrouble = { readonly kind: 'failed' | 'hangs'; readonly cause: unknown };

export type SettlingOptions = {
  /** Asks the disk. Never run twice at a time. */
  readonly sync: () => Promise<void>;
  /** Told once, before anybody else is. */
  readonly onFailed?: (cause: unknown) => void;
  readonly withinMs?: number | undefined;
};

type Waiting = {
  readonly upTo: number;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
};

/**
 * Asks the disk once for all that wait, while others go on writing: a disk that needs 20 ms to say that it has something
 * would else hold up everybody for 20 ms, for each commit.
 *
 * A sync that failed is final. The system may have dropped what it could not write, and the next sync would say that all is
 * well (https://wiki.postgresql.org/wiki/Fsync_Errors): only who opens the file again learns what is in it. One that
 * takes too long is not: nobody waits for it, and it is heard when it answers.
 */
export function settlingBy({ sync, onFailed, withinMs = DISK_ANSWERS_WITHIN_MS }: SettlingOptions): Settling {
  let [written, settledUpTo] = [0, 0];
  let trouble: DiskTrouble | undefined;
  let isRunning = false;
  let waiting: Waiting[] = [];

  const giveUp = () => {
    trouble = { kind: 'hangs', cause: new Error(`the disk has not answered for ${withinMs} ms`) };
    for (const one of waiting) one.reject(trouble);
    waiting = [];
  };
  const syncOnce = async () => {
    const upTo = written;
    const patience = setTimeout(giveUp, withinMs);
    try {
      await sync();
      settledUpTo = upTo;
      trouble = undefined;
    } catch (cause) {
      trouble = { kind: 'failed', cause };
      onFailed?.(cause);
    } finally {
      clearTimeout(patience);
    }
  };
  const run = async () => {
    isRunning = true;
    while (waiting.length > 0 && trouble?.kind !== 'failed') {
      await syncOnce();
      const told = waiting;
      waiting = [];
      for (const one of told) {
        if (trouble !== undefined) one.reject(trouble);
        else if (one.upTo <= settledUpTo) one.resolve();
        else waiting.push(one);
      }
    }
    isRunning = false;
  };
  return {
    trouble: () => trouble,
    written() {
      written += 1;
    },
    settled() {
      if (trouble?.kind === 'failed') return Promise.reject(trouble);
      if (settledUpTo === written) return Promise.resolve();
      if (trouble !== undefined) return Promise.reject(trouble);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ upTo: written, resolve, reject });
      if (!isRunning) void run();
      return promise;
    },
  };
}
