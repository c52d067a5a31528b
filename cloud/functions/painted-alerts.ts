import type { AlertPainted, ListedAlert } from '../contracts/alert.ts';
import type { SignState } from '../contracts/fleet.ts';
import { fingerprintOf } from '../contracts/pairing.ts';
import type { SignStateNow } from '../domain/sign-state.ts';
import { type StoreState, WHOLE_STORE } from '../domain/store-state.ts';
import type { AlertPainting, SignRecord } from '../store/fleet-port.ts';
import type { Transaction } from '../store/port.ts';
import { stateNow } from './fleet/listed-signs.ts';
import { presenceOf } from './fleet/presence-of.ts';
import { groupsSeenBy, maySeeGroup } from './fleet/scope.ts';
import { keyOnGlass } from './key-on-glass.ts';
import type { Caller } from './people/caller.ts';

type Scope = Pick<Caller, 'storeIds'>;
type Store = Pick<StoreState, 'storeId' | 'timeZone' | 'doors' | 'zones'>;
/** A sign of the store, and what can be on its glass. `large`: the store that its group draws large. */
type Placed = { readonly sign: SignRecord; readonly now: SignStateNow; readonly large: string | undefined };

const HALF_DAY_MS = 43_200_000;
/** Devices at one place, one after the other. */
const MAX_REPLACEMENTS = 8;

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
  const presence = await presenceOf(
    tx,
    signs.map(({ signId }) => signId),
  );
  return signs.map((sign) => ({
    sign,
    now: stateNow(sign, presence(sign.signId), nowMs),
    large: large.get(sign.storeGroupId ?? ''),
  }));
}

/** The devices that have, or last had, the places which painted something and show this store no more; by place. */
async function signsThatLeft(
  tx: Transaction,
  paintings: readonly AlertPainting[],
  placed: readonly Placed[],
  scope: Scope,
): Promise<ReadonlyMap<string, SignRecord>> {
  const here = new Set(placed.map(({ sign }) => sign.placeId));
  const placeIds = new Set(paintings.map(({ placeId }) => placeId).filter((placeId) => !here.has(placeId)));
  const found = new Map<string, SignRecord>();
  for (const placeId of placeIds) {
    let sign = await tx.signs.sign(placeId);
    for (let step = 0; sign?.replacedBy != null && step < MAX_REPLACEMENTS; step += 1)
      sign = await tx.signs.sign(sign.replacedBy);
    if (sign !== undefined && (await maySeeGroup(tx, scope, sign.storeGroupId))) found.set(placeId, sign);
  }
  return found;
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
  const byPlace = new Map(placed.map((each) => [each.sign.placeId, each]));
  const painters = paintings.flatMap(({ placeId, paintedAtMs }): AlertPainted[] => {
    const here = byPlace.get(placeId);
    if (here !== undefined) return [{ ...called(here.sign), paintedAtMs, why: whyNoLonger(here, since) }];
    const gone = left.get(placeId);
    if (gone === undefined) return [];
    const why =
      gone.revokedAtMs === null
        ? 'Moved to another place since.'
        : `Revoked since ${since(gone.revokedAtMs)}.`;
    return [{ ...called(gone), paintedAtMs, why }];
  });
  const have = new Set(paintings.map(({ placeId }) => placeId));
  const others = placed
    .filter(({ sign }) => !have.has(sign.placeId))
    .map((each) => ({
      ...called(each.sign),
      paintedAtMs: null,
      why: whyNot(each, alert, store.storeId, since),
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  return [...painters, ...others];
}

const called = ({ signId, name }: SignRecord): { signId: string; name: string } => ({
  signId,
  name: name === '' ? `Sign ${fingerprintOf(signId)}` : name,
});

const GONE_WORDS: Readonly<Record<Exclude<SignState, 'fresh'>, string>> = {
  dark: 'Dark',
  still: 'Offline',
  stale: 'Online, but not up to date',
  unknown: 'Not known what it shows',
};

/** It did, and may do so no longer. */
const whyNoLonger = ({ now }: Placed, since: Since): string =>
  now.state === 'dark' ? `Dark since ${since(now.sinceMs)}.` : '';

/** What lies in how the sign is set comes first: it would not have shown it in the best of health. */
function whyNot({ sign, now, large }: Placed, alert: ListedAlert, storeId: string, since: Since): string {
  const painted = sign.report?.painted ?? null;
  const board = painted?.board ?? sign.settings.board;
  const isOverLimit = alert.type === 'over-capacity' && alert.source === WHOLE_STORE;
  if (board === 'door') return 'Its door board shows customers no alerts.';
  if (board === 'wall' && !isOverLimit) return 'Its wall board shows figures, and no such alerts.';
  if (board === 'manager' && large !== storeId) return 'It draws another store of its group large.';
  if (now.state === 'dark') return `Dark since ${since(now.sinceMs)}. ${now.why}`;
  if (painted?.asleep === true) return 'Asleep by its schedule.';
  if (alert.shelved != null) return 'Shelved before it painted it.';
  if (now.state !== 'fresh') return `${GONE_WORDS[now.state]} since ${since(now.sinceMs)}. ${now.why}`;
  if (painted?.alerts === undefined) return 'Its program does not say which alerts it shows.';
  return toldSince(sign, alert) ? 'Its glass shows others first.' : 'Its glass has not said so yet.';
}

/** Whether it has told of a picture that came well after the alert, and of other alerts in it. */
function toldSince({ report, heardAtMs }: SignRecord, { sinceMs }: ListedAlert): boolean {
  const painted = report?.painted;
  if (heardAtMs === null || painted?.alerts === undefined || painted.alerts.length === 0) return false;
  return heardAtMs - painted.ageMs > sinceMs + SETTLED_AFTER_MS;
}

const SETTLED_AFTER_MS = 10_000;

type Since = (atMs: number) => string;

/** `13:58` by the store's clock, with its day where that is not plain. */
function sinceIn(timeZone: string, nowMs: number): Since {
  const time = { hour: '2-digit', minute: '2-digit', timeZone } as const;
  const clock = new Intl.DateTimeFormat('en-GB', time);
  const day = new Intl.DateTimeFormat('en-GB', { ...time, day: 'numeric', month: 'short' });
  return (atMs) => (nowMs - atMs < HALF_DAY_MS ? clock : day).format(atMs);
}
