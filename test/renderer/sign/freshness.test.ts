import fc from 'fast-check';
import { expect, test } from 'vitest';
import { momentsAwake } from '../../../cloud/client/moment.ts';
import { CLOCKS_APART_MS } from '../../../cloud/domain/freshness.ts';
import { type Clocks, startStopwatch } from '../../../renderer/sign/stopwatch.ts';
import { played, type TimeParts } from '../../support/freshness/played-schedule.ts';
import { type Schedule, schedules } from '../../support/freshness/schedules.ts';

const momentBy = ({ wall, steady }: Clocks) => ({ monotonicMs: steady(), wallMs: wall() });
const REAL: TimeParts = {
  startStopwatch,
  moments: (clocks) => momentsAwake(() => momentBy(clocks)),
};
const byOneClock = (only: 'wall' | 'steady'): TimeParts => {
  const one = (clocks: Clocks): Clocks => ({ wall: clocks[only], steady: clocks[only] });
  return {
    startStopwatch: (clocks) => startStopwatch(one(clocks)),
    moments: (clocks) => REAL.moments(one(clocks)),
  };
};

const SCHEDULES = 10_000;

/**
 * What is wrong with the pictures of a schedule; nothing where they are honest. The bound: a figure that is drawn as live was
 * true `liveForMs` ago or less by the world's own time, but for the ms by which two clocks may part unseen each time that one
 * is set or the machine stops. How long the news took to come is within it: a sign takes a pull for as old as its question,
 * and a push for as late as it can have been. From a picture to the next one it is 1,001 ms at most.
 */
function wrongIn(schedule: Schedule, parts: TimeParts): string[] {
  const { liveForMs, steps } = schedule;
  const partings = steps.filter(({ kind }) => kind === 'wall clock' || kind === 'stops').length;
  const unseenMs = CLOCKS_APART_MS * partings;
  return played(schedule, parts).drawn.flatMap(({ freshness, told, ageMs, door, trueAgeMs }) => {
    const isLive = freshness === 'live' || freshness === 'ageing';
    const wrong: string[] = [];
    if (isLive && trueAgeMs > liveForMs + unseenMs) wrong.push(`${freshness} at the age of ${trueAgeMs}`);
    if (ageMs !== null && ageMs < trueAgeMs - unseenMs) wrong.push(`${ageMs} old, in truth ${trueAgeMs}`);
    if (told !== freshness) wrong.push(`told as ${told}, drawn as ${freshness}`);
    if (!isLive && door !== 'unknown') wrong.push(`a door ${door} while ${freshness}`);
    return wrong;
  });
}

test('no old number is shown as live or younger than it is, whatever clocks, networks and processes do', () => {
  fc.assert(
    fc.property(schedules, (schedule) => {
      const wrong = wrongIn(schedule, REAL);
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
    }),
    { numRuns: SCHEDULES },
  );
}, 60_000);

test('whatever went before, a sign that reaches its cloud shows the newest count as live again', () => {
  fc.assert(
    fc.property(schedules, (schedule) => {
      const { end, newest } = played(schedule, REAL);
      expect(end).toMatchObject({ ...newest, freshness: 'live', told: 'live' });
      expect(end?.door).not.toBe('unknown');
    }),
    { numRuns: SCHEDULES / 10 },
  );
}, 60_000);

// A property that nothing can break proves nothing.
test.each<[string, TimeParts]>([
  ['the wall clock alone, which may be set back', byOneClock('wall')],
  ['the steady clock alone, which may stand while the machine sleeps', byOneClock('steady')],
  [
    'both clocks, compared only from end to end, so that one that was set back hides a sleep',
    { ...REAL, moments: (clocks) => () => momentBy(clocks) },
  ],
])(
  'a sign that goes by %s is found out',
  (_, faulty) => {
    const found = fc.check(
      fc.property(schedules, (schedule) =>
        wrongIn(schedule, faulty).every((wrong) => !wrong.includes('live')),
      ),
      { numRuns: SCHEDULES, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  },
  60_000,
);
