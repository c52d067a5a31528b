import type { FeedState } from '../../../cloud/contracts/feed.ts';
import type { MessagePriority, ShownMessage } from '../../../cloud/contracts/message.ts';
import type { Board } from '../../../cloud/contracts/sign-report.ts';
import { letterWidths } from './letter-widths.ts';
import type { Glass } from './letters.ts';

/**
 * How much of the glass a message takes. `full`: all of it, with the count at its foot; `column`: that of the alarm, beside
 * the count; `band` and `strip`: below a board that makes room.
 */
export type MessageForm = 'full' | 'column' | 'band' | 'strip';

/** The worst of the messages, as it stands on the glass. `more`: how many others wait behind it. */
export type MessageStand = {
  readonly message: ShownMessage;
  readonly form: MessageForm;
  readonly more: number;
};

export type MessagePlace = {
  readonly board: Board;
  readonly glass: Glass;
  /** A store is over its limit. */
  readonly isOver: boolean;
  /** An alert on the glass is to be answered there. */
  readonly isAsking: boolean;
  /** Since the state was received. */
  readonly elapsedMs: number;
};

/** The column holds as many letters, and no longer word, at the least size that is read from where it is read. */
const MOST_IN_COLUMN = { letters: 64, word: 18 };
const RANKS: Readonly<Record<MessagePriority, number>> = { alarm: 0, warn: 2, note: 3 };

export function messageStand(state: FeedState, place: MessagePlace): MessageStand | null {
  const [message, ...others] = messagesInForce(state, place);
  if (message === undefined) return null;
  const form = formOf(message, place);
  // A group without stores has no board that would have the column.
  const isBare = state.kind === 'following' && state.stores.length === 0;
  return { message, form: form === 'column' && isBare ? 'band' : form, more: others.length };
}

/** What is said in earnest as an alarm is shown though the glass would be dark. */
export const wakesGlass = (state: FeedState, place: Pick<MessagePlace, 'board' | 'elapsedMs'>): boolean =>
  messagesInForce(state, place).some(({ priority, drill }) => priority === 'alarm' && !drill);

/** Worst first, and an alarm that is none after those that are; customers are told nothing that is for the staff. */
function messagesInForce(
  state: FeedState,
  { board, elapsedMs }: Pick<MessagePlace, 'board' | 'elapsedMs'>,
): readonly ShownMessage[] {
  const messages = state.kind === 'following' ? (state.messages ?? []) : [];
  return messages
    .filter(({ endsInMs, audience }) => endsInMs > elapsedMs && !(board === 'door' && audience === 'staff'))
    .toSorted((one, other) => rankOf(one) - rankOf(other));
}

const rankOf = ({ priority, drill }: ShownMessage): number =>
  RANKS[priority] + (priority === 'alarm' && drill ? 1 : 0);

function formOf(message: ShownMessage, { board, glass, isOver, isAsking }: MessagePlace): MessageForm {
  switch (message.priority) {
    case 'alarm':
      return 'full';
    case 'note':
      return 'strip';
    case 'warn':
      // Upright there is no other column; over the limit it is the alarm's, and where an alert asks for an answer it is full.
      return board === 'manager' &&
        !isOver &&
        !isAsking &&
        glass.widthPx > glass.heightPx &&
        fitsColumn(message)
        ? 'column'
        : 'band';
    default:
      return message.priority satisfies never;
  }
}

function fitsColumn({ text, secondText }: ShownMessage): boolean {
  const said = secondText === null ? text : `${text} ${secondText}`;
  const longest = Math.max(...said.split(/\s+/).map(letterWidths));
  return letterWidths(said) <= MOST_IN_COLUMN.letters && longest <= MOST_IN_COLUMN.word;
}
