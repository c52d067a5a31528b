import type { ListedSign, SignState } from '../../../cloud/contracts/fleet.ts';
import { inEnglish } from '../view/store-row.ts';
import { causeWords } from './cause-words.ts';
import { type KnownStores, placeWords } from './places.ts';
import { BOARD_WORDS, nameOf, STATE_WORDS, STATES_WORST_FIRST } from './sign-words.ts';

export const SORTS = ['worst', 'name', 'place', 'heard'] as const;
export type SignSort = (typeof SORTS)[number];
export const GROUPINGS = ['none', 'place', 'state', 'cause', 'board', 'version'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export type SignFilter = {
  readonly text: string;
  /** Null: all states. */
  readonly state: SignState | null;
  /** Left out: the worst first. */
  readonly sort?: SignSort;
  /** Left out: not grouped. */
  readonly by?: Grouping;
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
    .toSorted((one, other) => {
      const by = (sign: ListedSign) => groupingOf(sign, filter.by ?? 'none', known);
      // The groups in the order of their words; those of states the worst first, and who has no cause last.
      const byGroup =
        filter.by === 'state'
          ? STATES_WORST_FIRST.indexOf(one.state) - STATES_WORST_FIRST.indexOf(other.state)
          : (filter.by === 'cause' && Number(causeWords(one) === '') - Number(causeWords(other) === '')) ||
            inEnglish.compare(by(one), by(other));
      return byGroup || SORT_BY[filter.sort ?? 'worst'](one, other, known) || byUrgency(one, other);
    });
  const waiting = filter.state === null ? left.filter(({ storeGroupId }) => storeGroupId === null) : [];
  return { placed, waiting: waiting.toSorted((a, b) => b.enrolledAtMs - a.enrolledAtMs) };
}

type Compare = (one: ListedSign, other: ListedSign, known: KnownStores) => number;
const SORT_BY: Readonly<Record<SignSort, Compare>> = {
  worst: () => 0,
  name: (one, other) => inEnglish.compare(nameOf(one), nameOf(other)),
  place: (one, other, known) =>
    inEnglish.compare(placeWords(known, one.storeGroupId), placeWords(known, other.storeGroupId)),
  heard: (one, other) => (one.heardAtMs ?? 0) - (other.heardAtMs ?? 0),
};

/** Under which heading a sign stands; empty where nothing is grouped. */
export function groupingOf(sign: ListedSign, by: Grouping, known: KnownStores): string {
  switch (by) {
    case 'none':
      return '';
    case 'place':
      return placeWords(known, sign.storeGroupId);
    case 'state':
      return STATE_WORDS[sign.state];
    case 'cause':
      return causeWords(sign) || 'Nothing is wrong';
    case 'board':
      return BOARD_WORDS[sign.settings.board].name;
    case 'version':
      return sign.report?.about.app ?? 'Version not said';
    default:
      return by satisfies never;
  }
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
    causeWords(sign),
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
  return byState || byAge || inEnglish.compare(nameOf(a), nameOf(b)) || (a.signId < b.signId ? -1 : 1);
}
