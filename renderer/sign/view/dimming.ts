import type { ShownMessage } from '../../../cloud/contracts/message.ts';
import type { Board } from '../../../cloud/contracts/sign-report.ts';
import type { StoresNow } from '../boards/store-board.ts';
import { closedAt } from './closing.ts';
import { storeView } from './store-view.ts';

/** Whether nobody has to read the picture from afar: all its stores are closed, and nothing on it wants an answer. */
export function isDim(now: StoresNow, board: Board, messages: readonly ShownMessage[] = []): boolean {
  const { stores, remembered, cloudNowMs, elapsedMs } = now;
  if (remembered || messages.some((message) => isShown(message, board, elapsedMs))) return false;
  const shown = board === 'wall' ? stores : stores.slice(0, 1);
  return (
    shown.length > 0 &&
    shown.every(({ snapshot }) => {
      const { opening, alerts } = snapshot.content;
      if (closedAt(opening, cloudNowMs) === null) return false;
      if (board === 'door') return true;
      const isOver = storeView(snapshot, elapsedMs).state === 'over';
      return !isOver && !alerts.some(({ active, severity }) => active && severity === 'alarm');
    })
  );
}

const isShown = ({ audience, endsInMs }: ShownMessage, board: Board, elapsedMs: number): boolean =>
  endsInMs > elapsedMs && (audience === 'everyone' || board !== 'door');
