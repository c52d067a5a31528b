import { idSchema } from '../../contracts/identifiers.ts';
import { MAX_MESSAGES_OF_SIGN, type MessagePriority, type ShownMessage } from '../../contracts/message.ts';
import type { Painted } from '../../contracts/sign-report.ts';
import type { SignRecord } from '../../store/fleet-port.ts';
import type { MessageOfPlace, MessageRecord } from '../../store/message-port.ts';
import type { Transaction } from '../../store/port.ts';
import { isForBoard } from './listed-messages.ts';

type Messages = Pick<Transaction, 'messages'>;
type Place = Pick<SignRecord, 'placeId' | 'storeGroupId' | 'settings'>;

/** Messages at once, all of them together: each report of each sign looks through them. */
export const MAX_IN_FORCE = 100;

const RANK: Readonly<Record<MessagePriority, number>> = { alarm: 0, warn: 2, note: 3 };
/** An alarm that is none stands after those that are. */
export const rankOf = ({ priority, drill }: Pick<MessageRecord, 'priority' | 'drill'>): number =>
  RANK[priority] + (priority === 'alarm' && drill ? 1 : 0);

/** What an operator says to a sign now, the worst first; keeps which of it stands on its glass. */
export async function messagesOfSign(
  tx: Messages,
  { placeId, storeGroupId, settings }: Place,
  painted: Painted | null,
  nowMs: number,
): Promise<ShownMessage[]> {
  if (storeGroupId === null) return [];
  const inForce = await tx.messages.inForce({ storeGroupId, placeId, nowMs, limit: MAX_IN_FORCE });
  await keepPainted(tx, { placeId, storeGroupId }, painted, inForce, nowMs);
  // Among equals the newest stays first. What it would not show must not take the room of what it would.
  return inForce
    .filter((message) => isForBoard(message, settings.board))
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .slice(0, MAX_MESSAGES_OF_SIGN)
    .map(({ messageId, text, secondText, priority, audience, drill, endsAtMs }) => ({
      ...{ messageId, text, secondText, priority, audience, drill },
      endsInMs: endsAtMs - nowMs,
    }));
}

/** Of messages that there are none, or none for this sign, nothing is kept: a stolen key could fill the database. */
async function keepPainted(
  tx: Messages,
  { placeId, storeGroupId }: { readonly placeId: string; readonly storeGroupId: string },
  painted: Painted | null,
  inForce: readonly MessageOfPlace[],
  nowMs: number,
): Promise<void> {
  const named = new Set(painted?.messages?.filter((messageId) => idSchema.safeParse(messageId).success));
  if (painted === null || named.size === 0) return;
  const byId = new Map(inForce.map((message) => [message.messageId, message]));
  // One may have ended since it was painted.
  const others = [...named].filter((messageId) => !byId.has(messageId));
  const ended = others.length === 0 ? [] : await tx.messages.meantFor(storeGroupId, others);
  const fresh = inForce.filter(({ messageId, paintedAtMs }) => named.has(messageId) && paintedAtMs === null);
  const paintings = [...fresh, ...ended].map(({ messageId, sentAtMs }: MessageRecord) => ({
    messageId,
    placeId,
    // A picture that stands still was painted long ago, but nothing in it was said later.
    paintedAtMs: Math.min(nowMs, Math.max(nowMs - painted.ageMs, sentAtMs)),
  }));
  if (paintings.length > 0) await tx.messages.keepPaintings(paintings);
}
