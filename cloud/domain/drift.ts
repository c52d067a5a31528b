import type { DriftReport } from '../contracts/history.ts';
import type { DoorState } from './store-state.ts';

/** A store that ends a day with fewer people left than this, or a smaller part of all who came, balances well enough. */
const LEFT_AT_LEAST = 5;
const LEFT_AT_LEAST_PERCENT = 3;
/** A flip explains a day only if it takes away most of what was left, not just enough to get under the bounds above. */
const FLIP_LEAVES_AT_MOST = 1 / 4;
/** Where so many passages were counted, a door without any is more likely blind than unused. */
const BUSY_DAY_PASSAGES = 50;

type DriftDoor = Pick<DoorState, 'id' | 'name' | 'into' | 'from'>;
type DoorSum = { readonly doorId: string; readonly in: number; readonly out: number };
type Balance = { readonly in: number; readonly out: number };
type DoorDrift = DriftReport['doors'][number];
type Night = Omit<DriftReport, 'sentences'>;
/** `flipped`: each of them alone would explain the day. Of two doors, what one tells is always what the other does. */
type Suspicion =
  | { readonly kind: 'none' }
  | { readonly kind: 'flipped'; readonly doors: readonly DoorDrift[] }
  | { readonly kind: 'drifting'; readonly door: DoorDrift };

/**
 * What the counters of one day say about the doors. People may come in by one door and leave by another, so a door is
 * blamed only where the store as a whole does not balance. A door between two zones is no part of that balance; one
 * that is gone still is, with what it counted, but is not named.
 */
export function driftReport(day: string, doors: readonly DriftDoor[], sums: readonly DoorSum[]): DriftReport {
  const inner = new Set(doors.filter(({ from }) => from !== null).map(({ id }) => id));
  const all = balanceOf(sums.filter(({ doorId }) => !inner.has(doorId)));
  const night: Night = {
    day,
    ...all,
    left: leftOf(all),
    doors: doors
      .filter(({ from }) => from === null)
      .map(({ id, name }) => ({
        doorId: id,
        name,
        ...balanceOf(sums.filter(({ doorId }) => doorId === id)),
      })),
  };
  return { ...night, sentences: sentencesOf(night) };
}

/** The doors that somebody should look at because the store did not balance, the likeliest first. */
export function imbalancedDoors(report: DriftReport): readonly string[] {
  const suspicion = suspicionOf(report);
  if (suspicion.kind === 'none') return [];
  const doors = suspicion.kind === 'flipped' ? suspicion.doors : [suspicion.door];
  return doors.map(({ doorId }) => doorId);
}

const leftOf = (balance: Balance): number => balance.in - balance.out;

const balanceOf = (sums: readonly Balance[]): Balance => ({
  in: sums.reduce((people, sum) => people + sum.in, 0),
  out: sums.reduce((people, sum) => people + sum.out, 0),
});

function balances(balance: Balance): boolean {
  const left = Math.abs(leftOf(balance));
  return left < LEFT_AT_LEAST || left * 100 < LEFT_AT_LEAST_PERCENT * Math.max(balance.in, balance.out);
}

const ifFlipped = (night: Balance, door: Balance): Balance => ({
  in: night.in - door.in + door.out,
  out: night.out - door.out + door.in,
});

function suspicionOf(night: Night): Suspicion {
  if (balances(night)) return { kind: 'none' };
  const leftAfter = (door: DoorDrift) => Math.abs(leftOf(ifFlipped(night, door)));
  const flipped = night.doors
    .filter((door) => balances(ifFlipped(night, door)))
    .filter((door) => leftAfter(door) <= Math.abs(night.left) * FLIP_LEAVES_AT_MOST)
    .toSorted((a, b) => leftAfter(a) - leftAfter(b));
  if (flipped.length > 0) return { kind: 'flipped', doors: flipped };
  const drifting = night.doors
    .filter((door) => Math.sign(leftOf(door)) === Math.sign(night.left))
    .toSorted((a, b) => Math.abs(leftOf(b)) - Math.abs(leftOf(a)))[0];
  return drifting === undefined ? { kind: 'none' } : { kind: 'drifting', door: drifting };
}

function sentencesOf(night: Night): string[] {
  const suspicion = suspicionOf(night);
  const blind = night.in + night.out < BUSY_DAY_PASSAGES ? [] : night.doors.filter(countedNobody);
  const blindSentences = blind.map(
    ({ name }) => `${name} counted nobody all day: check that it sees the door.`,
  );
  if (suspicion.kind === 'flipped') return [flipSentence(night, suspicion.doors), ...blindSentences];
  // Who left by a blind door is missing at the others: it goes before them.
  if (suspicion.kind === 'drifting') {
    return [...blindSentences, driftSentence(suspicion.door), shareSentence(night, suspicion.door)];
  }
  return balances(night) ? blindSentences : [...blindSentences, `The day ended at ${signed(night.left)}.`];
}

const countedNobody = (door: Balance): boolean => door.in + door.out === 0;

function flipSentence(night: Night, doors: readonly DoorDrift[]): string {
  const names = either(doors.map(({ name }) => name));
  const ends = either(doors.map((door) => signed(leftOf(ifFlipped(night, door)))));
  const which = doors.length === 1 ? 'it' : 'that one';
  return `${names} seems to count the wrong way round: flip ${which} and the day ends at ${ends} instead of ${signed(night.left)}.`;
}

/** `a`, `a or b`, `a, b or c`; what is the same is said once. */
function either(words: readonly string[]): string {
  const different = [...new Set(words)];
  return [different.slice(0, -1).join(', '), ...different.slice(-1)]
    .filter((part) => part !== '')
    .join(' or ');
}

function driftSentence(door: DoorDrift): string {
  const [more, less] = leftOf(door) > 0 ? (['in', 'out'] as const) : (['out', 'in'] as const);
  if (door[less] === 0)
    return `${door.name} counts ${door[more]} people ${more} and nobody ${less}: check its direction.`;
  const percent = Math.max(1, Math.round((100 * (door[more] - door[less])) / door[less]));
  return `${door.name} counts ${percent} % more people ${more} than ${less}: check its direction.`;
}

/** Stands right after the sentence that names the door. */
function shareSentence({ left }: Night, door: DoorDrift): string {
  const ended = `The day ended at ${signed(left)}`;
  const share = Math.abs(leftOf(door));
  if (share > Math.abs(left)) return `${ended}; this door alone is at ${signed(leftOf(door))}.`;
  return `${ended}, ${share === Math.abs(left) ? 'all' : share} of it from this door.`;
}

/** With a real minus sign. */
const signed = (people: number): string => (people < 0 ? `−${-people}` : String(people));
