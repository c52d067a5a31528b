import { expect, test } from 'vitest';
import {
  dropMessageDraft,
  keepMessageDraft,
  keptMessageDraft,
} from '../../../../renderer/console/messages/kept-message-draft.ts';
import { newDraft } from '../../../../renderer/console/messages/message-draft.ts';

const MARA = { personId: 'p-12345678', askedFor: [] };
const FRESH = newDraft([], true);
const WRITTEN = {
  ...FRESH,
  ...{ text: 'Till 4 is closed', priority: 'warn' as const, span: 'other' as const, minutes: '45' },
  ...{ allSigns: false, groups: new Set(['madrid', 'sants']) },
};

function shelf(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
}

test('what was written is there again as it was, for who wrote it', () => {
  const tab = shelf();
  keepMessageDraft(WRITTEN, MARA, tab);
  expect(keptMessageDraft(FRESH, MARA, tab)).toEqual(WRITTEN);
  expect(keptMessageDraft(FRESH, { ...MARA, personId: 'p-87654321' }, tab)).toBeUndefined();
  dropMessageDraft(tab);
  expect(keptMessageDraft(FRESH, MARA, tab)).toBeUndefined();
});

test('without words there is nothing to keep', () => {
  const tab = shelf();
  keepMessageDraft(WRITTEN, MARA, tab);
  keepMessageDraft({ ...WRITTEN, text: ' \n' }, MARA, tab);
  expect(keptMessageDraft(FRESH, MARA, tab)).toBeUndefined();
});

test('who comes back for other groups writes the same words to those', () => {
  const tab = shelf();
  keepMessageDraft(WRITTEN, { ...MARA, askedFor: ['madrid'] }, tab);
  const fresh = newDraft(['berlin'], true);
  expect(keptMessageDraft(fresh, { ...MARA, askedFor: ['berlin'] }, tab)).toEqual({
    ...WRITTEN,
    groups: new Set(['berlin']),
  });
  expect(keptMessageDraft(fresh, { ...MARA, askedFor: ['madrid'] }, tab)?.groups).toEqual(WRITTEN.groups);
});

test('a shelf that is full, or holds something else, keeps nobody from writing', () => {
  const full = {
    ...shelf(),
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  keepMessageDraft(WRITTEN, MARA, full);
  for (const text of ['{', '[]', '{"personId":"p-12345678","text":7}']) {
    expect(keptMessageDraft(FRESH, MARA, { ...shelf(), getItem: () => text })).toBeUndefined();
  }
});
