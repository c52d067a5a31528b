import { describe, expect, test } from 'vitest';
import {
  PAIRING_CODE_LENGTH,
  PAIRING_LETTERS,
  pairingCodeSchema,
} from '../../../../cloud/contracts/pairing.ts';
import {
  codeLetters,
  effectWords,
  groupedCode,
  isWhole,
  SAFETY_WORDS,
  screenWords,
  strangersIn,
} from '../../../../renderer/console/signs/pairing-words.ts';
import { countdownWords, tookWords } from '../../../../renderer/console/signs/time-words.ts';
import { known, MINUTE_MS, NOW_MS } from './known-signs.ts';

describe('a code', () => {
  test.each([
    ['bkxr', 'BKXR'],
    ['bkxr-', 'BKXR'],
    ['bkxrt', 'BKXR-T'],
    [' bkxr thdw ', 'BKXR-THDW'],
    ['BKXR-THDWZZ', 'BKXR-THDW'],
  ])('typed as "%s" stands as %s', (typed, grouped) => {
    expect(groupedCode(typed)).toBe(grouped);
  });
  test('is looked for as soon as it is whole, and the cloud reads the same letters', () => {
    expect(isWhole(codeLetters('bkxr thd'))).toBe(false);
    expect(isWhole(codeLetters('bkxr thdw'))).toBe(true);
    expect(pairingCodeSchema.parse(groupedCode('bkxr thdw'))).toBe('BKXRTHDW');
  });
  test('with a letter that no code has says so before anybody is asked', () => {
    expect(strangersIn('BKXR')).toBe('');
    expect(strangersIn('BA3A')).toBe('A and 3 are never part of a code. Look again at the glass.');
    expect(isWhole('BKXRTHDA')).toBe(false);
  });
  test('is as rare as the page says', () => {
    expect(PAIRING_LETTERS.length ** PAIRING_CODE_LENGTH).toBe(25_600_000_000);
    expect(SAFETY_WORDS).toContain('25.6 billion codes');
  });
});

describe('what it will show', () => {
  test('is told by the state of the store at this moment', () => {
    expect(effectWords(known, { storeGroupId: 'madrid', board: 'door' }, NOW_MS)).toEqual({
      shows: 'Nearly full, 4 may enter',
      follows: 'Calle Mayor',
    });
    expect(effectWords(known, { storeGroupId: 'madrid', board: 'manager' }, NOW_MS).shows).toBe(
      'Nearly full, 56 of 60 inside',
    );
    expect(effectWords(known, { storeGroupId: 'all', board: 'wall' }, NOW_MS)).toEqual({
      shows: '2 stores',
      follows: 'all, 2 stores',
    });
  });
  test('is never a figure that is too old', () => {
    const later = NOW_MS + 10 * MINUTE_MS;
    expect(effectWords(known, { storeGroupId: 'madrid', board: 'door' }, later).shows).toBe('Ask staff');
  });
  test('a screen is told by its size and how it stands', () => {
    const about = { app: 'Vitrine', platform: 'Linux', screen: { widthPx: 1080, heightPx: 1920 } };
    expect(screenWords({ about })).toBe('1080 × 1920, portrait');
    expect(screenWords({ about: null })).toBe('not said');
  });
  test('times are short', () => {
    expect(tookWords(812)).toBe('0.8 s');
    expect(tookWords(74_000)).toBe('1 min');
    expect(countdownWords(461_200)).toBe('7:42');
    expect(countdownWords(-5)).toBe('0:00');
  });
});
