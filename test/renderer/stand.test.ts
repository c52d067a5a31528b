import { expect, test } from 'vitest';
import { standOf } from '../../renderer/sign/view/stand.ts';

const door = (name: string, silent = false) => ({ id: name.toLowerCase(), name, silent, ageMs: 2_000 });
const names = (doors: readonly { name: string }[]) => doors.map(({ name }) => name);

test('to four doors the count stands on them in the cloud’s order', () => {
  const doors = [door('A'), door('B', true), door('C'), door('D')];
  expect(standOf(doors, 'silent')).toMatchObject({ rest: null });
  expect(names(standOf(doors, 'silent').pieces)).toEqual(['A', 'B', 'C', 'D']);
});

test('of eight doors the silent ones come first, and the rest are one piece', () => {
  const doors = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((name) => door(name, name === 'G'));
  const { pieces, rest } = standOf(doors, 'silent');
  expect(names(pieces)).toEqual(['G', 'A', 'B']);
  expect(rest).toEqual({ count: 5, silent: false });
});

test('with more silent doors than pieces, the rest are silent too', () => {
  const doors = ['A', 'B', 'C', 'D', 'E'].map((name) => door(name, true));
  expect(standOf(doors, 'silent').rest).toEqual({ count: 2, silent: true });
});

test('whether a name and its age share a line does not change when the door falls silent', () => {
  const speaking = ['Street', 'Arcade', 'Garage'].map((name) => door(name));
  const silent = speaking.map((one) => ({ ...one, silent: true, ageMs: null }));
  expect(standOf(silent, 'silent').stacked).toEqual(standOf(speaking, 'silent').stacked);
  expect(standOf(speaking, 'silent').stacked).toEqual({ landscape: false, portrait: true });
});
