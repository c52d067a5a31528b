import { expect, test } from 'vitest';
import { messageRequestSchema } from '../../../../cloud/contracts/message-request.ts';
import { lettersSize } from '../../../../renderer/console/messages/letters-size.ts';
import {
  closingAtMs,
  isGrave,
  minutesOf,
  newDraft,
  problemOf,
  requestOf,
} from '../../../../renderer/console/messages/message-draft.ts';
import { aSnapshot } from '../../../support/glass-states.ts';
import { known, NOW_MS } from '../signs/known-signs.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const draft = { ...newDraft(['madrid'], true), text: '  Staff meeting\n at 15:30 ' };

const closing = (open: boolean, changesAtMs: number | null, group: string) => ({
  snapshot: aSnapshot({ content: { opening: { open, changesAtMs } } }),
  storeGroups: [group],
});

test('what is sent has the words in one line, its groups in order, and what was left empty is left out', () => {
  const request = requestOf({ ...draft, groups: new Set(['sants', 'madrid']) }, 60, 'Mara');
  expect(messageRequestSchema.parse(request)).toEqual({
    ...{ text: 'Staff meeting at 15:30', priority: 'note', audience: 'staff', drill: false },
    ...{ storeGroupIds: ['madrid', 'sants'], forMinutes: 60, by: 'Mara' },
  });
  expect(requestOf({ ...draft, allSigns: true, secondText: ' Hola ' }, 1, '')).toMatchObject({
    storeGroupIds: null,
    secondText: 'Hola',
  });
});

test('who may send to all starts with all signs, anybody else with what was asked for', () => {
  expect(newDraft([], true).allSigns).toBe(true);
  expect(newDraft([], false).allSigns).toBe(false);
  expect(newDraft(['madrid'], true)).toMatchObject({ allSigns: false, groups: new Set(['madrid']) });
});

test('a draft without words, groups or an end is not sent', () => {
  expect(problemOf({ ...draft, text: ' \n ' }, 60)?.field).toBe('text');
  expect(problemOf({ ...draft, groups: new Set() }, 60)?.field).toBe('groups');
  expect(problemOf({ ...draft, groups: new Set(), allSigns: true }, 60)).toBeUndefined();
  expect(problemOf(draft, null)?.field).toBe('minutes');
  expect(problemOf(draft, 60)).toBeUndefined();
});

test('a message may have as many letters as a person counts, whatever they are made of', () => {
  for (const letter of ['x', 'é', 'e\u0301', '語', '🧯', '👩‍🚒', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']) {
    const [full, over] = [letter.repeat(160), letter.repeat(161)];
    expect(problemOf({ ...draft, text: full, secondText: full }, 60)).toBeUndefined();
    expect(problemOf({ ...draft, text: over }, 60)?.words).toBe('Use at most 160 letters.');
    expect(problemOf({ ...draft, secondText: over }, 60)?.field).toBe('text');
    const request = requestOf({ ...draft, text: full, secondText: full }, 60, 'Mara');
    expect(messageRequestSchema.parse(request)).toMatchObject({ text: full, secondText: full });
    expect(messageRequestSchema.safeParse({ ...request, text: over }).success).toBe(false);
  }
});

test('a message until closing stands until the last open store of it closes', () => {
  const stores = [
    closing(true, NOW_MS + 2 * HOUR_MS, 'madrid'),
    closing(true, NOW_MS + 5 * HOUR_MS, 'sants'),
    closing(false, NOW_MS + 9 * HOUR_MS, 'sants'),
  ];
  expect(closingAtMs({ stores }, draft, NOW_MS)).toBe(NOW_MS + 2 * HOUR_MS);
  const closesAtMs = closingAtMs({ stores }, { ...draft, allSigns: true }, NOW_MS);
  expect(minutesOf({ span: 'until closing', minutes: '' }, closesAtMs, NOW_MS)).toBe(300);
});

test('nobody knows when closing is where no hours are told', () => {
  expect(closingAtMs(known, { ...draft, allSigns: true }, NOW_MS)).toBeNull();
  expect(minutesOf({ span: 'until closing', minutes: '' }, null, NOW_MS)).toBeNull();
});

test('minutes of one’s own are whole ones of at most a week', () => {
  const minutes = (said: string) => minutesOf({ span: 'other', minutes: said }, null, NOW_MS);
  expect(['30', '10080', '0', '10081', '1.5', '', 'x'].map(minutes)).toEqual([
    ...[30, 10_080],
    ...[null, null, null, null, null],
  ]);
});

test('only an alarm for everyone that is no drill is asked about once more', () => {
  const alarm = { ...draft, priority: 'alarm', audience: 'everyone' } as const;
  expect(isGrave(alarm)).toBe(true);
  expect(isGrave({ ...alarm, drill: true })).toBe(false);
  expect(isGrave({ ...alarm, audience: 'staff' })).toBe(false);
  expect(isGrave({ ...alarm, priority: 'warn' })).toBe(false);
});

test('the preview sets long words and long messages smaller, and never smaller than can be read', () => {
  const room = { width: 86, height: 30, largest: 11 };
  const sizes = ['Exit', 'Please leave by the nearest exit', 'x'.repeat(160)].map((text) =>
    lettersSize(text, '', room),
  );
  expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
  expect(sizes[0]).toBe(11);
  expect(sizes[2]).toBe(2.2);
});
