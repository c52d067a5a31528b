import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEVICES } from '../support/isolation/devices.ts';
import { PEOPLE_INSIDE } from '../support/isolation/marks.ts';
import { cellsOf, goneFunctions, unknownRoutes } from '../support/isolation/matrix.ts';
import { countsOf, type Matrix, openMatrix } from '../support/isolation/play-matrix.ts';
import { registeredRoutes } from '../support/isolation/routes.ts';
import { STRANGERS } from '../support/isolation/strangers.ts';

const routes = registeredRoutes();
const cells = cellsOf(routes);

describe('the matrix of who may call what', () => {
  test('knows every route that the functions app registers', () => {
    expect(unknownRoutes(routes)).toEqual([]);
    expect(goneFunctions(routes)).toEqual([]);
    expect(routes.length).toBeGreaterThan(0);
  });
});

describe('who is no person', () => {
  let matrix: Matrix;
  beforeAll(async () => {
    matrix = await openMatrix();
  });
  afterAll(() => matrix?.[Symbol.asyncDispose]());

  for (const [name, make] of Object.entries({ ...STRANGERS, ...DEVICES }))
    test(`${name} opens what is for it, and learns and changes nothing else by any route`, async () => {
      const outcomes = await matrix.play(await make(matrix.stage), cells);
      expect(outcomes.flatMap(({ faults }) => faults)).toEqual([]);
      expect(await countsOf(matrix)).toEqual(PEOPLE_INSIDE);
    });
});
