import type { Level, LevelState, Limits } from './store-state.ts';

type Bounds = Pick<Limits, 'soft' | 'hard' | 'margin'>;

const RANKS: Readonly<Record<Level, number>> = { open: 0, nearly: 1, full: 2, over: 3 };
const WORST_FIRST: readonly Level[] = ['over', 'full', 'nearly'];

/** What a person is shown of a raw sum: drift may take the sum below 0, but no room holds fewer than nobody. */
export const shownCount = (rawCount: number, staff = 0): number => Math.max(0, rawCount - staff);

/** Places left if the count is too low by all of the margin. */
export const mayEnter = (count: number, { hard, margin }: Pick<Limits, 'hard' | 'margin'>): number =>
  Math.max(0, hard - count - margin);

/** Without memory. Full is where nobody more may enter. `over` accuses, so the margin does not lead there: the count itself must. */
export function levelOf(count: number, limits: Bounds): Level {
  return WORST_FIRST.find((level) => reaches(level, count, limits)) ?? 'open';
}

/**
 * The level after a count. It follows when the count has been on the far side of a threshold for the delay of its
 * direction. While it waits, a count that goes further the same way does not start the wait again: what is reached then
 * is the level of the count then.
 */
export function levelAfter(before: LevelState, count: number, limits: Limits, nowMs: number): LevelState {
  const { level, next } = before;
  const target = targetOf(level, count, limits);
  if (target === level) return next === null ? before : { level, next: null };
  const goesOn = next !== null && isRise(level, next.level) === isRise(level, target);
  // A clock that was set back must not make it wait longer.
  const sinceMs = goesOn ? Math.min(next.sinceMs, nowMs) : nowMs;
  if (nowMs - sinceMs >= delayMs(level, target, limits)) return { level: target, next: null };
  if (goesOn && next.level === target && next.sinceMs === sinceMs) return before;
  return { level, next: { level: target, sinceMs } };
}

/** When the level follows if the count stays as it is; null: it is where the count is. */
export const levelDueAtMs = ({ level, next }: LevelState, limits: Limits): number | null =>
  next === null ? null : next.sinceMs + delayMs(level, next.level, limits);

/** What was reached is kept down to its lower threshold; what is higher needs its upper one. */
function targetOf(level: Level, count: number, limits: Limits): Level {
  const whereItEnds: Bounds = { soft: limits.softDown, hard: limits.hardDown, margin: limits.margin };
  const isHeld = (candidate: Level) =>
    // Over has one threshold only: fewer than allowed is never over.
    candidate !== 'over' && !isRise(level, candidate) && reaches(candidate, count, whereItEnds);
  return WORST_FIRST.find((one) => reaches(one, count, limits) || isHeld(one)) ?? 'open';
}

function reaches(level: Level, count: number, { soft, hard, margin }: Bounds): boolean {
  if (level === 'over') return count > hard;
  return count + margin >= (level === 'full' ? hard : soft);
}

const isRise = (from: Level, to: Level): boolean => RANKS[to] > RANKS[from];

const delayMs = (from: Level, to: Level, { upAfterMs, downAfterMs }: Limits): number =>
  isRise(from, to) ? upAfterMs : downAfterMs;
