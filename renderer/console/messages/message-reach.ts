import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { MessageAudience, MessagePriority } from '../../../cloud/contracts/message.ts';
import { nameOf } from '../signs/sign-words.ts';
import { counted, sinceWords } from '../view/words.ts';

type Scope = {
  readonly allSigns: boolean;
  readonly groups: ReadonlySet<string>;
  readonly audience: MessageAudience;
  readonly priority: MessagePriority;
  readonly drill: boolean;
};

/** A sign of the scope that will not show the message. */
export type NotShowing = { readonly signId: string; readonly name: string; readonly why: string };

export type Reach = {
  /** Signs that it is meant for. */
  readonly signs: number;
  /** Their groups, or those that were chosen. */
  readonly groups: number;
  readonly counts: Readonly<Record<Standing, number>>;
  readonly notShowing: readonly NotShowing[];
};

/** `woken`: its schedule lets it sleep, and an alarm in earnest is shown all the same. `door`: a board for customers, and the message is for staff. */
const STANDINGS = ['fresh', 'woken', 'stale', 'still', 'dark', 'unknown', 'asleep', 'door'] as const;
type Standing = (typeof STANDINGS)[number];

/** Which signs a message would reach now, and which of them would not show it, and why. */
export function reachOf(fleet: readonly ListedSign[], scope: Scope, nowMs: number): Reach {
  const inScope = fleet.filter(
    ({ storeGroupId, revokedAtMs }) =>
      storeGroupId !== null && revokedAtMs === null && (scope.allSigns || scope.groups.has(storeGroupId)),
  );
  const counts: Record<Standing, number> = {
    fresh: 0,
    woken: 0,
    stale: 0,
    still: 0,
    dark: 0,
    unknown: 0,
    asleep: 0,
    door: 0,
  };
  const placed = inScope.map((sign) => ({ sign, standing: standingOf(sign, scope) }));
  for (const { standing } of placed) counts[standing] += 1;
  const notShowing = placed
    .flatMap(({ sign, standing }) => {
      const why = whyNot(sign, standing, nowMs);
      return why === '' ? [] : [{ standing, signId: sign.signId, name: nameOf(sign), why }];
    })
    .toSorted(
      (one, other) =>
        WORST_FIRST.indexOf(one.standing) - WORST_FIRST.indexOf(other.standing) ||
        one.name.localeCompare(other.name, 'en'),
    )
    .map(({ signId, name, why }) => ({ signId, name, why }));
  const groups = scope.allSigns
    ? new Set(inScope.map(({ storeGroupId }) => storeGroupId)).size
    : scope.groups.size;
  return { signs: inScope.length - counts.door, groups, counts, notShowing };
}

const WORST_FIRST: readonly Standing[] = ['dark', 'unknown', 'still', 'asleep', 'door'];

function standingOf(sign: ListedSign, { audience, priority, drill }: Scope): Standing {
  const painted = sign.report?.painted ?? null;
  if (audience === 'staff' && (painted?.board ?? sign.settings.board) === 'door') return 'door';
  if (sign.state === 'dark' || sign.state === 'still' || painted?.asleep !== true) return sign.state;
  return priority === 'alarm' && !drill ? 'woken' : 'asleep';
}

function whyNot({ stateSinceMs }: ListedSign, standing: Standing, nowMs: number): string {
  const since = sinceWords(stateSinceMs, nowMs);
  switch (standing) {
    case 'fresh':
    case 'woken':
    case 'stale':
      return '';
    case 'still':
      return `Offline since ${since}. It shows it once it is back.`;
    case 'dark':
      return `Dark since ${since}.`;
    case 'unknown':
      return 'Not known what it shows.';
    case 'asleep':
      return 'Asleep by its schedule.';
    case 'door':
      return 'Its door board is for customers, and this is for staff.';
    default:
      return standing satisfies never;
  }
}

const STANDING_WORDS: Readonly<Record<Exclude<Standing, 'door'>, string>> = {
  fresh: 'showing what is true',
  woken: 'asleep and woken by it',
  stale: 'online, but not up to date',
  still: 'offline',
  dark: 'dark',
  unknown: 'not known',
  asleep: 'asleep',
};

/** `Reaches 12 signs of 3 groups: 10 showing what is true, 1 dark, 1 asleep. 2 door boards do not show it: it is for staff.` */
export function reachWords({ signs, groups, counts }: Reach, { allSigns }: Pick<Scope, 'allSigns'>): string {
  if (!allSigns && groups === 0) return 'Choose at least one group.';
  const doors =
    counts.door === 0
      ? ''
      : ` ${counted(counts.door, 'door board does', 'door boards do')} not show it: it is for staff.`;
  if (signs === 0)
    return counts.door === 0
      ? 'No sign is there now. One that comes while it stands shows it.'
      : `Reaches no sign now.${doors}`;
  const lead = `Reaches ${counted(signs, 'sign')} of ${counted(groups, 'group')}`;
  if (counts.fresh === signs) return `${lead}, ${signs === 1 ? '' : 'all '}showing what is true.${doors}`;
  const parts = STANDINGS.flatMap((standing) =>
    standing === 'door' || counts[standing] === 0 ? [] : [`${counts[standing]} ${STANDING_WORDS[standing]}`],
  );
  return `${lead}: ${parts.join(', ')}.${doors}`;
}
