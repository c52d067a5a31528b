import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../cloud/contracts/telemetry.ts';
import { sensorAfter, unflipped } from '../../../cloud/domain/occupancy.ts';
import { unheardSensor } from '../../../cloud/domain/sensor-state.ts';
import { aReading, NOON_MS } from '../../support/builders.ts';

/** What is counted when readings come in this order, each key once: as the ledger lets them through. */
function counted(readings: readonly Reading[]): { in: number; out: number } {
  const seen = new Set<string>();
  let state = unheardSensor('street-1');
  const sum = { in: 0, out: 0 };
  for (const reading of readings) {
    if (seen.has(reading.key)) continue;
    seen.add(reading.key);
    const after = sensorAfter(state, reading);
    state = after.state;
    sum.in += after.passage.in;
    sum.out += after.passage.out;
  }
  return sum;
}

const people = fc.record({ in: fc.nat(50), out: fc.nat(50) });
const passages = fc.array(people, { minLength: 1, maxLength: 30 });
const total = (all: readonly { in: number; out: number }[]) => ({
  in: all.reduce((sum, one) => sum + one.in, 0),
  out: all.reduce((sum, one) => sum + one.out, 0),
});

/** Running totals of a counter that starts at `first`. */
function totals(
  all: readonly { in: number; out: number }[],
  boot: string,
  first = { in: 0, out: 0 },
): Reading[] {
  let sum = first;
  return [{ in: 0, out: 0 }, ...all].map((one, sequence) => {
    sum = { in: sum.in + one.in, out: sum.out + one.out };
    return aReading({ kind: 'cumulative', boot, sequence, key: `s:${boot}:${sequence}`, ...sum });
  });
}

describe('increments', () => {
  test('count every person once, in whatever order and however often they are sent', () => {
    fc.assert(
      fc.property(
        passages,
        fc.array(fc.nat(), { maxLength: 60 }),
        fc.infiniteStream(fc.nat()),
        (all, repeats, order) => {
          const sent = all.map((one, sequence) => aReading({ ...one, sequence, key: `s:b1:${sequence}` }));
          const again = repeats.map((index) => sent[index % sent.length] as Reading);
          const ranked = [...sent, ...again].map((reading) => ({
            reading,
            rank: order.next().value as number,
          }));
          const shuffled = ranked.sort((a, b) => a.rank - b.rank).map(({ reading }) => reading);
          expect(counted(shuffled)).toEqual(total(all));
        },
      ),
    );
  });

  test('leave the totals of the same sensor alone: the two kinds never mix', () => {
    const baseline = sensorAfter(unheardSensor('street-1'), aReading({ kind: 'cumulative', in: 10, out: 4 }));
    const after = sensorAfter(baseline.state, aReading({ sequence: 2, in: 3 }));
    expect(after.state).toMatchObject({ totalIn: 10, totalOut: 4, sequence: 1 });
  });
});

describe('cumulative totals', () => {
  test('count every person although any reading but the newest is lost', () => {
    fc.assert(
      fc.property(passages, people, fc.array(fc.boolean()), (all, first, lost) => {
        const sent = totals(all, 'b1', first);
        const kept = sent.filter(
          (_, index) => index === 0 || index === sent.length - 1 || lost[index] !== true,
        );
        expect(counted(kept)).toEqual(total(all));
      }),
    );
  });

  test('count nobody twice when older ones arrive late', () => {
    fc.assert(
      fc.property(passages, (all) => {
        const [first, ...rest] = totals(all, 'b1');
        expect(counted([first as Reading, ...rest.reverse()])).toEqual(total(all));
      }),
    );
  });

  test('start again at 0 after a reboot, and count the people since', () => {
    fc.assert(
      fc.property(passages, passages, (before, after) => {
        const readings = [...totals(before, 'b1'), ...totals(after, 'b2')];
        expect(counted(readings)).toEqual(total([...before, ...after]));
      }),
    );
  });

  test('that shrink within a boot are taken as a counter set back to 0', () => {
    const readings = [100, 104, 3].map((sum, sequence) =>
      aReading({ kind: 'cumulative', sequence, key: `s:b1:${sequence}`, in: sum, out: 0 }),
    );
    expect(counted(readings)).toEqual({ in: 4 + 3, out: 0 });
  });

  test('of the boot before are late, however high they are, and add nobody', () => {
    const before = totals([{ in: 10, out: 4 }], 'b1', { in: 5_000, out: 5_000 });
    const after = totals([{ in: 3, out: 0 }], 'b2');
    const late = aReading({
      kind: 'cumulative',
      boot: 'b1',
      key: 's:b1:9',
      sequence: 9,
      in: 5_012,
      out: 5_004,
    });
    const more = aReading({ kind: 'cumulative', boot: 'b2', key: 's:b2:9', sequence: 9, in: 4, out: 0 });
    expect(counted([...before, ...after, late, more])).toEqual({ in: 10 + 3 + 1, out: 4 });
  });

  test.each([
    ['after a reboot', 'b2', 100_001, 0],
    ['of people leaving after a reboot', 'b2', 0, 100_001],
    ['after a reset within a boot', 'b1', 200_000, 0],
    ['from one message to the next', 'b1', 400_001, 0],
  ])('that leap by more than 100,000 %s are where counting starts, not people', (_, boot, entered, left) => {
    const first = aReading({ kind: 'cumulative', sequence: 1, in: 300_000, out: 0 });
    const leap = aReading({ kind: 'cumulative', boot, key: 'leap', sequence: 2, in: entered, out: left });
    const next = { ...leap, key: 'next', sequence: 3, in: entered + 2, out: left + 1 };
    expect(counted([first, leap, next])).toEqual({ in: 2, out: 1 });
  });

  test('of a new boot may be as many people as pass between two messages', () => {
    const first = aReading({ kind: 'cumulative', sequence: 1, in: 7, out: 7 });
    const restarted = aReading({ kind: 'cumulative', boot: 'b2', key: 'b2', in: 100_000, out: 0 });
    expect(counted([first, restarted])).toEqual({ in: 100_000, out: 0 });
  });

  test('of a counter seen for the first time are where counting starts, not people', () => {
    expect(counted([aReading({ kind: 'cumulative', in: 812_344, out: 811_990 })])).toEqual({ in: 0, out: 0 });
  });
});

test('a sensor is heard until the latest moment its readings speak of, not until the last to arrive', () => {
  const late = aReading({ sequence: 2, atMs: NOON_MS - 60_000 });
  const { state } = sensorAfter(sensorAfter(unheardSensor('street-1'), aReading()).state, late);
  expect(state.heardUntilMs).toBe(NOON_MS);
});

test('the IN of a flipped sensor is people leaving', () => {
  expect(unflipped({ in: 5, out: 2 }, true)).toEqual({ in: 2, out: 5 });
  expect(unflipped({ in: 5, out: 2 }, false)).toEqual({ in: 5, out: 2 });
});
