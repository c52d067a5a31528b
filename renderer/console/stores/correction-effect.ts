import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { counted, numberWords } from '../view/words.ts';

/** What a person asks for while they type. `zone`: null where the store is one. */
export type Wish = {
  readonly kind: 'add' | 'set' | 'reset';
  readonly people: number | null;
  readonly zone: string | null;
};

/** What a reset sets the store to; null: not known so far. */
export type ResetTo = number | null;

/** The count of the store as it would be; null: not to be said before. */
export function countAfter(
  { kind, people, zone }: Wish,
  { count, zones }: SnapshotContent,
  resetTo: ResetTo = null,
): number | null {
  if (kind === 'reset') return resetTo;
  if (people === null) return null;
  if (kind === 'add') return Math.max(0, count + people);
  const before = zone === null ? count : (zones.find(({ id }) => id === zone)?.count ?? count);
  return Math.max(0, count - before + people);
}

/** What the signs will say, in words; empty while nothing is asked for. */
export function effectWords(
  wish: Wish,
  content: SnapshotContent,
  resetTo: ResetTo = null,
): readonly string[] {
  const after = countAfter(wish, content, resetTo);
  const reset = wish.kind === 'reset' ? resetWords(content, resetTo) : [];
  return after === null ? reset : [...reset, ...signWords(after, content)];
}

function resetWords({ count, zones }: SnapshotContent, resetTo: ResetTo): readonly string[] {
  const goesOn = 'Whoever passes from now on is counted on top.';
  if (resetTo === null) return ['The count is set to what the daily reset says, else to 0.', goesOn];
  const [first] = zones;
  const where =
    first === undefined || zones.length === 1
      ? ''
      : resetTo === 0
        ? ', in each zone'
        : `, all of them in ${first.name}`;
  return [`${numberWords(count)} inside become ${numberWords(resetTo)}${where}.`, goesOn];
}

function signWords(after: number, content: SnapshotContent): readonly string[] {
  const mayEnter = Math.max(0, content.limits.hard - content.margin - after);
  const said =
    mayEnter === content.mayEnter
      ? `The signs go on saying that ${numberWords(mayEnter)} more may enter.`
      : `The signs will say ${numberWords(mayEnter)} more may enter instead of ${numberWords(content.mayEnter)}.`;
  const state = stateWord(after, content);
  const before = stateWord(content.count, content);
  return [said, state === before ? `The state stays ${state}.` : `The state becomes ${state}.`];
}

/** The act and its value, for the button. */
export function actWords({ kind, people }: Wish, resetTo: ResetTo = null): string {
  if (kind === 'reset') return resetTo === null ? 'Reset the count' : `Reset to ${numberWords(resetTo)}`;
  if (people === null) return kind === 'add' ? 'Add' : 'Set';
  if (kind === 'set') return `Set to ${numberWords(people)}`;
  return people < 0
    ? `Take off ${counted(-people, 'person', 'people')}`
    : `Add ${counted(people, 'person', 'people')}`;
}

function stateWord(count: number, { limits: { soft, hard }, margin }: SnapshotContent): string {
  if (count > hard) return 'over the limit';
  if (count + margin >= hard) return 'full';
  return count >= soft ? 'nearly full' : 'open';
}
