import type { Profiler } from 'node:inspector';
import type { TimeSpent } from './bench.ts';

/** Frames that belong together, by `file#function`. */
export type Group = {
  readonly frame: RegExp;
  /** Null: it is left out. */
  readonly what: string | null;
  /** `whole`: with all that it calls. `weak`: only where no caller belongs to a group. Else the innermost frame decides. */
  readonly holds?: 'whole' | 'weak';
};

type Frame = Profiler.ProfileNode['callFrame'];
/** Where a function is written, if that is not the file that was run. */
export type SourceOf = (frame: Frame) => string;

const COLLECTOR = '(garbage collector)';
const asItRan: SourceOf = ({ url }) => url;

/** The milliseconds of each group; what belongs to none is left out. */
export function sampledMs(
  { nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
  groups: readonly Group[],
  sourceOf: SourceOf = asItRan,
): Map<string, number> {
  const groupOf = new Map<number, string | null>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  type Outer = { readonly what: string | null; readonly isWhole: boolean };
  const visit = (id: number, outer: Outer) => {
    const node = byId.get(id);
    if (node === undefined) return;
    const { functionName } = node.callFrame;
    const own = outer.isWhole ? outer : within(outer, `${sourceOf(node.callFrame)}#${functionName}`);
    const group = functionName === COLLECTOR ? { what: 'garbage collection', isWhole: true } : own;
    groupOf.set(id, group.what);
    for (const child of node.children ?? []) visit(child, group);
  };
  const within = (outer: Outer, frame: string): Outer => {
    const rule = groups.find((one) => one.frame.test(frame));
    if (rule === undefined || (rule.holds === 'weak' && outer.what !== null)) return outer;
    return { what: rule.what, isWhole: rule.holds === 'whole' };
  };
  const [root] = nodes;
  if (root !== undefined) visit(root.id, { what: null, isWhole: false });
  const sums = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const group = groupOf.get(id) ?? null;
    if (group !== null) sums.set(group, (sums.get(group) ?? 0) + (timeDeltas[index] ?? 0) / 1_000);
  }
  return sums;
}

/** As shares of all that was found, the most first. */
export function sharesOf(msOf: ReadonlyMap<string, number>): readonly TimeSpent[] {
  const wholeMs = [...msOf.values()].reduce((sum, ms) => sum + ms, 0);
  return [...msOf]
    .map(([what, ms]) => ({ what, share: ms / wholeMs }))
    .sort((one, other) => other.share - one.share);
}
