import { type Profiler, Session } from 'node:inspector';
import { promisify } from 'node:util';
import type { OnStatement } from '../../cloud/store/guarded-dialect.ts';
import type { TimeSpent } from './bench.ts';

/** Watches a part of a run: what runs between `begin` and `end`. */
export type Watch = {
  readonly onStatement: OnStatement;
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
};

const SAMPLED_EVERY_US = 200;

/** By the innermost frame of a sample that is one of these. What is nobody's, or the bench's own, is left out. */
const GROUPS: readonly (readonly [RegExp, string | null])[] = [
  [/\/cloud\/store\/(sqlite-statements|late-rows)\.ts$/, null],
  [/\/test\/bench\//, null],
  [/\/kysely\//, 'Kysely, around the statements'],
  [/\/zod\//, 'schemas (zod)'],
  [/\/cloud\/sensors\//, 'decoding the bodies'],
  [/\/cloud\/functions\/hub-events\.ts$/, 'joining bodies and metadata'],
  [
    /\/cloud\/(domain\/(snapshot|today|push)|functions\/(tell-stores|hub-messages))\.ts$/,
    'snapshots for signs',
  ],
  [
    /\/cloud\/domain\/(alerts|alert-conditions|store-after|limits|daily-reset|day)\.ts$/,
    'levels, alerts, silence',
  ],
  [/\/cloud\/domain\//, 'counting: clocks, doors, zones'],
  [/\/cloud\/functions\//, 'putting the batch together'],
  [/\/cloud\/store\//, 'rows, and JSON in them'],
];

/** Statements are timed one by one; all else is sampled. */
export function watchOfTime(): Watch & { readonly spent: () => readonly TimeSpent[] } {
  const session = new Session();
  const post = promisify(session.post.bind(session)) as (method: string, params?: object) => Promise<unknown>;
  const msOf = new Map<string, { ms: number; example: string }>();
  let [isOn, beganMs] = [false, 0];
  const add = (what: string, ms: number, example = '') => {
    const before = msOf.get(what);
    msOf.set(what, { ms: (before?.ms ?? 0) + ms, example: before?.example ?? example });
  };
  return {
    onStatement(when, statement) {
      if (when === 'before') beganMs = performance.now();
      else if (isOn) add(nameOf(statement), performance.now() - beganMs, statement);
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
      for (const [what, ms] of sampledMs(profile)) add(what, ms);
    },
    spent() {
      const all = [...msOf].map(([what, { ms, example }]) => ({ what, ms, example }));
      const wholeMs = all.reduce((sum, { ms }) => sum + ms, 0);
      return all
        .map(({ what, ms, example }) => ({ what, share: ms / wholeMs, example }))
        .sort((one, other) => other.share - one.share);
    },
  };
}

function nameOf(statement: string): string {
  if (statement === 'commit') return 'SQL: commit (journal, late rows, log synced)';
  const text = statement.replace(/\/\*.*?\*\/|"/g, '').trim();
  const [, verb = text.split(' ', 1)[0], table = ''] =
    /^(insert into|update|delete from) (\w+)/.exec(text) ?? /^(select)[\s\S]*? from (\w+)/.exec(text) ?? [];
  return `SQL: ${verb} ${table}`.trim();
}

function sampledMs({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Map<string, number> {
  const groupOf = new Map<number, string | null>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const visit = (id: number, outer: string | null) => {
    const node = byId.get(id);
    if (node === undefined) return;
    const { url, functionName } = node.callFrame;
    const rule = GROUPS.find(([frame]) => frame.test(url));
    const own = rule === undefined ? outer : rule[1];
    const group = functionName === '(garbage collector)' ? 'garbage collection' : own;
    groupOf.set(id, group);
    for (const child of node.children ?? []) visit(child, group);
  };
  const [root] = nodes;
  if (root !== undefined) visit(root.id, null);
  const sums = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const group = groupOf.get(id) ?? null;
    if (group !== null) sums.set(group, (sums.get(group) ?? 0) + (timeDeltas[index] ?? 0) / 1_000);
  }
  return sums;
}
