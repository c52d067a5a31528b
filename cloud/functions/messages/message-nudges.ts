import { HUB_TARGETS, type NudgeMessage, signalRGroupOf } from '../../contracts/hub-targets.ts';
import type { MessageRecord } from '../../store/message-port.ts';
import type { Transaction } from '../../store/port.ts';
import type { HubMessage } from '../hub-messages.ts';

/** Makes every sign that a message is for ask what is said to it now. */
export async function messageNudges(
  tx: Pick<Transaction, 'signs'>,
  { storeGroupIds }: Pick<MessageRecord, 'storeGroupIds'>,
): Promise<HubMessage[]> {
  const placed = await tx.signs.placedSigns(storeGroupIds);
  return [...new Set(placed.map(({ storeGroupId }) => storeGroupId))].sort().map((storeGroupId) => ({
    target: HUB_TARGETS.nudge,
    groupName: signalRGroupOf(storeGroupId),
    arguments: [{ signs: placed.length } satisfies NudgeMessage],
  }));
}
