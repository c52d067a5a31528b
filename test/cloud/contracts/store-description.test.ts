import { describe, expect, test } from 'vitest';
import { storeDescriptionSchema } from '../../../cloud/contracts/store-description.ts';

/** As its owner writes it. */
const described = (difference: object) => ({
  name: 'Calle Mayor',
  timeZone: 'Europe/Madrid',
  limits: { soft: 52, hard: 60 },
  storeGroups: ['demo'],
  doors: [{ id: 'street', name: 'Street', sensors: [{ id: 'street-1' }] }],
  ...difference,
});

const problemsOf = (description: unknown) =>
  storeDescriptionSchema.safeParse(description).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('a time zone', () => {
  test.each(['Europe/Madrid', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+3'])(
    'may be %s',
    (timeZone) => {
      expect(problemsOf(described({ timeZone }))).toEqual([]);
    },
  );

  test.each(['JST', 'PST', 'IST', 'Mars/Olympus', '+01:00'])(
    '%s is refused: it is no place, or not the same place to everybody',
    (timeZone) => {
      expect(problemsOf(described({ timeZone }))).toEqual(['timeZone']);
    },
  );
});

test('a store whose ids and names would not fit on the wire is refused, and the doors are named', () => {
  const doors = Array.from({ length: 16 }, (_, index) => ({
    id: `entrance-${index}`,
    name: `Entrance number ${index}`,
    sensors: [],
  }));
  expect(problemsOf(described({ doors: doors.slice(0, 8) }))).toEqual([]);
  expect(problemsOf(described({ doors }))).toEqual(['doors']);
  // Sixteen doors are fine as long as they are called something short.
  const short = doors.map((door, index) => ({ ...door, id: `${index}`, name: `D${index}` }));
  expect(problemsOf(described({ doors: short }))).toEqual([]);
});

describe('zones and doors', () => {
  const zones = [
    { id: 'ground', name: 'Ground floor' },
    { id: 'upper', name: 'Upper floor' },
  ];
  const door = (difference: object) => ({ id: 'd', name: 'Door', sensors: [{ id: 'd-1' }], ...difference });

  test('a door joins two zones, or one and the street', () => {
    const doors = [door({}), { ...door({ into: 'upper', from: 'ground', sensors: [] }), id: 'stairs' }];
    expect(problemsOf(described({ zones, doors }))).toEqual([]);
  });

  test.each([
    ['a zone that is not there', { into: 'cellar' }],
    ['the same zone on both sides', { into: 'upper', from: 'upper' }],
    ['the first zone on both sides, once by leaving it out', { from: 'ground' }],
  ])('a door to %s is refused', (_, difference) => {
    expect(problemsOf(described({ zones, doors: [door(difference)] }))).toEqual(['doors']);
  });

  test.each(['street', 'store'])('a zone may not be called %s', (id) => {
    expect(problemsOf(described({ zones: [{ id, name: 'X' }] }))).toContain('zones.0.id');
  });

  test('a sensor stands at one place, or with another line at each', () => {
    const twice = (one: object, other: object) =>
      described({
        doors: [
          door({ sensors: [{ id: 'cam', ...one }] }),
          { ...door({ sensors: [{ id: 'cam', ...other }] }), id: 'e' },
        ],
      });
    expect(problemsOf(twice({ line: 'a' }, { line: 'b' }))).toEqual([]);
    expect(problemsOf(twice({ line: 'a' }, {}))).toEqual([]);
    expect(problemsOf(twice({ line: 'a' }, { line: 'a' }))).toEqual(['doors']);
    expect(problemsOf(twice({}, {}))).toEqual(['doors']);
  });

  test('a store without a door needs a zone that is measured', () => {
    const measured = [{ id: 'hall', name: 'Hall', sensors: [{ id: 'cam' }] }];
    expect(problemsOf(described({ doors: [], zones: measured }))).toEqual([]);
    expect(problemsOf(described({ doors: [], zones }))).toEqual(['doors']);
  });
});

test('a threshold for going down that lies above the one for going up is refused by its name', () => {
  const limits = { soft: 40, hard: 50, softDown: 41 };
  expect(problemsOf(described({ limits }))).toEqual(['limits.softDown']);
});

test('a daily reset is a time of day', () => {
  expect(problemsOf(described({ dailyReset: { at: '05:00' } }))).toEqual([]);
  expect(problemsOf(described({ dailyReset: null }))).toEqual([]);
  expect(problemsOf(described({ dailyReset: { at: '24:00' } }))).toEqual(['dailyReset.at']);
});
