import { afterAll, beforeAll, expect, test } from 'vitest';
import { MARKS, PEOPLE_INSIDE } from '../support/isolation/marks.ts';
import { cellsOf, type Outcome } from '../support/isolation/matrix.ts';
import { OWNER_NAME, PEOPLE } from '../support/isolation/people.ts';
import { countsOf, type Matrix, openMatrix } from '../support/isolation/play-matrix.ts';
import { registeredRoutes } from '../support/isolation/routes.ts';

/** They answer with nothing of any store, whoever asks. */
const TELL_NOTHING = ['health', 'whoAmI', 'drift', 'openApi', 'docs'];

const cells = cellsOf(registeredRoutes());
let matrix: Matrix;
let ofOwner: readonly Outcome[] = [];
beforeAll(async () => {
  matrix = await openMatrix();
});
afterAll(() => matrix?.[Symbol.asyncDispose]());

for (const [name, make] of Object.entries(PEOPLE))
  test(`${name} opens what is theirs, and learns and changes nothing of others by any route`, async () => {
    const outcomes = await matrix.play(await make(matrix.stage), cells);
    if (name === OWNER_NAME) ofOwner = outcomes;
    expect(outcomes.flatMap(({ faults }) => faults)).toEqual([]);
    expect(await countsOf(matrix)).toEqual(PEOPLE_INSIDE);
  });

test('there was something to learn: who may see all is told of the marked store by each route that reads', () => {
  const read = ofOwner.filter(
    ({ cell: { route, aim }, expected }) =>
      route.method === 'GET' && expected === 'opens' && (aim === 'none' || aim === 'bravo'),
  );
  const silent = read
    .filter(({ answer }) => !answer.includes(MARKS.bravo))
    .map(({ cell }) => cell.route.name);
  expect(new Set(silent.filter((name) => !TELL_NOTHING.includes(name)))).toEqual(new Set());
  expect(read.length).toBeGreaterThan(0);
});
