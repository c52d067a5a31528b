import type { Proof, ProofMessage, Snapshot, SnapshotContent } from '../contracts/snapshot.ts';
import { mayEnter, shownCount, stateByLimits } from './limits.ts';
import type { DoorState, Flow, StoreState } from './store-state.ts';
import { todayOf } from './today.ts';

/** The store as a sign needs it. `flows` are those of `state.today`. */
export function snapshotOf(
  state: StoreState,
  flows: readonly Flow[],
  epoch: number,
  nowMs: number,
): Snapshot {
  return { content: contentOf(state, flows, epoch), proof: proofOf(state, nowMs) };
}

export const proofMessageOf = (state: StoreState, epoch: number, nowMs: number): ProofMessage => ({
  storeId: state.storeId,
  epoch,
  revision: state.revision,
  proof: proofOf(state, nowMs),
});

function contentOf(state: StoreState, flows: readonly Flow[], epoch: number): SnapshotContent {
  const count = shownCount(state.rawCount);
  const allSilent = state.doors.every((door) => door.silent);
  return {
    epoch,
    revision: state.revision,
    store: { id: state.storeId, name: state.name, timeZone: state.timeZone },
    count,
    limits: { soft: state.limits.soft, hard: state.limits.hard },
    mayEnter: mayEnter(count, state.limits),
    state: allSilent ? 'unknown' : stateByLimits(count, state.limits),
    today: todayOf(state, flows),
    doors: state.doors.map(({ id, name, silent }) => ({ id, name, silent })),
  };
}

/** A silent door is named in the content; the age is that of the doors that still speak, or of the last to fall silent. */
function proofOf(state: StoreState, nowMs: number): Proof {
  const ageAt = (heardUntilMs: number | null) =>
    heardUntilMs === null ? null : Math.max(0, nowMs - heardUntilMs);
  return {
    ageMs: ageAt(trueAtMs(state.doors)),
    liveForMs: state.liveForMs,
    doorAgesMs: state.doors.map((door) => ageAt(door.heardUntilMs)),
  };
}

function trueAtMs(doors: readonly DoorState[]): number | null {
  const speaking = doors.filter((door) => !door.silent);
  const heard = (speaking.length > 0 ? speaking : doors).map((door) => door.heardUntilMs);
  if (speaking.length > 0)
    return heard.includes(null) ? null : Math.min(...heard.filter((at) => at !== null));
  const known = heard.filter((at) => at !== null);
  return known.length > 0 ? Math.max(...known) : null;
}
