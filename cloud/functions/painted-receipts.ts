import type { AlertPainted } from '../contracts/alert.ts';
import type { SignState } from '../contracts/fleet.ts';
import { fingerprintOf } from '../contracts/pairing.ts';
import type { SignStateNow } from '../domain/sign-state.ts';
import type { SignRecord } from '../store/fleet-port.ts';
import type { Transaction } from '../store/port.ts';
import { statesNow } from './fleet/listed-signs.ts';
import { presenceOf } from './fleet/presence-of.ts';
import { maySeeGroup } from './fleet/scope.ts';
import type { Caller } from './people/caller.ts';

/** A sign that something is meant for, and what can be on its glass. */
export type MeantFor = { readonly sign: SignRecord; readonly now: SignStateNow };

const HALF_DAY_MS = 43_200_000;
const SETTLED_AFTER_MS = 10_000;
/** Devices at one place, one after the other. */
const MAX_REPLACEMENTS = 8;

type Asked<Meant extends MeantFor> = {
  readonly meantFor: readonly Meant[];
  /** See `signsThatLeft`. */
  readonly left: ReadonlyMap<string, SignRecord>;
  /** In order of time. */
  readonly paintings: readonly { readonly placeId: string; readonly paintedAtMs: number }[];
  readonly sinceOf: (sign: SignRecord) => Since;
  readonly whyNoLonger: (meant: Meant, since: Since) => string;
  readonly whyNot: (meant: Meant, since: Since) => string;
};

/** The signs that painted something, the first one first, and those that did not, and why. */
export function paintedReceipts<Meant extends MeantFor>(asked: Asked<Meant>): AlertPainted[] {
  const { meantFor, left, paintings, sinceOf, whyNoLonger, whyNot } = asked;
  const byPlace = new Map(meantFor.map((each) => [each.sign.placeId, each]));
  const painters = paintings.flatMap(({ placeId, paintedAtMs }): AlertPainted[] => {
    const here = byPlace.get(placeId);
    if (here !== undefined)
      return [{ ...called(here.sign), paintedAtMs, why: whyNoLonger(here, sinceOf(here.sign)) }];
    const gone = left.get(placeId);
    if (gone === undefined) return [];
    const why =
      gone.revokedAtMs === null
        ? 'Moved to another place since.'
        : `Revoked since ${sinceOf(gone)(gone.revokedAtMs)}.`;
    return [{ ...called(gone), paintedAtMs, why }];
  });
  const have = new Set(paintings.map(({ placeId }) => placeId));
  const others = meantFor
    .filter(({ sign }) => !have.has(sign.placeId))
    .map((each) => ({ ...called(each.sign), paintedAtMs: null, why: whyNot(each, sinceOf(each.sign)) }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  return [...painters, ...others];
}

/** These signs, and what can be on the glass of each now. */
export async function meantForSigns(
  tx: Transaction,
  signs: readonly SignRecord[],
  nowMs: number,
): Promise<MeantFor[]> {
  const presence = await presenceOf(
    tx,
    signs.map(({ signId }) => signId),
  );
  const states = await statesNow(tx, signs, presence, nowMs);
  return signs.flatMap((sign, index) => {
    const now = states[index];
    return now === undefined ? [] : [{ sign, now }];
  });
}

/** The devices that have, or last had, the places which painted something that is not meant for them any more; by place. */
export async function signsThatLeft(
  tx: Transaction,
  paintings: readonly { readonly placeId: string }[],
  meantFor: readonly MeantFor[],
  scope: Pick<Caller, 'storeIds'>,
): Promise<ReadonlyMap<string, SignRecord>> {
  const here = new Set(meantFor.map(({ sign }) => sign.placeId));
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

/** `Offline since 13:58.` and why; nothing of a sign that is as it should be. */
export const goneSince = ({ now }: MeantFor, since: Since): string =>
  now.state === 'fresh' ? '' : `${GONE_WORDS[now.state]} since ${since(now.sinceMs)}. ${now.why}`;

/** It did, and may do so no longer. */
export const darkSince = ({ now }: MeantFor, since: Since): string =>
  now.state === 'dark' ? `Dark since ${since(now.sinceMs)}.` : '';

/** Of a sign in the best of health that names what stands on it, and not this. `named`: what it does name. */
export const notYet = (sign: SignRecord, named: readonly string[], sinceMs: number): string =>
  named.length > 0 && isSettled(sign, sinceMs)
    ? 'Its glass shows others first.'
    : 'Its glass has not said so yet.';

/** Whether it has told of a picture that came well after that. */
export const isSettled = ({ report, heardAtMs }: SignRecord, sinceMs: number): boolean =>
  heardAtMs !== null &&
  report?.painted != null &&
  heardAtMs - report.painted.ageMs > sinceMs + SETTLED_AFTER_MS;

export type Since = (atMs: number) => string;

/** `13:58` by the clock of a time zone, with its day where that is not plain. */
export function sinceIn(timeZone: string, nowMs: number): Since {
  const time = { hour: '2-digit', minute: '2-digit', timeZone } as const;
  const clock = new Intl.DateTimeFormat('en-GB', time);
  const day = new Intl.DateTimeFormat('en-GB', { ...time, day: 'numeric', month: 'short' });
  return (atMs) => (nowMs - atMs < HALF_DAY_MS ? clock : day).format(atMs);
}
