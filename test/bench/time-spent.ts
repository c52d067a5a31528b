import { type Profiler, Session } from 'node:inspector';
import { promisify } from 'node:util';
import type { OnStatement } from '../../cloud/store/guarded-dialect.ts';
import type { TimeSpent } from './bench.ts';
import { COUNTING, LEFT_OUT } from './counting-groups.ts';
import { sampledMs, sharesOf } from './sampled.ts';

/** Watches a part of a run: what runs between `begin` and `end`. */
export type Watch = {
  readonly onStatement: OnStatement;
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
};

const SAMPLED_EVERY_US = 200;

/** What is timed statement by statement is not counted again by its samples. */
const GROUPS = [
  { frame: /\/cloud\/store\/(sqlite-statements|late-rows)\.ts#/, what: null },
  ...LEFT_OUT,
  ...COUNTING,
];

/** Statements are timed one by one; all else is sampled. */
export function watchOfTime(): Watch & { readonly spent: () => readonly TimeSpent[] } {
  const session = new Session();
  const post = promisify(session.post.bind(session)) as (method: string, params?: object) => Promise<unknown>;
  const msOf = new Map<string, number>();
  let [isOn, beganMs] = [false, 0];
  const add = (what: string, ms: number) => msOf.set(what, (msOf.get(what) ?? 0) + ms);
  return {
    onStatement(when, statement) {
      if (when === 'before') beganMs = performance.now();
      else if (isOn) add(nameOf(statement), performance.now() - beganMs);
    },
    async begin() {
      session.connect();
      await post('Profiler.enable');
      await post('Profiler.setSamplingInterval', { interval: SAMPLED_EVERY_US });
      await post('Profiler.start');
      isOn = true;
    },
    async end() {
      isOn = false;
      const { profile } = (await post('Profiler.stop')) as Profiler.StopReturnType;
      session.disconnect();
      for (const [what, ms] of sampledMs(profile, GROUPS)) add(what, ms);
    },
    spent: () => sharesOf(msOf),
  };
}

function nameOf(statement: string): string {
  if (statement === 'commit') return 'SQL: commit (journal, late rows, log synced)';
  const text = statement.replace(/\/\*.*?\*\/|"/g, '').trim();
  const [, verb = text.split(' ', 1)[0], table = ''] =
    /^(insert into|update|delete from) (\w+)/.exec(text) ?? /^(select)[\s\S]*? from (\w+)/.exec(text) ?? [];
  return `SQL: ${verb} ${table}`.trim();
}
