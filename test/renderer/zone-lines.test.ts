import { expect, test } from 'vitest';
import { zoneLines } from '../../renderer/sign/view/zone-lines.ts';

const zone = (name: string, count: number, hard: number | null) => ({
  id: name,
  name,
  count,
  limits: hard === null ? null : { soft: hard, hard },
});
const told = (...zones: ReturnType<typeof zone>[]) => {
  const lines = zoneLines(zones);
  return [...lines.zones.map(({ name }) => name), lines.more];
};

test('to three zones stand in the owner’s order, whatever is in them', () => {
  expect(told(zone('ground', 1, 30), zone('upper', 20, 20), zone('lower', 5, null))).toEqual([
    'ground',
    'upper',
    'lower',
    0,
  ]);
  expect(told()).toEqual([0]);
});

test('of more zones the fullest are shown, by their own limits', () => {
  const zones = [zone('hall', 90, 100), zone('yard', 500, null), zone('café', 6, 5), zone('roof', 19, 20)];
  expect(told(...zones)).toEqual(['café', 'roof', 2]);
});
