/** The middle of several rounds, and the least and the most of them. */
export type Spread = { readonly median: number; readonly min: number; readonly max: number };

/** What a row is held to, or aims at: a bound for its figure, or for its ratio to the peer's. */
export type Target = { readonly says: string; readonly isMet: (row: BenchRow) => boolean };

/** One line of the result: a figure, and the peer's that was measured beside it in the same rounds. */
export type BenchRow = {
  readonly what: string;
  readonly unit: string;
  readonly figure: Spread;
  /** Null for the peer itself, and for what has none. `ratio`: ours to the peer's, round by round. */
  readonly beside: { readonly what: string; readonly figure: number; readonly ratio: Spread } | null;
  /** What must be so, and what we would like; a row with either is in the summary on top of the page. */
  readonly hold?: Target;
  readonly aim?: Target;
};

/** Where the time of one round went, the most first; parts of 1. */
export type TimeSpent = { readonly what: string; readonly share: number };

export type BenchResult = {
  readonly rows: readonly BenchRow[];
  readonly timesSpent?: readonly { readonly of: string; readonly parts: readonly TimeSpent[] }[];
  /** What was held to be true of every round. */
  readonly checked: string;
  /** What else a reader must know, such as what this machine lacks. */
  readonly notes?: readonly string[];
  /** Of each aim that is not met: what keeps the product from it, and what was tried. */
  readonly limits?: readonly string[];
};

/** `quick`: one small round of each, to see that it works; its figures mean nothing. */
export type BenchSize = { readonly quick: boolean };

export type Bench = {
  readonly name: string;
  readonly title: string;
  /** Throws where a result is wrong: a wrong number is not worth a time. `progress` is told each step. */
  readonly run: (progress: (step: string) => void, size: BenchSize) => Promise<BenchResult>;
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

/** The value below which this part (0 to 1) of the numbers lies. */
export function quantileOf(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}
