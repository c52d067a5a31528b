/** Test files of one project of vitest. `only`: of tests on both engines, those on one. */
export type TestRun = {
  readonly project: 'unit' | 'contract';
  readonly files: readonly string[];
  readonly only?: 'SQLite' | 'PostgreSQL';
};

/** A slip that somebody could make, and the tests that must notice it. */
export type Fault = {
  /** What is wrong with it, in a sentence. */
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** In this order, until one of them fails. */
  readonly runs: readonly TestRun[];
};

/** The unit tests of a part of the domain. */
export const domain = (...names: readonly string[]): TestRun => ({
  project: 'unit',
  files: names.map((name) => `test/cloud/domain/${name}.test.ts`),
});

/** The count through the cloud's functions, on SQLite: all that is not said of one engine is the same on both. */
export const COUNTING: TestRun = {
  project: 'contract',
  files: ['test/contract/counting-faults.test.ts'],
  only: 'SQLite',
};

/** The rows that SQLite does not write at once. */
export const LATE: TestRun = {
  project: 'contract',
  files: ['test/contract/store-late-rows.test.ts'],
  only: 'SQLite',
};

export const TELLING: TestRun = {
  project: 'contract',
  files: ['test/contract/telling-faults.test.ts'],
  only: 'SQLite',
};
