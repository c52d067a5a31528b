import { NOON_MS } from '../builders.ts';
import { type CloudOnStore, cloudOn } from '../cloud-on-store.ts';
import type { FreshDatabase } from '../store-engines.ts';

/** The process died here: what it had not committed is gone, and nobody heard what it would have said. */
export class Crash extends Error {}

/** The cloud on a database that may be emptied, by a clock that stands until it is moved, and which may crash. */
export type TestedCloud = CloudOnStore & {
  readonly clock: { nowMs: number };
  /** Crashes once, so many statements from now: before one, after one, before a commit or after it. */
  crashAfter(statements: number): void;
  /** It will not crash any more. */
  spare(): void;
  /** An empty database, and no crash to come. */
  beginAnew(): Promise<void>;
};

export async function testedCloud(database: FreshDatabase): Promise<TestedCloud> {
  const clock = { nowMs: NOON_MS };
  let left: number | null = null;
  const store = await database.open(
    () => NOON_MS,
    () => {
      if (left === null) return;
      left -= 1;
      if (left >= 0) return;
      left = null;
      throw new Crash('the process died');
    },
  );
  const spare = () => {
    left = null;
  };
  return {
    ...cloudOn(store, { now: () => clock.nowMs }),
    clock,
    crashAfter(statements) {
      left = statements;
    },
    spare,
    async beginAnew() {
      spare();
      clock.nowMs = NOON_MS;
      await database.empty();
    },
  };
}
