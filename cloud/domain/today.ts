import type { SnapshotContent } from '../contracts/snapshot.ts';
import { shownCount } from './limits.ts';
import { FLOW_STEP_MS, type Flow, type StoreState } from './store-state.ts';

type Today = SnapshotContent['today'];
type Curve = NonNullable<Today['curve']>;
type CountedStore = Pick<StoreState, 'today'> & { readonly rawCount: number; readonly staff: number };

/** The day as the signs draw it, from the flows of that day (in order of time, steps without any left out). */
export function todayOf(state: CountedStore, flows: readonly Flow[]): Today {
  const curve = curveOf(state, flows);
  return {
    day: state.today.day,
    in: flows.reduce((sum, flow) => sum + flow.in, 0),
    out: flows.reduce((sum, flow) => sum + flow.out, 0),
    peak: curve === null ? null : peakOf(curve),
    curve,
  };
}

/**
 * Counts back from now, because the count is known now and not at the day's start: so a reading that comes late
 * mends the past of the curve and leaves its end where the figure is. A correction is a step of the curve too: before
 * it, the count was what it was.
 */
function curveOf({ rawCount, staff }: CountedStore, flows: readonly Flow[]): Curve | null {
  const first = flows[0];
  const last = flows.at(-1);
  if (first === undefined || last === undefined) return null;
  const byStart = new Map(flows.map((flow) => [flow.startsAtMs, flow]));
  const counts: number[] = [];
  let raw = rawCount;
  for (let startsAtMs = last.startsAtMs; startsAtMs >= first.startsAtMs; startsAtMs -= FLOW_STEP_MS) {
    counts.unshift(shownCount(raw, staff));
    const flow = byStart.get(startsAtMs);
    if (flow !== undefined) raw -= flow.in - flow.out + flow.adjusted;
  }
  return { startsAtMs: first.startsAtMs, stepMs: FLOW_STEP_MS, counts };
}

/** At the end of its step, which is when the curve has that count. */
function peakOf(curve: Curve): Today['peak'] {
  const count = Math.max(...curve.counts);
  return { count, atMs: curve.startsAtMs + (curve.counts.indexOf(count) + 1) * curve.stepMs };
}
