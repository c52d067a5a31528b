import type { StoreDescriptionInput } from '../../cloud/contracts/store-description.ts';
import { calleMayor } from '../support/calle-mayor.ts';

/** What a sensor says once, under a name that stays the same however often it is sent; and who passed by it. */
export type Said = { readonly body: string; readonly in: number; readonly out: number };

/** Makes what a sensor says next. */
export type Counter = { next(): Said; restart(): void };

type Random = () => number;

const limits = { soft: 900_000, hard: 999_999 };

/** Two stores: one with two zones, an inner door and a sensor that is flipped; one with a sensor that gives totals. */
export const STORES: Readonly<Record<string, StoreDescriptionInput>> = {
  'calle-mayor': {
    ...calleMayor({ limits }),
    zones: [
      { id: 'hall', name: 'Hall' },
      { id: 'cellar', name: 'Cellar' },
    ],
    doors: [
      { id: 'street', name: 'Street', into: 'hall', sensors: [{ id: 'street-1' }] },
      { id: 'yard', name: 'Yard', into: 'cellar', sensors: [{ id: 'yard-1', flipped: true }] },
      { id: 'stairs', name: 'Stairs', into: 'cellar', from: 'hall', sensors: [{ id: 'stairs-1' }] },
    ],
  },
  station: {
    ...calleMayor({ name: 'Station', limits }),
    doors: [{ id: 'gate', name: 'Gate', sensors: [{ id: 'gate-1' }] }],
  },
};

export const COUNTERS: Readonly<Record<string, (random: Random) => Counter>> = {
  'street-1': increments,
  'yard-1': increments,
  'stairs-1': increments,
  'gate-1': totals,
};

/** People by the sensors' own idea of in and out, by sensor. */
export type Passed = Readonly<Record<string, { readonly in: number; readonly out: number }>>;

/** How many are in each zone of each store once so many have passed. */
export function peopleAfter(passed: Passed): Readonly<Record<string, number>> {
  const net = (sensorId: string) => (passed[sensorId]?.in ?? 0) - (passed[sensorId]?.out ?? 0);
  return {
    'calle-mayor hall': net('street-1') - net('stairs-1'),
    'calle-mayor cellar': net('stairs-1') - net('yard-1'),
    'station store': net('gate-1'),
  };
}

/** More come than go, or the count would spend its time below nobody. */
const passage = (random: Random) => ({ in: Math.floor(random() * 4), out: Math.floor(random() * 3) });

function increments(random: Random): Counter {
  let boot = 1;
  let sequence = 0;
  return {
    next() {
      sequence += 1;
      const people = passage(random);
      return { ...people, body: JSON.stringify({ ...people, boot: `b${boot}`, sequence }) };
    },
    restart() {
      boot += 1;
      sequence = 0;
    },
  };
}

/** A counter that was there before: its first totals are nobody, and after a restart they begin at 0. */
function totals(random: Random): Counter {
  let boot = 1;
  let sequence = 0;
  let isFirst = true;
  const total = { in: 812_300, out: 811_900 };
  return {
    next() {
      const people = isFirst ? { in: 0, out: 0 } : passage(random);
      isFirst = false;
      sequence += 1;
      total.in += people.in;
      total.out += people.out;
      return {
        ...people,
        body: JSON.stringify({ kind: 'cumulative', ...total, boot: `b${boot}`, sequence }),
      };
    },
    restart() {
      boot += 1;
      sequence = 0;
      total.in = 0;
      total.out = 0;
    },
  };
}
