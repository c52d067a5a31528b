import { expect, test } from 'vitest';
import { english } from '../../renderer/design/strings/english.ts';
import { spanish } from '../../renderer/design/strings/spanish.ts';
import { countWords } from '../../renderer/sign/view/count-words.ts';
import { localTime } from '../../renderer/sign/view/local-time.ts';
import { storeView } from '../../renderer/sign/view/store-view.ts';
import { freshnessWords } from '../../renderer/sign/view/wording.ts';
import { aSnapshot, SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';

const nowMs = SATURDAY_AFTERNOON_MS;
const time = localTime('en-GB', 'Europe/Madrid');

test('a count older than its proof allows is unknown as a state, to the millisecond', () => {
  const snapshot = aSnapshot({ ageMs: 2_000 });
  expect(storeView(snapshot, 88_000)).toMatchObject({ freshness: 'ageing', state: 'open' });
  expect(storeView(snapshot, 88_001)).toMatchObject({ freshness: 'stale', state: 'unknown' });
});

test('a store over its limit raises no alarm once the count is old', () => {
  const snapshot = aSnapshot({ count: 64 });
  expect(storeView(snapshot, 0).state).toBe('over');
  expect(storeView(snapshot, 200_000).state).toBe('unknown');
});

test('with every door silent no proof makes a count live', () => {
  expect(storeView(aSnapshot({ state: 'unknown', ageMs: 1_000 }), 0).freshness).toBe('stale');
});

test('a door is silent by the sign’s own clock too, without a word from the cloud', () => {
  const snapshot = aSnapshot({
    doors: [
      ['Street', 1_000],
      ['Arcade', 60_000],
      ['New', null],
    ],
  });
  expect(storeView(snapshot, 30_001).doors.map((door) => door.silent)).toEqual([false, true, true]);
});

test('only a live count is called live, in every language', () => {
  for (const strings of [english, spanish]) {
    const wordsAt = (elapsedMs: number) => freshnessWords(storeView(aSnapshot(), elapsedMs), strings).main;
    expect(wordsAt(0)).toMatch(/live|en vivo/);
    for (const elapsedMs of [60_000, 120_000, 3_600_000])
      expect(wordsAt(elapsedMs)).not.toMatch(/live|en vivo/);
  }
});

test('with one silent door the live ones are counted', () => {
  const snapshot = aSnapshot({
    doors: [
      ['Street', 2_000],
      ['Arcade', 400_000, true],
      ['Garage', 3_000],
    ],
  });
  const { main, detail } = freshnessWords(storeView(snapshot, 0), english);
  expect(main + detail).toBe('2 doors live, 2 s ago');
});

test('a stale count says as of when, not who may enter', () => {
  const snapshot = aSnapshot({ ageMs: 240_000 });
  const words = countWords(
    snapshot.content,
    storeView(snapshot, 0),
    { heardAtMs: nowMs - 240_000, nowMs, time },
    english,
  );
  expect(words).toMatchObject({ kind: 'figure', hollow: true, fresh: { main: '4 min ago' } });
  expect(words.kind === 'figure' && words.room.map((part) => part.text).join(' ')).toBe('as of 16:20');
});

test('how far a count may be off stands beside its limit, where there is room', () => {
  const limitOf = (difference: Parameters<typeof aSnapshot>[0]) => {
    const snapshot = aSnapshot(difference);
    const words = countWords(
      snapshot.content,
      storeView(snapshot, 0),
      { heardAtMs: nowMs, nowMs, time },
      english,
    );
    return words.kind === 'figure' ? words.limit : undefined;
  };
  expect(limitOf({ count: 47, margin: 4 })).toBe('±4 of 60');
  expect(limitOf({ count: 47, margin: 0 })).toBe('of 60');
  expect(limitOf({ count: 103, hard: 444, margin: 4 })).toBe('of 444');
});

test('an unknown count has no figure, only what was last known', () => {
  const snapshot = aSnapshot({ ageMs: 2_400_000 });
  const told = (heardAtMs: number) =>
    countWords(snapshot.content, storeView(snapshot, 0), { heardAtMs, nowMs, time }, english);
  expect(told(nowMs - 2_400_000)).toEqual({
    kind: 'unknown',
    title: 'No live count',
    detail: 'last known 38 at 15:44',
  });
  expect(told(nowMs - 86_400_000)).toMatchObject({ detail: 'last known 38 on 20 Nov' });
});

test('a store that was never heard does not show its zero', () => {
  const snapshot = aSnapshot({ count: 0, ageMs: null, state: 'unknown' });
  const words = countWords(
    snapshot.content,
    storeView(snapshot, 0),
    { heardAtMs: nowMs, nowMs, time },
    english,
  );
  expect(words).toMatchObject({ kind: 'unknown', detail: 'nothing heard yet' });
});
