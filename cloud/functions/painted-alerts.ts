import type { AlertPainted, ListedAlert } from '../contracts/alert.ts';
import { boardOf } from '../domain/board-of.ts';
import { type StoreState, WHOLE_STORE } from '../domain/store-state.ts';
import type { AlertPainting, SignRecord } from '../store/fleet-port.ts';
import type { Transaction } from '../store/port.ts';
import { groupsSeenBy } from './fleet/scope.ts';
import { keyOnGlass } from './key-on-glass.ts';
import {
  darkSince,
  goneSince,
  type MeantFor,
  meantForSigns,
  notYet,
  paintedReceipts,
  type Since,
  signsThatLeft,
  sinceIn,
} from './painted-receipts.ts';
import type { Caller } from './people/caller.ts';

type Scope = Pick<Caller, 'storeIds'>;
type Store = Pick<StoreState, 'storeId' | 'timeZone' | 'doors' | 'zones'>;
/** A sign of the store. `large`: the store that its group draws large. */
type Placed = MeantFor & { readonly large: string | undefined };

/** The alerts with the signs that painted each, the first one first, and those that did not, and why. */
export async function withPainted(
  tx: Transaction,
  store: Store,
  alerts: readonly ListedAlert[],
  scope: Scope,
  nowMs: number,
): Promise<ListedAlert[]> {
  const onGlass = alerts.filter(isForGlass);
  if (onGlass.length === 0) return [...alerts];
  const keys = new Map(onGlass.map((alert) => [alert, keyOnGlass(alert, store)]));
  const byKey = Map.groupBy(
    await tx.paintings.of(store.storeId, [...new Set(keys.values())]),
    ({ alertKey }) => alertKey,
  );
  const placed = await placedSigns(tx, store.storeId, scope, nowMs);
  const left = await signsThatLeft(tx, [...byKey.values()].flat(), placed, scope);
  return alerts.map((alert) => {
    const paintings = byKey.get(keys.get(alert) ?? '');
    return keys.has(alert)
      ? { ...alert, painted: paintedOf({ alert, store, placed, left, paintings: paintings ?? [], nowMs }) }
      : alert;
  });
}

/** That a store is full, or nearly, is what its figure says: no row of the glass is meant for it. */
const isForGlass = ({ type, source }: ListedAlert): boolean =>
  !(source === WHOLE_STORE && (type === 'full' || type === 'near-capacity'));

async function placedSigns(tx: Transaction, storeId: string, scope: Scope, nowMs: number): Promise<Placed[]> {
  const seen = await groupsSeenBy(tx, scope);
  const groups = (await tx.structure.groupsOfStores([storeId]))
    .map(({ storeGroupId }) => storeGroupId)
    .filter((storeGroupId) => seen?.includes(storeGroupId) ?? true);
  const large = new Map<string, string | undefined>();
  for (const group of groups) large.set(group, (await tx.structure.storeIdsOfGroup(group))[0]);
  const signs = await tx.signs.signsOfGroups(groups);
  const meantFor = await meantForSigns(tx, signs, nowMs);
  return meantFor.map((each) => ({ ...each, large: large.get(each.sign.storeGroupId ?? '') }));
}

type Asked = {
  readonly alert: ListedAlert;
  readonly store: Store;
  readonly placed: readonly Placed[];
  readonly left: ReadonlyMap<string, SignRecord>;
  readonly paintings: readonly AlertPainting[];
  readonly nowMs: number;
};

function paintedOf({ alert, store, placed, left, paintings, nowMs }: Asked): AlertPainted[] {
  const since = sinceIn(store.timeZone, nowMs);
  return paintedReceipts({
    meantFor: placed,
    left,
    paintings,
    sinceOf: () => since,
    whyNoLonger: darkSince,
    whyNot: (each) => whyNot(each, alert, store.storeId, since),
  });
}

/** What lies in how the sign is set comes first: it would not have shown it in the best of health. */
function whyNot(placed: Placed, alert: ListedAlert, storeId: string, since: Since): string {
  const { sign, now, large } = placed;
  const painted = sign.report?.painted ?? null;
  const board = boardOf(sign);
  const isOverLimit = alert.type === 'over-capacity' && alert.source === WHOLE_STORE;
  if (board === 'door') return 'Its door board shows customers no alerts.';
  if (board === 'wall' && !isOverLimit) return 'Its wall board shows figures, and no such alerts.';
  if (board === 'manager' && large !== storeId) return 'It draws another store of its group large.';
  if (now.state === 'dark') return goneSince(placed, since);
  if (painted?.asleep === true) return 'Asleep by its schedule.';
  if (alert.shelved != null) return 'Shelved before it painted it.';
  if (now.state !== 'fresh') return goneSince(placed, since);
  if (painted?.alerts === undefined) return 'Its program does not say which alerts it shows.';
  return notYet(sign, painted.alerts, alert.sinceMs);
}
