import fc from 'fast-check';
import { test } from 'vitest';
import type { FreshDatabase } from '../store-engines.ts';
import { type TestedCloud, testedCloud } from './tested-cloud.ts';

/** `VITRINE_RUNS`: how many cases of each law are tried on SQLite; a tenth of them on PostgreSQL. */
const RUNS = Number(process.env.VITRINE_RUNS ?? 1_000);
/** `VITRINE_SEED`: tries the cases of an earlier run again. */
const SEED = process.env.VITRINE_SEED;
/** On a busy machine, with what it takes to make a failing case small. */
const TIMEOUT_MS = 120_000 + RUNS * 300;

/** A sentence about the product that holds in every case. Each case finds an empty database. */
export function law<Case>(
  sentence: string,
  database: FreshDatabase,
  cases: fc.Arbitrary<Case>,
  holds: (cloud: TestedCloud, one: Case) => Promise<void>,
): void {
  test(sentence, { timeout: TIMEOUT_MS }, async () => {
    const cloud = await testedCloud(database);
    const property = fc.asyncProperty(cases, (one) => holds(cloud, one)).beforeEach(() => cloud.beginAnew());
    await asserted(`${cloud.services.store.engine}: ${sentence}`, property, runsOn(cloud));
  });
}

/** The same on two engines, so as many times as on the slower one. */
export function lawOnTwo<Case>(
  sentence: string,
  [one, other]: readonly [FreshDatabase, FreshDatabase],
  cases: fc.Arbitrary<Case>,
  holds: (clouds: readonly [TestedCloud, TestedCloud], one: Case) => Promise<void>,
): void {
  test(sentence, { timeout: TIMEOUT_MS }, async () => {
    const clouds = [await testedCloud(one), await testedCloud(other)] as const;
    const property = fc
      .asyncProperty(cases, (each) => holds(clouds, each))
      .beforeEach(async () => {
        for (const cloud of clouds) await cloud.beginAnew();
      });
    await asserted(`both: ${sentence}`, property, Math.ceil(RUNS / 10));
  });
}

const runsOn = ({ services }: TestedCloud): number =>
  services.store.engine === 'sqlite' ? RUNS : Math.ceil(RUNS / 10);

async function asserted<Case>(
  title: string,
  property: fc.IAsyncProperty<[Case]>,
  numRuns: number,
): Promise<void> {
  const seed = SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(SEED);
  const startedMs = performance.now();
  try {
    await fc.assert(property, { numRuns, seed });
  } finally {
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
    process.stdout.write(`${title}: ${numRuns} runs in ${seconds} s, VITRINE_SEED=${seed}\n`);
  }
}
