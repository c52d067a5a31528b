import { expect, test } from 'vitest';
import type { ListedMessage } from '../../../../cloud/contracts/message.ts';
import type { Person } from '../../../../cloud/contracts/person.ts';
import {
  endTimeWords,
  endWords,
  headWords,
  inForceFor,
  mayTakeBack,
  paintedWords,
  scopeWords,
  writeLink,
} from '../../../../renderer/console/messages/message-words.ts';
import { aMessage } from '../../../browser/console/fake-messages.ts';
import { known, MINUTE_MS, NOW_MS } from '../signs/known-signs.ts';

const message = (difference: Partial<ListedMessage> = {}): ListedMessage =>
  aMessage({ sentAtMs: NOW_MS - MINUTE_MS, endsAtMs: NOW_MS + 12 * MINUTE_MS, ...difference });
const mara = (difference: Partial<Person> = {}): Person => ({
  ...{ personId: 'p-12345678', name: 'Mara', role: 'manager', storeIds: null },
  ...difference,
});
const takenBack = { by: 'Jonas', atMs: NOW_MS };

test('a message is over when its time is, or when somebody took it back', () => {
  expect(endWords(message(), NOW_MS)).toBe('12 min left');
  expect(endWords(message({ ended: takenBack }), NOW_MS)).toBe('taken back');
  expect(endTimeWords(message({ ended: takenBack }), NOW_MS)).toMatch(/^\d\d:\d\d, Jonas$/);
  expect(endWords(message({ endsAtMs: NOW_MS }), NOW_MS)).toBe('ran out');
});

test('a store hears of what stands on its own signs, and of what stands on all', () => {
  const messages = [
    message({ messageId: 'theirs', storeGroupIds: ['sants'] }),
    message({ messageId: 'ours', storeGroupIds: ['madrid', 'sants'] }),
    message({ messageId: 'all', storeGroupIds: null }),
    message({ messageId: 'over', storeGroupIds: null, ended: takenBack }),
  ];
  const ids = (groups: readonly string[] | null) =>
    inForceFor(messages, groups, NOW_MS).map(({ messageId }) => messageId);
  expect(ids(['madrid'])).toEqual(['ours', 'all']);
  expect(ids(null)).toEqual(['theirs', 'ours', 'all']);
});

test('where a message stands goes by the names of stores, and long lists are cut', () => {
  const scope = (storeGroupIds: string[] | null) => scopeWords({ storeGroupIds }, known);
  expect(scope(null)).toBe('All signs');
  expect(scope(['madrid', 'sants'])).toBe('Calle Mayor, Sants');
  expect(scope(['madrid', 'sants', 'all', 'gone'])).toBe('Calle Mayor, Sants and 2 more');
});

test('how many painted it is said of how many were meant', () => {
  expect(paintedWords({ painted: 9, meant: 12 })).toBe('9 of 12 signs');
  expect(paintedWords({ painted: 12, meant: 12 })).toBe('all 12 signs');
  expect(paintedWords({ painted: 1, meant: 1 })).toBe('1 of 1 sign');
  expect(paintedWords({ painted: 0, meant: 0 })).toBe('no sign');
});

test('only who may send to all of its groups takes a message back', () => {
  expect(mayTakeBack(message(), mara({ role: 'viewer' }), known)).toBe(false);
  expect(mayTakeBack(message({ storeGroupIds: null }), mara(), known)).toBe(true);
  const sants = mara({ storeIds: ['sants'] });
  expect(mayTakeBack(message({ storeGroupIds: null }), sants, known)).toBe(false);
  expect(mayTakeBack(message({ storeGroupIds: ['sants'] }), sants, known)).toBe(true);
  expect(mayTakeBack(message({ storeGroupIds: ['sants', 'elsewhere'] }), sants, known)).toBe(false);
});

test('the head counts what stands, and a link leads to writing to groups', () => {
  expect([0, 1, 2].map(headWords)).toEqual([
    'No message is on the signs.',
    '1 message is on the signs.',
    '2 messages are on the signs.',
  ]);
  expect(writeLink(['north', 'south'])).toBe('/console/messages?write=1&group=north&group=south');
});
