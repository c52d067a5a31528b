import type { AlertPainted } from '../../contracts/alert.ts';
import { idSchema } from '../../contracts/identifiers.ts';
import { boardOf } from '../../domain/board-of.ts';
import type { SignRecord } from '../../store/fleet-port.ts';
import type { MessageRecord } from '../../store/message-port.ts';
import type { Transaction } from '../../store/port.ts';
import { groupsSeenBy } from '../fleet/scope.ts';
import {
  darkSince,
  goneSince,
  isSettled,
  type MeantFor,
  meantForSigns,
  paintedReceipts,
  type Since,
  signsThatLeft,
  sinceIn,
} from '../painted-receipts.ts';
import type { Caller } from '../people/caller.ts';
import { isForBoard, overAtMs } from './listed-messages.ts';
import { MAX_IN_FORCE, rankOf } from './messages-of-sign.ts';

type Scope = Pick<Caller, 'storeIds'>;

const MAX_LISTED_SIGNS = 10_000;

/** The signs that painted a message, the first one first, and those that did not, and why. */
export async function messageReceipts(
  tx: Transaction,
  message: MessageRecord,
  scope: Scope,
  nowMs: number,
): Promise<AlertPainted[]> {
  const paintings = await tx.messages.paintingsOf(message.messageId);
  const have = new Set(paintings.map(({ placeId }) => placeId));
  const signs = (await signsOf(tx, message, scope)).filter(
    ({ enrolledAtMs, placeId }) => enrolledAtMs <= overAtMs(message) || have.has(placeId),
  );
  const meantFor = await meantForSigns(tx, signs, nowMs);
  const left = await signsThatLeft(tx, paintings, meantFor, scope);
  const others = await othersOnGlass(tx, message, signs);
  const sinceOf = await clocksOf(tx, [...signs, ...left.values()], nowMs);
  return paintedReceipts({
    meantFor,
    left,
    paintings,
    sinceOf,
    // What a sign went through after that is no news of this message.
    whyNoLonger: (each, since) => (overAtMs(message) > nowMs ? darkSince(each, since) : ''),
    whyNot: (each, since) => whyNot(each, { message, others, nowMs }, since),
  });
}

/** Of the signs that the person sees, those that it is for. */
async function signsOf(
  tx: Transaction,
  { storeGroupIds }: MessageRecord,
  scope: Scope,
): Promise<readonly SignRecord[]> {
  const seen = await groupsSeenBy(tx, scope);
  const groups = storeGroupIds === null ? seen : storeGroupIds.filter((id) => seen?.includes(id) ?? true);
  if (groups !== null) return tx.signs.signsOfGroups(groups);
  return (await tx.signs.listSigns(MAX_LISTED_SIGNS)).filter((sign) => sign.storeGroupId !== null);
}

/** Each sign's time of day is that of the first store of its group. */
async function clocksOf(
  tx: Transaction,
  signs: readonly SignRecord[],
  nowMs: number,
): Promise<(sign: SignRecord) => Since> {
  const groups = [...new Set(signs.flatMap(({ storeGroupId }) => storeGroupId ?? []))];
  const firsts = await tx.structure.firstStoresOf(groups);
  const stores = await tx.counting.readStores([...new Set(firsts.map(({ storeId }) => storeId))]);
  const zones = new Map(stores.map(({ storeId, timeZone }) => [storeId, timeZone]));
  const zoneOf = new Map(firsts.map(({ storeGroupId, storeId }) => [storeGroupId, zones.get(storeId)]));
  const clocks = new Map<string, Since>();
  return ({ storeGroupId }) => {
    // Of a sign without a place nobody knows where it is: as where the others are.
    const zone = zoneOf.get(storeGroupId ?? '') ?? stores[0]?.timeZone ?? 'UTC';
    const clock = clocks.get(zone) ?? sinceIn(zone, nowMs);
    clocks.set(zone, clock);
    return clock;
  };
}

type Asked = {
  readonly message: MessageRecord;
  /** See `othersOnGlass`. */
  readonly others: ReadonlyMap<string, MessageRecord>;
  readonly nowMs: number;
};

/** What lies in how the sign is set comes first: it would not have shown it in the best of health. */
function whyNot(meant: MeantFor, { message, others, nowMs }: Asked, since: Since): string {
  const { sign, now } = meant;
  const painted = sign.report?.painted ?? null;
  if (!isForBoard(message, boardOf(sign))) return 'Its door board shows customers no words for staff.';
  if (overAtMs(message) <= nowMs) {
    const wasGone = now.state !== 'fresh' && now.sinceMs <= overAtMs(message);
    if (wasGone) return goneSince(meant, since);
    return message.ended === null ? 'Over before it painted it.' : 'Taken back before it painted it.';
  }
  if (now.state === 'dark') return goneSince(meant, since);
  if (painted?.asleep === true && !wakes(message)) return 'Asleep by its schedule.';
  if (now.state !== 'fresh') return goneSince(meant, since);
  if (painted?.messages === undefined) return 'Its program does not say which messages it shows.';
  const before = painted.messages.flatMap((messageId) => others.get(messageId) ?? []);
  if (before.length === 0 || !isSettled(sign, message.sentAtMs)) return 'Its glass has not said so yet.';
  return before.some((other) => rankOf(other) < rankOf(message))
    ? 'A worse message stands before it.'
    : 'A newer message stands before it.';
}

/** What is said in earnest as an alarm is shown though the glass would be dark. */
const wakes = ({ priority, drill }: MessageRecord): boolean => priority === 'alarm' && !drill;

/** What these signs said that they show instead, and may stand before the message. */
async function othersOnGlass(
  tx: Transaction,
  message: MessageRecord,
  signs: readonly SignRecord[],
): Promise<ReadonlyMap<string, MessageRecord>> {
  const named = new Set(signs.flatMap(({ report }) => report?.painted?.messages ?? []));
  // More are never in force; a stolen key could name others without end.
  const messageIds = [...named].filter((id) => idSchema.safeParse(id).success).slice(0, MAX_IN_FORCE);
  const records = await tx.messages.messages(messageIds);
  return new Map(
    records
      .filter((other) => other.messageId !== message.messageId && rankOf(other) <= rankOf(message))
      .map((other) => [other.messageId, other]),
  );
}
