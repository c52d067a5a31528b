/** The middle of several rounds, and the least and the most of them. */
export type Spread = { readonly median: number; readonly min: number; readonly max: number };

/** One line of the result: a figure, and the peer's that was measured beside it in the same rounds. */
export type BenchRow = {
  readonly what: string;
  readonly unit: string;
  readonly figure: Spread;
  /** Null for the peer itself. `ratio`: ours to the peer's, round by round. */
  readonly beside: { readonly what: string; readonly figure: number; readonly ratio: Spread } | null;
};

/** Where the time of one round went, the most first; parts of 1. */
export type TimeSpent = { readonly what: string; readonly share: number; readonly example: string };

export type BenchResult = {
  readonly rows: readonly BenchRow[];
  readonly timeSpent?: { readonly of: string; readonly parts: readonly TimeSpent[] };
  /** What was held to be true of every round. */
  readonly checked: string;
};

export type Bench = {
  readonly name: string;
  readonly title: string;
  /** Throws where a result is wrong: a wrong number is not worth a time. `progress` is told each step. */
  readonly run: (progress: (step: string) => void) => Promise<BenchResult>;
};

export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return {
    median: middle.reduce((sum, one) => sum + one, 0) / middle.length,
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
  };
}
