import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  forgottenTotals,
  type Outcome,
  type Passage,
  sensorAfter,
  type TimedReading,
  unflipped,
} from '../../../cloud/domain/occupancy.ts';
import { type SensorState, unheardSensor } from '../../../cloud/domain/sensor-state.ts';

const NOON_MS = Date.parse('2026-11-21T12:00:00+01:00');
const MINUTE_MS = 60_000;
const PEOPLE_PER_SECOND = 3;

type Difference = { sensorId?: string; line?: string; boot?: string; sequence?: number | null; at?: number };

/** `at`: minutes since noon, by a clock that is right. */
const common = ({ sensorId = 'street-1', line = '', boot = 'b1', sequence = null, at = 0 }: Difference) => ({
  ...{ sensorId, line, boot, sequence, key: '' },
  ...{ atMs: NOON_MS + at * MINUTE_MS, deviceAtMs: NOON_MS + at * MINUTE_MS, enqueuedAtMs: NOON_MS },
});
const increment = (entered: number, left: number, difference: Difference = {}): TimedReading => ({
  ...common(difference),
  kind: 'increment',
  in: entered,
  out: left,
});
const totals = (
  entered: number,
  left: number,
  difference: Difference & { wrapsAt?: number } = {},
): TimedReading => ({
  ...common(difference),
  kind: 'cumulative',
  in: entered,
  out: left,
  wrapsAt: difference.wrapsAt ?? null,
});
const people = (count: number, difference: Difference = {}): TimedReading => ({
  ...common(difference),
  kind: 'absolute',
  people: count,
});
/** Without a time of its own, it is true when the hub has it. */
const untimed = (reading: TimedReading): TimedReading => ({ ...reading, deviceAtMs: null });

function heard(readings: readonly TimedReading[], before = unheardSensor('street-1')) {
  const outcomes: Outcome[] = [];
  let state: SensorState = before;
  for (const reading of readings) {
    const after = sensorAfter(state, reading, PEOPLE_PER_SECOND);
    state = after.state;
    outcomes.push(after.outcome);
  }
  return { state, outcomes };
}
const outcomeOf = (readings: readonly TimedReading[]) => heard(readings).outcomes.at(-1);
const passagesOf = (outcomes: readonly Outcome[]): Passage =>
  sum(outcomes.flatMap((outcome) => (outcome.kind === 'passage' ? outcome : [])));
const counted = (readings: readonly TimedReading[]): Passage => passagesOf(heard(readings).outcomes);
const sum = (all: readonly Passage[]): Passage => ({
  in: all.reduce((most, one) => most + one.in, 0),
  out: all.reduce((most, one) => most + one.out, 0),
});

const NOBODY = { kind: 'passage', in: 0, out: 0 };
const walk = fc.array(fc.record({ in: fc.nat(50), out: fc.nat(50) }), { minLength: 1, maxLength: 30 });
/** The totals of a counter, one a minute; the first of them before anybody. */
function runningTotals(all: readonly Passage[], first: Passage, of: (difference: Difference) => Difference) {
  return [{ in: 0, out: 0 }, ...all].map((_, index) => {
    const until = sum([first, ...all.slice(0, index)]);
    return totals(until.in, until.out, of({ sequence: index, at: index }));
  });
}
const shuffled = <T>(all: readonly T[], order: fc.Stream<number>): T[] =>
  all
    .map((one) => ({ one, rank: order.next().value ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);

describe('increments', () => {
  test('count every person, in whatever order they come', () => {
    fc.assert(
      fc.property(walk, fc.infiniteStream(fc.nat()), (all, order) => {
        const sent = all.map((one, at) => increment(one.in, one.out, { at }));
        expect(counted(shuffled(sent, order))).toEqual(sum(all));
      }),
    );
  });

  test('of a line that gives totals are a sign of life and nobody more', () => {
    const both = [totals(10, 4), increment(3, 0, { at: 1 }), totals(13, 4, { at: 1 })];
    expect(counted(both)).toEqual({ in: 3, out: 0 });
    expect(heard(both.slice(0, 2)).state.heardUntilMs).toBe(NOON_MS + MINUTE_MS);
  });

  test('of another line count beside the totals', () => {
    expect(counted([totals(10, 4, { line: 'left' }), increment(3, 0, { line: 'right' })]).in).toBe(3);
  });

  test.each([
    ['2,700 within a quarter of an hour', 2_700, 15, NOBODY.kind],
    ['one more', 2_701, 15, 'implausible'],
    ['as many within half an hour', 2_701, 30, NOBODY.kind],
  ])('may be three a second: %s', (_, entered, at, kind) => {
    expect(outcomeOf([increment(0, 0), increment(entered, 0, { at })])?.kind).toBe(kind);
    expect(outcomeOf([increment(0, 0), increment(0, entered, { at })])?.kind).toBe(kind);
  });

  test('that nobody can believe are told, noted and not counted', () => {
    const { state, outcomes } = heard([increment(9_999, 0), increment(100_000, 1, { at: -5 })]);
    expect(outcomes.at(-1)).toEqual({ kind: 'implausible', in: 100_000, out: 1, atMost: 2_700 });
    expect(state).toMatchObject({ implausibleAtMs: NOON_MS, heardUntilMs: NOON_MS });
  });
});

describe('totals', () => {
  test('count every person although any of them but the newest are lost', () => {
    fc.assert(
      fc.property(walk, fc.array(fc.boolean()), (all, lost) => {
        const sent = runningTotals(all, { in: 800_000, out: 799_000 }, (one) => one);
        const kept = sent.filter((_, at) => at === 0 || at === sent.length - 1 || lost[at] !== true);
        expect(counted(kept)).toEqual(sum(all));
      }),
    );
  });

  test.each([
    ['by their sequence', (one: Difference) => one],
    [
      'by their times, where they have no sequence',
      (one: Difference) => ({ ...one, sequence: null, boot: '' }),
    ],
  ])('count nobody twice when older ones come late: told %s', (_, of) => {
    fc.assert(
      fc.property(walk, fc.infiniteStream(fc.nat()), (all, order) => {
        const [first, ...rest] = runningTotals(all, { in: 9_000, out: 0 }, of);
        if (first === undefined) return;
        expect(counted([first, ...shuffled(rest, order)])).toEqual(sum(all));
      }),
    );
  });

  test('without sequence and time are in the order in which they come', () => {
    const sent = [totals(5, 0), totals(9, 0, { at: 1 }), totals(3, 0, { at: 2 })].map(untimed);
    expect(counted(sent)).toEqual({ in: 4 + 3, out: 0 });
  });

  test('of a clock that is known to be wrong are in the order in which they come', () => {
    const clock = { skewMs: -3_600_000, newestMs: NOON_MS, lagging: null };
    const before = { ...unheardSensor('street-1'), clock };
    expect(heard([totals(5, 0), totals(9, 0, { at: -1 })], before).outcomes.at(-1)).toMatchObject({ in: 4 });
  });

  test('of a clock that stopped count as before: the same time is not older', () => {
    expect(counted([totals(5, 0), totals(9, 0), totals(11, 0)])).toEqual({ in: 6, out: 0 });
  });

  test('start again at 0 after a restart, and count the people since', () => {
    fc.assert(
      fc.property(walk, walk, (before, after) => {
        const first = runningTotals(before, { in: 70, out: 7 }, (one) => one);
        const second = runningTotals(after, { in: 0, out: 0 }, (one) => ({ ...one, boot: 'b2', at: 60 }));
        expect(counted([...first, ...second])).toEqual(sum([...before, ...after]));
      }),
    );
  });

  test('of the boot before are late, however high they are; of the one before that, by their time', () => {
    const boots = [totals(50, 0), totals(2, 0, { boot: 'b2', at: 9 }), totals(1, 0, { boot: 'b3', at: 19 })];
    const late = [totals(55, 0, { boot: 'b2', at: 20 }), totals(60, 0, { boot: 'b1', at: 8 })];
    expect(counted([...boots, ...late, totals(4, 0, { boot: 'b3', at: 21 })])).toEqual({ in: 2 + 4, out: 0 });
  });

  test('that shrink within a boot were set back to 0, both of them', () => {
    expect(counted([totals(100, 50), totals(104, 52, { at: 1 }), totals(3, 60, { at: 2 })])).toEqual({
      in: 4 + 3,
      out: 2 + 60,
    });
  });

  test('that wrap, and say at what, count as if they did not', () => {
    fc.assert(
      fc.property(walk, fc.nat(65_535), fc.nat(65_535), (all, entered, left) => {
        const sent = runningTotals(all, { in: entered, out: left }, (one) => one).map((one) =>
          one.kind === 'cumulative'
            ? { ...one, in: one.in % 65_536, out: one.out % 65_536, wrapsAt: 65_536 }
            : one,
        );
        expect(counted(sent)).toEqual(sum(all));
      }),
    );
  });

  test.each([
    ['where nobody said that they wrap', 65_530, {}],
    ['from below nine tenths of their range', 58_982, { wrapsAt: 65_536 }],
    ['from above all of their range', 65_537, { wrapsAt: 65_536 }],
  ])('that shrink %s have not wrapped', (_, before, wraps) => {
    expect(counted([totals(before, 0), totals(5, 0, { at: 1, ...wraps })])).toEqual({ in: 5, out: 0 });
  });

  test('of a counter seen for the first time are where counting starts, not people', () => {
    expect(outcomeOf([totals(812_344, 811_990)])).toEqual(NOBODY);
  });

  test('of a sensor that was nowhere for a while start anew, and its clock stays known', () => {
    const { state } = heard([totals(10, 4)]);
    const again = heard([totals(90, 30, { at: 9 }), totals(92, 30, { at: 10 })], forgottenTotals(state));
    expect(again.outcomes).toEqual([NOBODY, { kind: 'passage', in: 2, out: 0 }]);
    expect(forgottenTotals(state)).toEqual({ ...state, counters: [], heardUntilMs: null });
  });

  test.each([
    ['a minute, however soon they come', 180, 0],
    ['the time since the ones before', 1_800, 10],
  ])('may rise by three a second: %s', (_, most, at) => {
    for (const boot of ['b1', 'b2']) {
      const first = totals(0, 0);
      expect(outcomeOf([first, totals(most, most, { boot, at })])?.kind).toBe('passage');
      expect(outcomeOf([first, totals(most + 1, 0, { boot, at })])?.kind).toBe('implausible');
      expect(outcomeOf([first, totals(0, most + 1, { boot, at })])?.kind).toBe('implausible');
    }
  });

  test('that nobody can believe are where counting goes on', () => {
    const sent = [totals(10, 0), totals(400_000, 0, { at: 1 }), totals(400_002, 1, { at: 2 })];
    expect(counted(sent)).toEqual({ in: 2, out: 1 });
    expect(heard(sent).state.implausibleAtMs).toBe(NOON_MS + MINUTE_MS);
  });

  test('of several lines are compared with their own', () => {
    const left = (entered: number, at: number) => totals(entered, 5, { line: 'left', at });
    const right = (entered: number, at: number) => totals(entered, 9, { line: 'right', at });
    expect(counted([left(5, 0), right(90, 0), left(7, 1), right(94, 1)])).toEqual({ in: 2 + 4, out: 0 });
  });
});

describe('absolute counts', () => {
  test('make the sum of all changes the newest of them, in whatever order they come', () => {
    const times = fc.uniqueArray(fc.record({ at: fc.nat(600), count: fc.nat(90) }), {
      selector: ({ at }) => at,
      minLength: 1,
    });
    fc.assert(
      fc.property(times, (all) => {
        const changes = heard(all.map(({ at, count }) => people(count, { at }))).outcomes.map((outcome) =>
          outcome.kind === 'people' ? outcome.change : Number.NaN,
        );
        const newest = all.reduce((one, other) => (other.at > one.at ? other : one));
        expect(changes.reduce((total, change) => total + change, 0)).toBe(newest.count);
      }),
    );
  });

  test('of the same moment: the one that came later is right', () => {
    expect(outcomeOf([people(4), people(6)])).toEqual({ kind: 'people', change: 2 });
  });

  test('and totals of one line are two counters: neither hurries or delays the other', () => {
    const both = [people(5), totals(10, 0), people(6, { at: 10 }), totals(700, 0, { at: 10 })];
    expect(heard(both).outcomes).toEqual([
      { kind: 'people', change: 5 },
      NOBODY,
      { kind: 'people', change: 1 },
      { kind: 'passage', in: 690, out: 0 },
    ]);
  });
});

test('sensors do not know of each other: however their readings mingle, each counts the same', () => {
  fc.assert(
    fc.property(walk, walk, fc.infiniteStream(fc.boolean()), (one, other, turns) => {
      const first = runningTotals(one, { in: 5, out: 5 }, (of) => ({ ...of, sensorId: 'a' }));
      const second = other.map((passage, at) => increment(passage.in, passage.out, { sensorId: 'b', at }));
      const states = new Map<string, SensorState>();
      const outcomes: Outcome[] = [];
      while (first.length + second.length > 0) {
        const reading = turns.next().value === true ? first.shift() : second.shift();
        if (reading === undefined) continue;
        const before = states.get(reading.sensorId) ?? unheardSensor(reading.sensorId);
        const after = sensorAfter(before, reading, PEOPLE_PER_SECOND);
        states.set(reading.sensorId, after.state);
        outcomes.push(after.outcome);
      }
      expect(passagesOf(outcomes)).toEqual(sum([...one, ...other]));
    }),
  );
});

test('a sensor is heard until the latest moment its readings speak of, not until the last to arrive', () => {
  expect(heard([increment(0, 0), increment(1, 0, { at: -1 })]).state.heardUntilMs).toBe(NOON_MS);
});

test('the IN of a flipped sensor is people leaving', () => {
  expect(unflipped({ in: 5, out: 2 }, true)).toEqual({ in: 2, out: 5 });
  expect(unflipped({ in: 5, out: 2 }, false)).toEqual({ in: 5, out: 2 });
});
