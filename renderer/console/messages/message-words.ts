import type { ListedMessage, MessageAudience, MessagePriority } from '../../../cloud/contracts/message.ts';
import type { Person } from '../../../cloud/contracts/person.ts';
import { mayAs, seesAll } from '../elements/rail.ts';
import { type KnownStores, placeWords } from '../signs/places.ts';
import { PATHS } from '../view/router.ts';
import { clockWords, counted, dayClockWords, sinceWords, spanWords } from '../view/words.ts';

export const PRIORITY_WORDS: Readonly<Record<MessagePriority, { name: string; what: string }>> = {
  note: { name: 'Note', what: 'A strip below the figures.' },
  warn: { name: 'Warning', what: 'A column beside the figure.' },
  alarm: { name: 'Alarm', what: 'Nearly all. The count stays in sight.' },
};

export const AUDIENCE_WORDS: Readonly<Record<MessageAudience, { name: string; what: string }>> = {
  staff: { name: 'Staff', what: 'Boards for managers and walls. Door boards do not show it.' },
  everyone: { name: 'Everyone', what: 'Door boards too: customers read it.' },
};

export const isInForce = ({ ended, endsAtMs }: Pick<ListedMessage, 'ended' | 'endsAtMs'>, nowMs: number) =>
  ended === null && endsAtMs > nowMs;

/** Those that stand on signs of these groups now; null: of any. */
export const inForceFor = (
  messages: readonly ListedMessage[],
  groups: readonly string[] | null,
  nowMs: number,
): readonly ListedMessage[] =>
  messages.filter(
    (message) =>
      isInForce(message, nowMs) &&
      (groups === null ||
        message.storeGroupIds === null ||
        message.storeGroupIds.some((group) => groups.includes(group))),
  );

/** Where one writes to these groups. */
export const writeLink = (groups: readonly string[]): string =>
  `${PATHS.messages}?${new URLSearchParams([['write', '1'], ...groups.map((group) => ['group', group])])}`;

const MAX_NAMED = 2;

/** `All signs`, `Madrid, Sants`, `Madrid, Sants and 3 more` */
export function scopeWords(
  { storeGroupIds }: Pick<ListedMessage, 'storeGroupIds'>,
  known: KnownStores,
): string {
  if (storeGroupIds === null) return 'All signs';
  const names = storeGroupIds.map((storeGroupId) => placeWords(known, storeGroupId));
  const more = names.length - MAX_NAMED;
  return more <= 0 ? names.join(', ') : `${names.slice(0, MAX_NAMED).join(', ')} and ${more} more`;
}

type Ending = Pick<ListedMessage, 'ended' | 'endsAtMs'>;

/** `12 min left`, and of one that is over how it ended. */
export function endWords({ ended, endsAtMs }: Ending, nowMs: number): string {
  if (ended !== null) return 'taken back';
  return endsAtMs > nowMs ? `${spanWords(endsAtMs - nowMs)} left` : 'ran out';
}

/** `until 15:30`, `14:32`, `14:32, Mara` */
export function endTimeWords({ ended, endsAtMs }: Ending, nowMs: number): string {
  if (ended !== null) return `${sinceWords(ended.atMs, nowMs)}, ${ended.by}`;
  return endsAtMs > nowMs ? `until ${untilWords(endsAtMs, nowMs)}` : sinceWords(endsAtMs, nowMs);
}

const HALF_DAY_MS = 12 * 3_600_000;

/** The time alone where it is soon, else with its day. */
export const untilWords = (atMs: number, nowMs: number): string =>
  atMs - nowMs < HALF_DAY_MS ? clockWords(atMs) : dayClockWords(atMs);

/** `9 of 12 signs` */
export function paintedWords({ painted, meant }: Pick<ListedMessage, 'painted' | 'meant'>): string {
  if (meant === 0 && painted === 0) return 'no sign';
  return painted >= meant && painted > 1
    ? `all ${counted(painted, 'sign')}`
    : `${painted} of ${counted(meant, 'sign')}`;
}

/** Who may send to every group of it may take it back. */
export function mayTakeBack(
  { storeGroupIds }: Pick<ListedMessage, 'storeGroupIds'>,
  person: Person | null,
  known: KnownStores,
): boolean {
  if (!mayAs(person?.role, 'manager')) return false;
  if (storeGroupIds === null || seesAll(person)) return seesAll(person);
  return storeGroupIds.every((group) =>
    known?.storeGroups.some(({ storeGroupId }) => storeGroupId === group),
  );
}

/** `2 messages are on the signs.` */
export function headWords(inForce: number): string {
  if (inForce === 0) return 'No message is on the signs.';
  return `${counted(inForce, 'message is', 'messages are')} on the signs.`;
}
