import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Letter } from '../../../../cloud/local/signalr/deliver-letters.ts';
import type { Audience } from '../../../../cloud/local/signalr/hub-members.ts';
import { Outbox } from '../../../../cloud/local/signalr/outbox.ts';

const everyone: Audience = { kind: 'everyone' };
const madrid: Audience = { kind: 'group', name: 'madrid' };
const userMadrid: Audience = { kind: 'user', name: 'madrid' };

const unexpected = (cause: unknown) => expect(cause).toBe('nothing');

function anOutbox(mergedCharacters = 100) {
  const delivered: [Audience, string][] = [];
  const deliver = (letters: readonly Letter[]) =>
    void delivered.push(...letters.map(({ audience, records }): [Audience, string] => [audience, records]));
  return { outbox: new Outbox({ deliver, failed: unexpected, mergedCharacters }), delivered };
}

test('messages of one turn to the same audience travel together, and none overtakes another', async () => {
  const { outbox, delivered } = anOutbox();
  outbox.add(madrid, 'a');
  outbox.add({ kind: 'group', name: 'madrid' }, 'b');
  outbox.add(userMadrid, 'c');
  outbox.add(everyone, 'd');
  outbox.add(everyone, 'e');
  outbox.add(madrid, 'f');
  expect(delivered).toEqual([]);
  await nextTurn();
  expect(delivered).toEqual([
    [madrid, 'ab'],
    [userMadrid, 'c'],
    [everyone, 'de'],
    [madrid, 'f'],
  ]);
});

test('a frame grows no longer than agreed by merging', async () => {
  const { outbox, delivered } = anOutbox(4);
  for (const record of ['aa', 'bb', 'c', 'longer-than-a-frame', 'd']) outbox.add(everyone, record);
  await nextTurn();
  expect(delivered.map(([, records]) => records)).toEqual(['aabb', 'c', 'longer-than-a-frame', 'd']);
});

test('what is flushed is not sent again at the end of the turn', async () => {
  const { outbox, delivered } = anOutbox();
  outbox.add(everyone, 'a');
  outbox.flush();
  outbox.flush();
  await nextTurn();
  expect(delivered).toEqual([[everyone, 'a']]);
});

test('what excludes somebody travels alone, with whom it excludes', async () => {
  const delivered: unknown[] = [];
  const outbox = new Outbox({
    deliver: (letters) =>
      void delivered.push(...letters.map(({ records, excluded }) => [records, excluded && [...excluded]])),
    failed: unexpected,
    mergedCharacters: 100,
  });
  outbox.add(everyone, 'a');
  outbox.add(everyone, 'b', new Set(['one']));
  outbox.add(everyone, 'c');
  outbox.add(everyone, 'd');
  await nextTurn();
  expect(delivered).toEqual([
    ['a', undefined],
    ['b', ['one']],
    ['cd', undefined],
  ]);
});

test('what cannot be delivered is told of, and the next turn goes on', async () => {
  const failures: unknown[] = [];
  const delivered: string[] = [];
  const outbox = new Outbox({
    deliver: (letters) => {
      for (const { records } of letters) {
        if (records === 'bad') throw new Error('no way');
        delivered.push(records);
      }
    },
    failed: (cause) => failures.push(cause),
    mergedCharacters: 100,
  });
  outbox.add(everyone, 'bad');
  await nextTurn();
  outbox.add(everyone, 'good');
  await nextTurn();
  expect({ failures, delivered }).toEqual({ failures: [new Error('no way')], delivered: ['good'] });
});
