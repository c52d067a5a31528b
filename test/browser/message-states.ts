import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { ShownMessage } from '../../cloud/contracts/message.ts';

const MINUTE_MS = 60_000;

/** A note to everybody, for half an hour. */
export const aMessage = (difference: Partial<ShownMessage> = {}): ShownMessage => ({
  messageId: 'm-1',
  text: 'The lift is out of order until noon',
  secondText: null,
  priority: 'note',
  audience: 'everyone',
  drill: false,
  // From 16:24:10, as the glass of the tests has it: until 17:00.
  endsInMs: 36 * MINUTE_MS - 10_000,
  ...difference,
});

export const DRILL = aMessage({
  messageId: 'm-drill',
  text: 'Please leave by the nearest exit',
  secondText: 'Salgan por la salida más cercana',
  priority: 'alarm',
  drill: true,
});

export const WARNING = aMessage({
  messageId: 'm-warn',
  text: 'Till 3 is down. Send people to till 5',
  priority: 'warn',
  audience: 'staff',
});

export const LOST_CHILD = aMessage({
  messageId: 'm-alarm',
  text: 'Close all doors. A child is missing',
  priority: 'alarm',
  audience: 'staff',
});

type Following = Extract<FeedState, { kind: 'following' }>;

export const saying = (state: Following, ...messages: readonly ShownMessage[]): Following => ({
  ...state,
  messages: [...messages],
});
