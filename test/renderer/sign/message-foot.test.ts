import { expect, test } from 'vitest';
import type { Snapshot } from '../../../cloud/contracts/snapshot.ts';
import { english } from '../../../renderer/design/strings/english.ts';
import { type FootMoment, messageFoot } from '../../../renderer/sign/view/message-foot.ts';
import { closed, leaving, shop } from '../../browser/board-states.ts';
import { aSnapshot, SATURDAY_AFTERNOON_MS } from '../../support/glass-states.ts';

const at = (...snapshots: readonly Snapshot[]): FootMoment => ({
  stores: snapshots.map((snapshot) => ({
    snapshot,
    trueAtMs: SATURDAY_AFTERNOON_MS - (snapshot.proof.ageMs ?? 0),
  })),
  remembered: false,
  elapsedMs: 0,
  nowMs: SATURDAY_AFTERNOON_MS,
  cloudNowMs: SATURDAY_AFTERNOON_MS,
});
const MANAGER = { board: 'manager', strings: english, words: {} } as const;
const DOOR = { ...MANAGER, board: 'door' } as const;
const WALL = { ...MANAGER, board: 'wall' } as const;
const wordsOf = (foot: ReturnType<typeof messageFoot>) => (foot === null ? null : foot.strong + foot.plain);

test('under an alarm the staff see how many are inside, and that it is live', () => {
  const foot = messageFoot(at(aSnapshot()), MANAGER);
  expect(wordsOf(foot)).toBe('38 inside, live');
  expect(foot?.strip).toMatchObject({ count: 38, limit: 60, drawn: 'solid' });
});

test('over the limit is told in words and shape', () => {
  const foot = messageFoot(at(aSnapshot({ count: 64 })), MANAGER);
  expect(foot?.shape).toBe('octagon');
  expect(wordsOf(foot)).toBe('Over limit, 64 of 60 inside, live');
});

test('an old count is told with its time and drawn hollow, and one that is not known has no figure', () => {
  const old = messageFoot(at(aSnapshot({ ageMs: 240_000 })), MANAGER);
  expect(wordsOf(old)).toBe('38 inside, as of 16:20');
  expect(old?.strip?.drawn).toBe('hollow');
  const unknown = messageFoot(at(aSnapshot({ ageMs: 3_600_000 })), MANAGER);
  expect(wordsOf(unknown)).toBe('No live count');
  expect(unknown?.strip?.drawn).toBe('hatched');
});

test('a door that is silent is not called live', () => {
  const doors = [
    ['Street', 2_000],
    ['Arcade', 400_000, true],
  ] as const;
  expect(wordsOf(messageFoot(at(aSnapshot({ doors })), MANAGER))).toBe('38 inside, 1 door live');
});

test('under an alarm no customer is asked in or bidden to wait, whatever words the operator gave', () => {
  const words = { open: 'Come on in', nearly: 'Be quick', full: 'Please ring' };
  for (const wishes of [DOOR, { ...DOOR, words }]) {
    const open = messageFoot(at(aSnapshot()), wishes);
    expect(wordsOf(open)).toBe('38 inside, live');
    expect(open).toMatchObject({ shape: null, strip: { count: 38, limit: 60, drawn: 'solid' } });
    expect(wordsOf(messageFoot(at(aSnapshot({ count: 56 })), wishes))).toBe('56 inside, live');
    const full = messageFoot(at(leaving(aSnapshot({ count: 60 }), 2)), wishes);
    expect(wordsOf(full)).toBe('Full, 60 inside, live');
    expect(full?.shape).toBe('octagon');
    expect(wordsOf(messageFoot(at(aSnapshot({ count: 64 })), wishes))).toBe('Full, 64 inside, live');
  }
});

test('under an alarm a door whose count is partly known says what is live of it', () => {
  const doors = [
    ['Street', 2_000],
    ['Arcade', 400_000, true],
  ] as const;
  expect(wordsOf(messageFoot(at(aSnapshot({ doors, margin: 4 })), DOOR))).toBe('38 inside, 1 door live');
});

test('under an alarm customers see that a store is closed, or that its count is not known', () => {
  const old = messageFoot(at(aSnapshot({ ageMs: 240_000 })), DOOR);
  expect(wordsOf(old)).toBe('Please ask our staff, No live count right now');
  expect(old?.strip?.drawn).toBe('hatched');
  expect(wordsOf(messageFoot(at(closed()), DOOR))).toMatch(/^Closed, opens Sun.10:00$/);
});

test('of many stores the one that is over its limit is told of, by its name', () => {
  const [fine, worse, worst] = [
    shop('Sants', { count: 8 }),
    shop('Puerto', { count: 64 }),
    shop('Triana', { count: 70 }),
  ];
  expect(messageFoot(at(fine, worse), WALL)).toMatchObject({ name: 'Puerto', strong: 'Over limit' });
  expect(wordsOf(messageFoot(at(fine, worse, worst), WALL))).toBe(
    'Over limit, 64 of 60 inside, live, and 1 more',
  );
  expect(messageFoot(at(fine, shop('Alameda', { count: 60 })), WALL)).toMatchObject({ name: 'Sants' });
});

test('a group without stores has nothing to tell', () => {
  expect(messageFoot(at(), MANAGER)).toBeNull();
});
