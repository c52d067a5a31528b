/** The doors of the demonstration store, and the share of its customers that comes in through each. */
export const DOORS = [
  { id: 'street', name: 'Street', share: 0.6 },
  { id: 'arcade', name: 'Arcade', share: 0.4 },
] as const;
export type DoorId = (typeof DOORS)[number]['id'];

export const LIMITS = { soft: 52, hard: 60 } as const;

/** Somebody walks through a door. */
export type Passage = { readonly atMs: number; readonly doorId: DoorId; readonly direction: 'in' | 'out' };

export type Beginning = {
  readonly fromMs: number;
  /** People who are already in the store. */
  readonly inside: number;
  /** The store's local time as hours since midnight, 13.5 at half past one. */
  readonly hourAt: (atMs: number) => number;
  readonly random: () => number;
};

/** By hour: how many people the store then tends to hold, and how long half of them stay. Nights are short visits by few. */
const DAY = [
  { hour: 0, people: 9, minutes: 2 },
  { hour: 7, people: 9, minutes: 2 },
  { hour: 9, people: 9, minutes: 4 },
  { hour: 10.5, people: 29, minutes: 8 },
  { hour: 13, people: 43, minutes: 9 },
  { hour: 15.5, people: 30, minutes: 10 },
  { hour: 18.5, people: 51, minutes: 9 },
  { hour: 21, people: 24, minutes: 8 },
  { hour: 22.5, people: 10, minutes: 3 },
  { hour: 24, people: 9, minutes: 2 },
] as const;

const MINUTE_MS = 60_000;
/** A demonstration moves: after this long without a passage, somebody leaves early or drops in, as the hour has it. */
export const LONGEST_PAUSE_MS = 8_000;
/** How much the length of visits differs (sigma of a log-normal distribution). */
const SPREAD_OF_VISITS = 0.5;
const MEAN_OVER_MEDIAN = Math.exp(SPREAD_OF_VISITS ** 2 / 2);
const LEAVES_AS_CAME = 0.7;
const COMES_IN_ALTHOUGH_FULL = 0.3;
/** Beyond the hard limit by this many, nobody comes in. */
export const MOST_OVER_LIMIT = 4;
/** One day is busier than another. */
const BUSYNESS = { least: 0.9, most: 1.1 };

type Visit = { readonly cameBy: DoorId; readonly leavesAtMs: number };

/**
 * People coming and going, in order of time, without an end. They come as a Poisson process whose rate follows the day,
 * by thinning: candidates at the day's highest rate, each kept with the share that the hour has of it.
 */
export function* passagesOfDay({ fromMs, inside, hourAt, random }: Beginning): Generator<Passage, never> {
  const busyness = BUSYNESS.least + (BUSYNESS.most - BUSYNESS.least) * random();
  let visits: readonly Visit[] = Array.from({ length: inside }, () =>
    visit(doorBy(random), fromMs, random() * visitMs(hourAt(fromMs), random)),
  ).sort(byLeaving);
  let nowMs = fromMs;
  let lastMs = fromMs;
  let arrivesAtMs = nextArrivalMs(nowMs);
  for (;;) {
    const [first, ...others] = visits;
    const dueMs = Math.min(first?.leavesAtMs ?? arrivesAtMs, arrivesAtMs);
    const isHurried = dueMs > lastMs + LONGEST_PAUSE_MS;
    nowMs = Math.max(nowMs, isHurried ? lastMs + LONGEST_PAUSE_MS : dueMs);
    const leaves = isHurried ? visits.length > habitsAt(hourAt(nowMs)).people : dueMs !== arrivesAtMs;
    if (leaves && first) {
      visits = others;
      lastMs = nowMs;
      yield { atMs: nowMs, doorId: doorOut(first.cameBy, random), direction: 'out' };
      continue;
    }
    if (!isHurried) arrivesAtMs = nextArrivalMs(nowMs);
    if (isTurnedAway(visits.length, random)) continue;
    const came = visit(doorBy(random), nowMs, visitMs(hourAt(nowMs), random));
    visits = [...visits, came].sort(byLeaving);
    lastMs = nowMs;
    yield { atMs: nowMs, doorId: came.cameBy, direction: 'in' };
  }

  function nextArrivalMs(afterMs: number): number {
    let candidateMs = afterMs;
    do candidateMs += (-Math.log(1 - random()) * MINUTE_MS) / HIGHEST_RATE;
    while (random() * HIGHEST_RATE > busyness * arrivalsPerMinute(hourAt(candidateMs)));
    return candidateMs;
  }
}

const visit = (cameBy: DoorId, atMs: number, forMs: number): Visit => ({ cameBy, leavesAtMs: atMs + forMs });
const byLeaving = (one: Visit, other: Visit): number => one.leavesAtMs - other.leavesAtMs;

const doorBy = (random: () => number): DoorId => (random() < DOORS[0].share ? DOORS[0].id : DOORS[1].id);
const otherDoor = (doorId: DoorId): DoorId => (doorId === DOORS[0].id ? DOORS[1].id : DOORS[0].id);
const doorOut = (cameBy: DoorId, random: () => number): DoorId =>
  random() < LEAVES_AS_CAME ? cameBy : otherDoor(cameBy);

function isTurnedAway(inside: number, random: () => number): boolean {
  if (inside < LIMITS.hard) return false;
  return inside >= LIMITS.hard + MOST_OVER_LIMIT || random() >= COMES_IN_ALTHOUGH_FULL;
}

/** Log-normal around the hour's median (Box-Muller). */
function visitMs(hour: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return habitsAt(hour).minutes * MINUTE_MS * Math.exp(SPREAD_OF_VISITS * normal);
}

/** Little's law: people inside = people coming per minute x minutes they stay. */
const rate = ({ people, minutes }: { people: number; minutes: number }): number =>
  people / (minutes * MEAN_OVER_MEDIAN);
const arrivalsPerMinute = (hour: number): number => rate(habitsAt(hour));
const HIGHEST_RATE = BUSYNESS.most * Math.max(...DAY.map(rate));

function habitsAt(hour: number): { people: number; minutes: number } {
  const after = DAY.findIndex((habits) => habits.hour > hour);
  const next = DAY[after] ?? DAY[DAY.length - 1] ?? DAY[0];
  const before = DAY[after - 1] ?? DAY[0];
  const share = next.hour === before.hour ? 0 : (hour - before.hour) / (next.hour - before.hour);
  const between = (from: number, to: number): number => from + (to - from) * share;
  return { people: between(before.people, next.people), minutes: between(before.minutes, next.minutes) };
}
