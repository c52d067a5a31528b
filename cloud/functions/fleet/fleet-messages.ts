import type { FleetMessage, ListedSign } from '../../contracts/fleet.ts';
import { ALL_WATCHERS, HUB_TARGETS, type NudgeMessage, watchersOf } from '../../contracts/hub-targets.ts';
import type { Transaction } from '../../store/port.ts';
import type { HubMessage } from '../hub-messages.ts';
import { listedSigns } from './listed-signs.ts';
import { signShownTo } from './scope.ts';

/**
 * Tells everybody who may see these signs how they are now. `left`: the groups that signs of them were in until now;
 * who watches those sees them leave.
 */
export async function fleetMessages(
  tx: Transaction,
  signIds: readonly string[],
  nowMs: number,
  left: ReadonlyMap<string, string | null> = new Map(),
): Promise<HubMessage[]> {
  const bySignId = new Map((await tx.signs.signs(signIds)).map((record) => [record.signId, record]));
  const records = signIds.flatMap((signId) => bySignId.get(signId) ?? []);
  const known = new Map<string | null, readonly string[]>([[null, []]]);
  const storesOf = async (storeGroupId: string | null) => {
    const storeIds = known.get(storeGroupId) ?? (await tx.structure.storeIdsOfGroup(storeGroupId ?? ''));
    known.set(storeGroupId, storeIds);
    return storeIds;
  };
  const messages: HubMessage[] = [];
  for (const sign of await listedSigns(tx, records, nowMs)) {
    const seeIt = await storesOf(sign.storeGroupId);
    const sawIt = await storesOf(left.get(sign.signId) ?? null);
    const tell = (groupName: string, shown: ListedSign) => {
      const body: FleetMessage = { nowMs, sign: shown };
      messages.push({ target: HUB_TARGETS.fleet, groupName, arguments: [body] });
    };
    tell(ALL_WATCHERS, sign);
    for (const storeId of new Set(seeIt))
      tell(watchersOf(storeId), signShownTo(sign, { storeIds: [storeId] }, seeIt.length === 1));
    for (const storeId of new Set(sawIt)) if (!seeIt.includes(storeId)) tell(watchersOf(storeId), bare(sign));
  }
  return messages;
}

/** All that those hear of a sign who only see it leave: where it went is not theirs to know. */
const bare = (sign: ListedSign): ListedSign => ({
  ...sign,
  storeGroupId: null,
  report: null,
  commands: [],
  clones: [],
  screenshotAtMs: null,
  why: '',
  cause: 'none',
});

/** Makes a sign ask for its commands and settings. */
export const nudgeMessage = (signId: string): HubMessage => ({
  target: HUB_TARGETS.nudge,
  userId: signId,
  arguments: [],
});

/** The same of many at once. */
export const nudgeMessages = (signIds: readonly string[]): HubMessage[] =>
  signIds.map((signId) => ({
    ...nudgeMessage(signId),
    arguments: [{ signs: signIds.length } satisfies NudgeMessage],
  }));
