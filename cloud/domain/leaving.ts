import { FLOW_STEP_MS, type Flow, MINUTE_MS, type StoreState } from './store-state.ts';

/** Fewer are no rate: the next one may leave in a minute or in ten. */
const AT_LEAST_PEOPLE = 5;

/** Whether anybody may stand outside and ask how long it takes. */
export const mayWait = ({ levelState: { level } }: Pick<StoreState, 'levelState'>): boolean =>
  level !== 'open';

/**
 * People a minute who left to the street of late: in the step of the day's flows that runs, and in the one before it.
 * Null where nobody may wait, or where the last steps do not tell. The caller knows that every door is heard.
 */
export function leavePerMinute(
  state: Pick<StoreState, 'today' | 'levelState'>,
  flows: readonly Flow[],
  nowMs: number,
): number | null {
  if (!mayWait(state)) return null;
  const stepMs = Math.floor(nowMs / FLOW_STEP_MS) * FLOW_STEP_MS;
  const beforeMs = stepMs - FLOW_STEP_MS;
  // A step in which nobody passed at all may be one in which nobody counted, or one of the day before.
  const isWhole = flows.some((flow) => flow.startsAtMs === beforeMs && flow.in + flow.out > 0);
  if (!isWhole || beforeMs < state.today.startsAtMs) return null;
  const left = flows.reduce((sum, flow) => (flow.startsAtMs >= beforeMs ? sum + flow.out : sum), 0);
  if (left < AT_LEAST_PEOPLE) return null;
  return Math.round((left / ((nowMs - beforeMs) / MINUTE_MS)) * 100) / 100;
}
