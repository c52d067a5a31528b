import { describe, expect, test } from 'vitest';
import {
  batchesOf,
  DOOR_MINUTES_AT_ONCE,
  doorMinutes,
  startOfBacklog,
} from '../../build/demonstration/backlog.ts';
import { type Passage, passagesOfDay } from '../../build/demonstration/day.ts';
import { seededRandom } from '../../build/demonstration/seeded-random.ts';

const HOUR_MS = 3_600_000;
const at = (hour: number, minute = 0): number => new Date(2026, 10, 20, hour, minute).getTime();

const aPassage = (difference: Partial<Passage> = {}): Passage => ({
  atMs: at(12),
  doorId: 'street',
  direction: 'in',
  ...difference,
});

function dayUntil(untilMs: number, seed: number): readonly Passage[] {
  const hourAt = (atMs: number) => (atMs - at(0)) / HOUR_MS;
  const passages = passagesOfDay({ fromMs: at(9), inside: 0, hourAt, random: seededRandom(seed) });
  const past: Passage[] = [];
  for (let { value } = passages.next(); value.atMs < untilMs; { value } = passages.next()) past.push(value);
  return past;
}

describe('the day that counters catch up on', () => {
  test('starts at nine, but in the morning three hours ago', () => {
    expect(startOfBacklog(at(18))).toBe(at(9));
    expect(startOfBacklog(at(10))).toBe(at(10) - 3 * HOUR_MS);
    expect(startOfBacklog(at(1))).toBe(at(1) - 3 * HOUR_MS);
  });

  test('is told by the minute and by the door, as of the last who passed', () => {
    const minutes = doorMinutes([
      aPassage({ atMs: at(12) + 1_000 }),
      aPassage({ atMs: at(12) + 2_000, doorId: 'arcade' }),
      aPassage({ atMs: at(12) + 59_000, direction: 'out' }),
      aPassage({ atMs: at(12, 1) + 5_000 }),
    ]);
    expect(minutes).toEqual([
      { doorId: 'arcade', atMs: at(12) + 2_000, in: 1, out: 0 },
      { doorId: 'street', atMs: at(12) + 59_000, in: 1, out: 1 },
      { doorId: 'street', atMs: at(12, 1) + 5_000, in: 1, out: 0 },
    ]);
  });

  test('is sent in messages of one door each, none too long and nobody forgotten', () => {
    const minutes = doorMinutes(
      Array.from({ length: 700 }, (_, index) =>
        aPassage({ atMs: at(9) + index * 30_000, doorId: index % 3 === 0 ? 'arcade' : 'street' }),
      ),
    );
    const batches = batchesOf(minutes, 100);
    expect(Math.max(...batches.map((batch) => batch.minutes.length))).toBeLessThanOrEqual(100);
    for (const { doorId, minutes: told } of batches)
      expect(told.every((one) => one.doorId === doorId)).toBe(true);
    expect(batches.flatMap((batch) => batch.minutes).reduce((sum, one) => sum + one.in, 0)).toBe(700);
  });

  test('never fills the store on the way further than it was filled', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const past = dayUntil(at(18), seed);
      const counts = (steps: readonly { readonly in: number; readonly out: number }[]) => {
        let inside = 0;
        return steps.map((one) => (inside += one.in - one.out));
      };
      const lived = Math.max(...counts(past.map(({ direction }) => ({ in: 0, out: 0, [direction]: 1 }))));
      const told = Math.max(
        ...counts(batchesOf(doorMinutes(past), DOOR_MINUTES_AT_ONCE).flatMap(({ minutes }) => minutes)),
      );
      expect(told).toBeLessThanOrEqual(lived + 8);
    }
  });
});
