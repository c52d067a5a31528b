import { expect, test } from 'vitest';
import type { ShownMessage } from '../../../cloud/contracts/message.ts';
import { english } from '../../../renderer/design/strings/english.ts';
import { MessageTimes } from '../../../renderer/sign/view/message-times.ts';
import { type MessagePlace, messageStand, wakesGlass } from '../../../renderer/sign/view/messages-now.ts';
import { wordsLanguage } from '../../../renderer/sign/view/words-language.ts';
import { aMessage, DRILL, LOST_CHILD, saying, WARNING } from '../../browser/message-states.ts';
import { aSnapshot, following, remembered, SATURDAY_AFTERNOON_MS } from '../../support/glass-states.ts';

const LANDSCAPE = { widthPx: 1_920, heightPx: 1_080 };
const PORTRAIT = { widthPx: 1_080, heightPx: 1_920 };
const MANAGER: MessagePlace = {
  board: 'manager',
  glass: LANDSCAPE,
  isOver: false,
  isAsking: false,
  elapsedMs: 0,
};
const told = (...messages: readonly ShownMessage[]) => saying(following(aSnapshot()), ...messages);
const standOf = (messages: readonly ShownMessage[], place: Partial<MessagePlace> = {}) =>
  messageStand(told(...messages), { ...MANAGER, ...place });

test('the worst message stands on the glass and says how many more there are', () => {
  const stand = standOf([aMessage(), WARNING, DRILL, LOST_CHILD]);
  expect(stand).toMatchObject({ message: { messageId: 'm-alarm' }, form: 'full', more: 3 });
});

test('among equals the order of the cloud holds, and an alarm in earnest goes before a drill', () => {
  const newer = aMessage({ messageId: 'm-2' });
  expect(standOf([newer, aMessage()])?.message.messageId).toBe('m-2');
  expect(standOf([DRILL, LOST_CHILD])?.message.messageId).toBe('m-alarm');
});

test('an alarm takes the whole glass and a note a strip, whatever the board', () => {
  for (const board of ['manager', 'door', 'wall'] as const) {
    expect(standOf([DRILL], { board })?.form).toBe('full');
    expect(standOf([aMessage()], { board })?.form).toBe('strip');
  }
});

test('a warning takes the other column only where that is free and holds it', () => {
  const everyone = { ...WARNING, audience: 'everyone' } as const;
  expect(standOf([WARNING])?.form).toBe('column');
  expect(standOf([WARNING], { isOver: true })?.form, 'the alarm has it').toBe('band');
  expect(standOf([WARNING], { isAsking: true })?.form, 'an answer is asked for there').toBe('band');
  expect(standOf([WARNING], { glass: PORTRAIT })?.form).toBe('band');
  expect(standOf([WARNING], { board: 'wall' })?.form).toBe('band');
  expect(standOf([everyone], { board: 'door' })?.form).toBe('band');
  expect(standOf([{ ...WARNING, text: 'word '.repeat(20) }])?.form, 'too many words').toBe('band');
  expect(standOf([{ ...WARNING, text: 'x'.repeat(40) }])?.form, 'too long a word').toBe('band');
});

test('where there is no store to show, no message waits for the column of its board', () => {
  const bare = (message: ShownMessage) => messageStand(saying(following(), message), MANAGER)?.form;
  expect([WARNING, aMessage(), LOST_CHILD].map(bare)).toEqual(['band', 'strip', 'full']);
});

test('customers are told nothing that is for the staff', () => {
  expect(standOf([LOST_CHILD, WARNING], { board: 'door' })).toBeNull();
  expect(standOf([LOST_CHILD, aMessage()], { board: 'door' })).toMatchObject({ form: 'strip', more: 0 });
});

test('a message ends by itself, also when nothing more is heard', () => {
  const { endsInMs } = aMessage();
  expect(standOf([aMessage()], { elapsedMs: endsInMs - 1 })).not.toBeNull();
  expect(standOf([aMessage()], { elapsedMs: endsInMs })).toBeNull();
});

test('a sign that follows no store shows no message', () => {
  expect(messageStand(remembered(60_000, aSnapshot()), MANAGER)).toBeNull();
  expect(messageStand({ kind: 'starting', problem: null }, MANAGER)).toBeNull();
});

test('only an alarm in earnest that this board shows wakes a glass that is dark', () => {
  const wakes = (message: ShownMessage, board: MessagePlace['board'] = 'manager') =>
    wakesGlass(told(message), { board, elapsedMs: 0 });
  expect(wakes(LOST_CHILD)).toBe(true);
  expect(wakes(LOST_CHILD, 'door')).toBe(false);
  expect(wakes(DRILL)).toBe(false);
  expect(wakes(WARNING)).toBe(false);
  expect(wakes({ ...LOST_CHILD, endsInMs: 0 })).toBe(false);
});

test('until when a message stands is told by the clock of the cloud and the store', () => {
  const stores = [{ snapshot: aSnapshot(), trueAtMs: null }];
  const times = new MessageTimes();
  const at = (cloudNowMs: number | null, elapsedMs = 0, message = aMessage()) =>
    times.until(message, { stores, cloudNowMs, elapsedMs }, english);
  expect(at(SATURDAY_AFTERNOON_MS)).toBe('until 17:00');
  expect(at(SATURDAY_AFTERNOON_MS + 60_400, 60_000), 'told a little late').toBe('until 17:00');
  expect(at(SATURDAY_AFTERNOON_MS, 0, aMessage({ endsInMs: 24 * 3_600_000 }))).toMatch(/^until Sun.16:24$/);
  expect(at(null), 'nobody told the time').toBe('');
});

test('the letters of a message say how it is to be set', () => {
  expect(wordsLanguage('يرجى المغادرة')).toBe('ar');
  expect(wordsLanguage('出口へ')).toBe('ja');
  expect(wordsLanguage('Zum Ausgang')).toBe('');
});
