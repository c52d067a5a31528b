import { expect, test } from 'vitest';
import type { OnStatement } from '../../cloud/store/guarded-dialect.ts';
import { openStore } from '../../cloud/store/open-store.ts';
import { BUSY_EVENING, openStores, type Step } from '../crash/busy-evening.ts';
import { type KeptTables, openTables } from '../crash/kept-tables.ts';
import { NOON_MS } from '../support/builders.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { type FreshDatabase, onBothEngines, onSqlite } from '../support/store-engines.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** At how many points the cloud was made to crash. */
    crashPoints?: number;
  }
}

class Crash extends Error {}

onBothEngines('a crash before or after any statement or commit', (database) => {
  test.for(BUSY_EVENING)('of $name: nothing is lost, nothing counts twice', async (step, { task }) => {
    const tables = await preparedFor(step, database);
    try {
      const before = await tables.seen();
      const { told, calls } = await done(step, database);
      const after = await tables.seen();
      expect(after.rows).not.toEqual(before.rows);

      for (let call = 0; call < calls; call += 1) {
        await tables.restore('before');
        const died = await diedIn(step, database, call);
        const found = await tables.seen();
        if (step.isOneTransaction) {
          // Its last call is the one after its commit.
          expect(found.rows, died).toEqual(call === calls - 1 ? after.rows : before.rows);
        }
        for (const [index, revision] of found.revisions.entries()) {
          expect(revision, died).toBeGreaterThanOrEqual(before.revisions[index] ?? 0);
          expect(revision, died).toBeLessThanOrEqual(after.revisions[index] ?? 0);
        }
        const again = await done(step, database);
        expect((await tables.seen()).rows, died).toEqual(after.rows);
        // What was committed and never told is told when it comes again.
        if (step.isOneTransaction) expect(again.told, died).toEqual(told);
      }
      task.meta.crashPoints = calls;
    } finally {
      await tables.close();
    }
  });
});

// The engine that remembers rows between transactions: they must be gone with a transaction that failed.
onSqlite('a transaction that fails before or after any statement', (database) => {
  test.for(BUSY_EVENING)(
    'of $name: the program lives on, and remembers nothing that is not so',
    async (step) => {
      const tables = await preparedFor(step, database);
      try {
        await done(step, database);
        const after = await tables.seen();
        for (let call = 0, failed = true; failed; call += 1) {
          await tables.restore('before');
          failed = await failedAndRan(step, database, call);
          expect((await tables.seen()).rows, `at call ${call}`).toEqual(after.rows);
        }
      } finally {
        await tables.close();
      }
    },
  );
});

/** The database as it stands before a step, and a copy of it called `before`. */
async function preparedFor(step: Step, database: FreshDatabase): Promise<KeptTables> {
  const clock = { nowMs: NOON_MS };
  const cloud = cloudOn(await database.open(), { now: () => clock.nowMs });
  await openStores(cloud);
  for (const earlier of BUSY_EVENING.slice(0, BUSY_EVENING.indexOf(step))) {
    clock.nowMs = earlier.nowMs;
    await earlier.run(cloud);
  }
  await cloud.services.store.close();
  const tables = await openTables(database.url);
  await tables.keep('before');
  return tables;
}

/** What the signs were told, and how often the program could have died: before and after each statement. */
type Done = { readonly told: readonly string[]; readonly calls: number };
type Program = AsyncDisposable & {
  /** Reads what the step will read. */
  remember(): Promise<void>;
  /** Does the step; with a number it dies after so many calls, and does nothing more in this run. */
  run(diesAfterCalls?: number): Promise<Done>;
};

async function started(step: Step, { url }: FreshDatabase): Promise<Program> {
  const now = () => step.nowMs;
  let calls = 0;
  let diesAfter = Number.POSITIVE_INFINITY;
  let died: string | undefined;
  const onStatement: OnStatement = (when, statement) => {
    calls += 1;
    if (calls <= diesAfter) return;
    died ??= `${when} ${statement}`;
    throw new Crash(died);
  };
  const store = await openStore(url, { now, onStatement });
  return {
    remember: () =>
      store.look(async (tx) => {
        await tx.counting.readStores(['calle-mayor', 'station']);
        await tx.structure.placementsOf(['street-1', 'stairs-1', 'counter-1', 'above-1', 'gate-1']);
      }),
    async run(diesAfterCalls = Number.POSITIVE_INFINITY) {
      calls = 0;
      died = undefined;
      diesAfter = diesAfterCalls;
      try {
        const messages = await step.run(cloudOn(store, { now }));
        return { told: messages.map((message) => JSON.stringify(message)), calls };
      } finally {
        diesAfter = Number.POSITIVE_INFINITY;
      }
    },
    [Symbol.asyncDispose]: () => store.close(),
  };
}

/** Does it, from a start of the program to its end. */
async function done(step: Step, database: FreshDatabase): Promise<Done> {
  await using program = await started(step, database);
  return await program.run();
}

/** Does it until it dies, after so many calls; gives where that was. */
async function diedIn(step: Step, database: FreshDatabase, afterCalls: number): Promise<string> {
  await using program = await started(step, database);
  const crash = await crashOf(program, afterCalls);
  if (crash === undefined) throw new Error(`it came to its end in ${afterCalls} calls`);
  return crash.message;
}

/** Lets a program fail after so many calls, and do it all the same. False: it came to its end before. */
async function failedAndRan(step: Step, database: FreshDatabase, afterCalls: number): Promise<boolean> {
  await using program = await started(step, database);
  await program.remember();
  if ((await crashOf(program, afterCalls)) === undefined) return false;
  await program.run();
  return true;
}

/** Undefined: it came to its end before so many calls. */
async function crashOf(program: Program, afterCalls: number): Promise<Crash | undefined> {
  try {
    await program.run(afterCalls);
    return undefined;
  } catch (error) {
    if (error instanceof Crash) return error;
    throw error;
  }
}
