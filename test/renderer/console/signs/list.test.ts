import { describe, expect, test } from 'vitest';
import { signCauseSchema } from '../../../../cloud/contracts/fleet.ts';
import { causeWords } from '../../../../renderer/console/signs/cause-words.ts';
import { listKey } from '../../../../renderer/console/signs/list-keys.ts';
import {
  countsByState,
  darkOfGroup,
  groupingOf,
  listedSections,
} from '../../../../renderer/console/signs/sign-list.ts';
import { summaryOf } from '../../../../renderer/console/signs/sign-words.ts';
import { heldOrder, rowsToMove } from '../../../../renderer/console/view/held-order.ts';
import { aSign, darkSign, known, MINUTE_MS, NOW_MS, staleSign, waitingSign } from './known-signs.ts';

/** `abc`: three rows of one section. */
const rows = (ids: string) => [...ids].map((id) => ({ id, section: '' }));
const ALL = { text: '', state: null };
const names = (signs: readonly { name: string }[]) => signs.map(({ name }) => name);
const fleet = [aSign('Main'), staleSign('Front'), darkSign('Passage'), waitingSign('New')];

describe('the summary', () => {
  test('says how many of those with a place confirmed a fresh figure', () => {
    expect(summaryOf(fleet)).toBe(
      '1 of 3 confirmed a fresh figure from their own glass. 1 waits for a place.',
    );
  });
  test('counts no sign as fresh that has not confirmed its group', () => {
    expect(summaryOf([aSign('Main', { confirmed: false })])).toBe(
      '0 of 1 confirmed a fresh figure from its own glass.',
    );
  });
  test('says when there is none', () => {
    expect(summaryOf([])).toBe('No sign is here yet.');
    expect(summaryOf([waitingSign()])).toBe('No sign has a place yet. 1 waits for a place.');
  });
});

describe('the list', () => {
  test('has the worst first, and the longest so before the others', () => {
    const older = darkSign('Older', { stateSinceMs: NOW_MS - 90 * MINUTE_MS });
    expect(names(listedSections([...fleet, older], ALL, known).placed)).toEqual([
      'Older',
      'Passage',
      'Front',
      'Main',
    ]);
  });
  test('keeps signs without a place apart', () => {
    expect(names(listedSections(fleet, ALL, known).waiting)).toEqual(['New']);
  });
  test('leaves out what was revoked', () => {
    const revoked = aSign('Gone', { revokedAtMs: NOW_MS });
    expect(listedSections([revoked], ALL, known)).toEqual({ placed: [], waiting: [] });
    expect(countsByState([revoked]).fresh).toBe(0);
  });
  test('is found by name, store, group, board and version', () => {
    for (const text of ['passage', 'calle mayor', 'MADRID', 'manager passage', '0.1.0']) {
      expect(names(listedSections(fleet, { ...ALL, text }, known).placed)).toContain('Passage');
    }
    expect(listedSections(fleet, { ...ALL, text: 'sants' }, known).placed).toEqual([]);
  });
  test('offers the dark ones of a group to be replaced, the longest dark first', () => {
    const older = darkSign('Older', { stateSinceMs: 0 });
    const elsewhere = darkSign('Elsewhere', { storeGroupId: 'sants' });
    expect(names(darkOfGroup([...fleet, older, elsewhere], 'madrid'))).toEqual(['Older', 'Passage']);
  });
});

describe('the causes', () => {
  const cutOff = darkSign('Passage', { cause: 'network' });
  const alsoCutOff = darkSign('Cellar', { cause: 'network' });
  const unplugged = darkSign('Front', { cause: 'unplugged' });
  const well = aSign('Main', { cause: 'none' });
  const before = aSign('Old');
  const all = [well, cutOff, unplugged, alsoCutOff, before];
  const grouped = listedSections(all, { ...ALL, by: 'cause' }, known).placed;

  test('are found by their words, and a well sign by none of them', () => {
    const found = (text: string) => names(listedSections(all, { ...ALL, text }, known).placed).sort();
    expect(found('store cut off')).toEqual(['Cellar', 'Passage']);
    expect(found('NO POWER')).toEqual(['Front']);
    expect(found('cut off power')).toEqual([]);
  });
  test('are headings over all of their signs, and those with nothing wrong come last', () => {
    const headings = grouped.map((sign) => groupingOf(sign, 'cause', known));
    expect(headings).toEqual([
      'No power or own cable out',
      ...['Store cut off', 'Store cut off'],
      ...['Nothing is wrong', 'Nothing is wrong'],
    ]);
    expect(names(grouped).slice(1, 3)).toEqual(['Cellar', 'Passage']);
  });
  test.each(signCauseSchema.options.filter((cause) => cause !== 'none'))(
    'have words of their own, that are a heading and say no more: %s',
    (cause) => {
      expect(causeWords({ cause })).toMatch(/^[A-Z][a-z ]{3,25}$/);
      const same = signCauseSchema.options.filter(
        (other) => causeWords({ cause: other }) === causeWords({ cause }),
      );
      expect(same).toEqual([cause]);
    },
  );
});

describe('while somebody points at the list', () => {
  test('rows stay where they are and new ones go to the end', () => {
    expect(heldOrder(rows('abc'), rows('dca'))).toEqual(rows('acd'));
  });
  test('it says how many would move', () => {
    expect(rowsToMove(rows('abc'), rows('bac'))).toBe(1);
    expect(rowsToMove(rows('abcd'), rows('bcda'))).toBe(1);
    expect(rowsToMove(rows('abc'), rows('cba'))).toBe(2);
    expect(rowsToMove(rows('a'), rows('a'))).toBe(0);
  });
  test('a row that wants into another section wants to move', () => {
    const needs = [{ id: 'a', section: 'needs' }];
    expect(rowsToMove(rows('a'), needs)).toBe(1);
    expect(heldOrder(rows('a'), needs)).toEqual(rows('a'));
  });
});

describe('keys', () => {
  const pressed = (key: string, selector = '') => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    defaultPrevented: false,
    target: {
      closest: (asked: string) => (selector !== '' && asked.includes(selector) ? {} : null),
    } as never,
  });
  test('J and K go on from where one is, and stop at the ends', () => {
    expect(listKey(pressed('j'), ['a', 'b'], undefined)).toEqual({ kind: 'go', signId: 'a' });
    expect(listKey(pressed('k'), ['a', 'b'], 'b')).toEqual({ kind: 'go', signId: 'a' });
    expect(listKey(pressed('j'), ['a', 'b'], 'b')).toBeUndefined();
  });
  test('letters are letters while one types, and with Ctrl they are the browser’s', () => {
    expect(listKey(pressed('x', 'textarea'), ['a'], 'a')).toBeUndefined();
    expect(listKey({ ...pressed('k'), ctrlKey: true }, ['a'], 'a')).toBeUndefined();
    expect(listKey(pressed('Escape', 'dialog'), ['a'], 'a')).toBeUndefined();
  });
});
