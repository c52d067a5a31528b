import type { ListedMessage } from '../../contracts/message.ts';
import type { Board } from '../../contracts/sign-report.ts';
import type { MessageRecord } from '../../store/message-port.ts';
import type { Transaction } from '../../store/port.ts';
import { groupsSeenBy } from '../fleet/scope.ts';
import type { Caller } from '../people/caller.ts';

/** When it is over, or was. */
export const overAtMs = ({ ended, endsAtMs }: MessageRecord): number => ended?.atMs ?? endsAtMs;

/** Groups whose signs the person sees, as a message is shown by them; null: all. */
export const isSeen = (message: MessageRecord, seen: readonly string[] | null): boolean =>
  seen === null ||
  message.storeGroupIds === null ||
  message.storeGroupIds.some((storeGroupId) => seen.includes(storeGroupId));

/** Customers stand before the board of a door. */
export const isForBoard = ({ audience }: Pick<MessageRecord, 'audience'>, board: Board): boolean =>
  audience === 'everyone' || board !== 'door';

/** Messages as a person is shown them, in the order given. */
export async function listedMessages(
  tx: Transaction,
  messages: readonly MessageRecord[],
  caller: Pick<Caller, 'storeIds'>,
): Promise<ListedMessage[]> {
  if (messages.length === 0) return [];
  const groups = await groupsSeenBy(tx, caller);
  const seen = groups && new Set(groups);
  const signs = await tx.signs.placedSigns(groups);
  const painted = Map.groupBy(
    await tx.messages.paintedCounts(messages.map(({ messageId }) => messageId)),
    ({ messageId }) => messageId,
  );
  return messages.map((message) => {
    const { storeGroupIds, ...rest } = message;
    const named = storeGroupIds && new Set(storeGroupIds);
    const isFor = (storeGroupId: string | null) =>
      storeGroupId !== null && (named?.has(storeGroupId) ?? true);
    const counts = (painted.get(message.messageId) ?? []).filter(
      ({ storeGroupId }) => seen === null || (storeGroupId !== null && seen.has(storeGroupId)),
    );
    const placesOf = (of: typeof counts) => of.reduce((sum, { places }) => sum + places, 0);
    // What was put up when it was over already was never meant.
    const here = signs.filter(
      (sign) =>
        isFor(sign.storeGroupId) && sign.enrolledAtMs <= overAtMs(message) && isForBoard(message, sign.board),
    ).length;
    const left = placesOf(counts.filter(({ storeGroupId }) => !isFor(storeGroupId)));
    const all = placesOf(counts);
    return {
      ...rest,
      storeGroupIds: storeGroupIds === null ? null : storeGroupIds.filter((id) => seen?.has(id) ?? true),
      meant: Math.max(all, here + left),
      painted: all,
    };
  });
}
