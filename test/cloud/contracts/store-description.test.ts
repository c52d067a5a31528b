import { describe, expect, test } from 'vitest';
import { storeDescriptionSchema } from '../../../cloud/contracts/store-description.ts';
import { calleMayor } from '../../support/calle-mayor.ts';

const problemsOf = (description: unknown) =>
  storeDescriptionSchema.safeParse(description).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('a time zone', () => {
  test.each(['Europe/Madrid', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+3'])(
    'may be %s',
    (timeZone) => {
      expect(problemsOf(calleMayor({ timeZone }))).toEqual([]);
    },
  );

  test.each(['JST', 'PST', 'IST', 'Mars/Olympus', '+01:00'])(
    '%s is refused: it is no place, or not the same place to everybody',
    (timeZone) => {
      expect(problemsOf(calleMayor({ timeZone }))).toEqual(['timeZone']);
    },
  );
});

test('a store whose ids and names would not fit on the wire is refused, and the doors are named', () => {
  const doors = Array.from({ length: 16 }, (_, index) => ({
    id: `entrance-${index}`,
    name: `Entrance number ${index}`,
    sensors: [],
  }));
  expect(problemsOf(calleMayor({ doors: doors.slice(0, 9) }))).toEqual([]);
  expect(problemsOf(calleMayor({ doors }))).toEqual(['doors']);
  // Sixteen doors are fine as long as they are called something short.
  const short = doors.map((door, index) => ({ ...door, id: `${index}`, name: `D${index}` }));
  expect(problemsOf(calleMayor({ doors: short }))).toEqual([]);
});
