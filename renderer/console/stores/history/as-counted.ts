import type { CorrectionRecord } from '../../../../cloud/contracts/correction.ts';
import type { HistoryStep } from '../../../../cloud/contracts/history.ts';

const HOUR_MS = 3_600_000;

export const dateOf = ({ startsAt }: Pick<HistoryStep, 'startsAt'>): string => startsAt.slice(0, 10);
export const hourOf = ({ startsAt }: Pick<HistoryStep, 'startsAt'>): number => Number(startsAt.slice(11, 13));

type Corrected = Pick<CorrectionRecord, 'by' | 'atMs' | 'before' | 'after'>;

/** What people changed; the daily reset belongs to the counting itself. */
export const byPeople = <T extends Corrected>(corrections: readonly T[]): readonly T[] =>
  corrections.filter(({ by, before, after }) => by !== null && after !== before);

/** How many would be inside at the end of each step, had nobody put the count right since that day began. */
export function asCounted(
  steps: readonly HistoryStep[],
  corrections: readonly Corrected[],
): readonly number[] {
  const resets = corrections.filter(({ by }) => by === null);
  let date = '';
  let changed = 0;
  return steps.map((step, index) => {
    if (dateOf(step) !== date) changed = 0;
    date = dateOf(step);
    const endsAtMs = steps[index + 1]?.startsAtMs ?? step.startsAtMs + HOUR_MS;
    const reset = resets
      .filter(({ atMs }) => atMs >= step.startsAtMs && atMs < endsAtMs)
      .reduce((sum, { before, after }) => sum + after - before, 0);
    changed += step.corrected - reset;
    return Math.max(0, step.count - changed);
  });
}
