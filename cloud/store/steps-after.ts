import type { Flow } from '../domain/store-state.ts';
import type { KnownSteps } from './memories.ts';
import type { Tables } from './tables.ts';

type StepRow = Tables['step_flows'];

/** What is known of the steps of stores once these rows are added to theirs; undefined where nothing was known before. */
export function stepsAfter(
  rows: readonly StepRow[],
  knownOf: (storeId: string) => KnownSteps | undefined,
): ReadonlyMap<string, KnownSteps | undefined> {
  const after = new Map<string, KnownSteps | undefined>();
  for (const row of rows) {
    const known = after.get(row.store_id) ?? knownOf(row.store_id);
    const isAsked = known !== undefined && known.fromMs <= row.step_ms && row.step_ms < known.untilMs;
    after.set(row.store_id, isAsked ? { ...known, flows: withStep(known.flows, row) } : known);
  }
  return after;
}

function withStep(flows: readonly Flow[], { step_ms, people_in, people_out, adjusted }: StepRow): Flow[] {
  const after = [...flows];
  // Nearly always the last.
  const index = after.findLastIndex(({ startsAtMs }) => startsAtMs <= step_ms);
  const before = after[index];
  const added: Flow = { startsAtMs: step_ms, in: people_in, out: people_out, adjusted };
  if (before?.startsAtMs !== step_ms) after.splice(index + 1, 0, added);
  else
    after[index] = {
      startsAtMs: step_ms,
      in: before.in + added.in,
      out: before.out + added.out,
      adjusted: before.adjusted + added.adjusted,
    };
  return after;
}
