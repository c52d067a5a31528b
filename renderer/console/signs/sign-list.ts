import type { ListedSign, SignState } from '../../../cloud/contracts/fleet.ts';
import { type KnownStores, placeWords } from './places.ts';
import { BOARD_WORDS, nameOf, STATES_WORST_FIRST } from './sign-words.ts';

export type SignFilter = {
  readonly text: string;
  /** Null: all states. */
  readonly state: SignState | null;
};

export type SignSections = {
  readonly placed: readonly ListedSign[];
  /** Paired with nothing yet: they only show a code. */
  readonly waiting: readonly ListedSign[];
};

/** The worst first, then the ones that are so for the longest; those without a place apart. */
export function listedSections(
  fleet: readonly ListedSign[],
  filter: SignFilter,
  known: KnownStores,
): SignSections {
  const left = fleet.filter((sign) => sign.revokedAtMs === null && matches(sign, filter.text, known));
  const placed = left
    .filter((sign) => sign.storeGroupId !== null && (filter.state === null || sign.state === filter.state))
    .toSorted(byUrgency);
  const waiting = filter.state === null ? left.filter(({ storeGroupId }) => storeGroupId === null) : [];
  return { placed, waiting: waiting.toSorted((a, b) => b.enrolledAtMs - a.enrolledAtMs) };
}

/** How many signs that have a place are in each state. */
export function countsByState(fleet: readonly ListedSign[]): Readonly<Record<SignState, number>> {
  const counts: Record<SignState, number> = { dark: 0, stale: 0, unknown: 0, still: 0, fresh: 0 };
  for (const { storeGroupId, state, revokedAtMs } of fleet) {
    if (storeGroupId !== null && revokedAtMs === null) counts[state] += 1;
  }
  return counts;
}

/** Dark ones of the group: what a new device most likely stands in for. The longest dark first. */
export const darkOfGroup = (fleet: readonly ListedSign[], storeGroupId: string | null): ListedSign[] =>
  fleet
    .filter(
      (sign) =>
        sign.state === 'dark' &&
        sign.revokedAtMs === null &&
        sign.storeGroupId !== null &&
        (storeGroupId === null || sign.storeGroupId === storeGroupId),
    )
    .toSorted((a, b) => a.stateSinceMs - b.stateSinceMs);

function matches(sign: ListedSign, text: string, known: KnownStores): boolean {
  const { storeGroupId, fingerprint, settings, report } = sign;
  const said = [
    nameOf(sign),
    placeWords(known, storeGroupId),
    storeGroupId ?? '',
    fingerprint,
    BOARD_WORDS[settings.board].name,
    report?.about.app ?? '',
  ];
  const all = said.join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function byUrgency(a: ListedSign, b: ListedSign): number {
  const byState = STATES_WORST_FIRST.indexOf(a.state) - STATES_WORST_FIRST.indexOf(b.state);
  const byAge = a.state === 'fresh' ? 0 : a.stateSinceMs - b.stateSinceMs;
  return byState || byAge || nameOf(a).localeCompare(nameOf(b), 'en') || a.signId.localeCompare(b.signId);
}
