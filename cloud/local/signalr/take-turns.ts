export type Turns = {
  readonly atATime: number;
  /** So many more may wait for their turn. */
  readonly waitingAtMost: number;
};

/** Runs work with at most so much at a time, first come first served. Undefined: too many wait already. */
export function takeTurns({
  atATime,
  waitingAtMost,
}: Turns): <T>(work: () => Promise<T>) => Promise<T> | undefined {
  const waiting: (() => void)[] = [];
  let running = 0;
  const inTurn = async <T>(turn: Promise<void> | undefined, work: () => Promise<T>): Promise<T> => {
    await turn;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
  return (work) => {
    if (running < atATime) {
      running += 1;
      return inTurn(undefined, work);
    }
    if (waiting.length >= waitingAtMost) return undefined;
    // Who ends hands its place over, so that nobody can take it in between.
    return inTurn(new Promise<void>((resolve) => waiting.push(resolve)), work);
  };
}
