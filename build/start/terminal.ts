/** What a terminal needs to have for us: process.stdout is one. */
export type Output = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
};

export type Terminal = {
  /** Prints lines that stay. */
  say(text: string): void;
  /** Shows a line that changes in place; without a terminal it is printed at most every so often. */
  show(line: string): void;
  /** Leaves what is shown where it is; whoever writes next starts on a new line. */
  close(): void;
};

const PRINT_EVERY_MS = 5_000;
const CLEAR_LINE = '\r\u001b[K';

/** A terminal that does not know its width says 0 columns. */
export function createTerminal(output: Output, now: () => number): Terminal {
  let shown = '';
  let printedAtMs = Number.NEGATIVE_INFINITY;
  const inPlace = output.isTTY === true;
  return {
    say(text) {
      output.write(inPlace && shown !== '' ? `${CLEAR_LINE}${text}\n${shown}` : `${text}\n`);
    },
    show(line) {
      const cut = line.slice(0, (output.columns || Number.POSITIVE_INFINITY) - 1);
      if (cut === shown) return;
      if (!inPlace && now() - printedAtMs < PRINT_EVERY_MS) return;
      shown = cut;
      printedAtMs = now();
      output.write(inPlace ? `${CLEAR_LINE}${shown}` : `${shown}\n`);
    },
    close() {
      if (inPlace && shown !== '') output.write('\n');
      shown = '';
    },
  };
}
