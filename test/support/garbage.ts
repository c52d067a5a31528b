import fc from 'fast-check';
import { test } from 'vitest';
import { BATCH_INPUTS, chanceBytes, nearlyRight } from './hostile-bytes.ts';

/** Inputs a parser; more by VITRINE_GARBAGE. */
const INPUTS = Number(process.env.VITRINE_GARBAGE ?? 100_000);
const WITHIN_MS = Math.max(60_000, INPUTS);

/** Ends, and without a throw, whatever the bytes are. */
type Parse = (bytes: Buffer) => unknown;

/**
 * Two tests a parser: bytes of chance, and messages that are nearly right, which are the samples changed in a few places.
 * A throw is a fault; one that never ends is found by the test's time.
 */
export function survivesGarbage(what: string, parse: Parse, samples: readonly (string | Uint8Array)[]): void {
  const inputs = Math.ceil(INPUTS / 2);
  const options = { timeout: WITHIN_MS };
  test(`${what}: ${inputs} inputs of chance are answered`, options, async () => {
    await answersAll(parse, chanceBytes(), inputs);
  });
  test(`${what}: ${inputs} messages that are nearly right are answered`, options, async () => {
    await answersAll(parse, nearlyRight(samples.map((sample) => Buffer.from(sample))), inputs);
  });
}

async function answersAll(
  parse: Parse,
  batches: fc.Arbitrary<readonly Buffer[]>,
  inputs: number,
): Promise<void> {
  const numRuns = Math.ceil(inputs / BATCH_INPUTS);
  const answered = fc.asyncProperty(batches, async (batch) => {
    for (const input of batch) {
      const answer = parse(input);
      if (answer instanceof Promise) await answer;
    }
  });
  const found = await withoutStacks(() => fc.check(answered, { numRuns }));
  // Once more, with a stack to read.
  if (found.failed) {
    const { seed, counterexamplePath } = found;
    await fc.assert(answered, { numRuns, seed, path: counterexamplePath ?? '', endOnFailure: true });
  }
}

/** Most of what a parser of JSON does with garbage is to write down where it was when it threw. */
async function withoutStacks<T>(work: () => Promise<T>): Promise<T> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
