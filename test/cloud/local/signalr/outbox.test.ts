import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Audience } from '../../../../cloud/local/signalr/hub-members.ts';
import { Outbox } from '../../../../cloud/local/signalr/outbox.ts';

const everyone: Audience = { kind: 'everyone' };
const madrid: Audience = { kind: 'group', name: 'madrid' };
const userMadrid: Audience = { kind: 'user', name: 'madrid' };

function anOutbox(mergedCharacters = 100) {
  const delivered: [Audience, string][] = [];
  const deliver = (audience: Audience, records: string) => void delivered.push([audience, records]);
  return { outbox: new Outbox({ deliver, mergedCharacters }), delivered };
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
