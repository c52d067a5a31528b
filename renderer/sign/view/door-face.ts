import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { closedAt } from './closing.ts';
import { type StoreView, storeView } from './store-view.ts';

/** About how long until somebody may enter, in whole minutes; `over`: longer than anybody should be told exactly. */
export type Wait = { readonly minutes: number; readonly over: boolean };

/** What a store tells its customers. Green needs a proof: whatever is not known for sure is for the staff to say. */
export type DoorFace =
  | { readonly state: 'unknown' }
  | { readonly state: 'closed'; readonly opensAtMs: number | null }
  | {
      readonly state: 'open' | 'nearly' | 'full';
      readonly count: number;
      readonly limit: number;
      readonly mayEnter: number;
      /** Only where nobody may enter, and how fast people leave is known. */
      readonly wait: Wait | null;
    };

const LONGEST_TOLD_MINUTES = 15;

export function doorFace(snapshot: Snapshot, elapsedMs: number, cloudNowMs: number | null): DoorFace {
  const { content, proof } = snapshot;
  const closed = closedAt(content.opening, cloudNowMs);
  if (closed !== null) return { state: 'closed', ...closed };
  const view = storeView(snapshot, elapsedMs);
  if (view.state === 'unknown') return { state: 'unknown' };
  const { soft, hard } = content.limits;
  const count = isPartial(snapshot, view) ? content.count + content.margin : content.count;
  const mayEnter = Math.max(0, Math.min(content.mayEnter, hard - count));
  const isFull = view.state === 'full' || view.state === 'over' || mayEnter === 0;
  const state = isFull ? 'full' : view.state === 'nearly' || count >= soft ? 'nearly' : 'open';
  const toLeave = Math.max(1, content.count + content.margin - hard + 1);
  const wait = isFull ? waitOf(toLeave, proof.leavePerMinute ?? null) : null;
  return { state, count, limit: hard, mayEnter: isFull ? 0 : mayEnter, wait };
}

/** A door that is silent may let people in unseen: then the count is taken from the high side of its margin. */
const isPartial = ({ content }: Snapshot, { doors }: StoreView): boolean =>
  content.certainty !== 'whole' || doors.some(({ silent }) => silent);

function waitOf(toLeave: number, leavePerMinute: number | null): Wait | null {
  if (leavePerMinute === null) return null;
  const minutes = Math.ceil(toLeave / leavePerMinute);
  const over = !(minutes <= LONGEST_TOLD_MINUTES);
  return { minutes: over ? LONGEST_TOLD_MINUTES : Math.max(1, minutes), over };
}
