import { expect, test } from 'vitest';
import { learnEveryLanguage } from '../../../renderer/design/strings/every-language.ts';
import { signSettings, withWishes } from '../../../renderer/sign/sign-settings.ts';
import { DEFAULT_LETTERS, lettersOn, tooSmallBeyond } from '../../../renderer/sign/view/letters.ts';

learnEveryLanguage();

/** Of letters that are meant to be the floor, in minutes of arc as they are seen from there. */
const arcFrom = (metres: number, far: number) => (16 * far) / metres;

test('a glass of 16:9 has the letters that its panel was asked for, held either way', () => {
  for (const glass of [
    { widthPx: 1_920, heightPx: 1_080 },
    { widthPx: 2_160, heightPx: 3_840 },
    { widthPx: 1_366, heightPx: 768 },
  ]) {
    expect(lettersOn(DEFAULT_LETTERS, glass)).toEqual(DEFAULT_LETTERS);
  }
});

test('a very wide glass holds smaller letters, because it is low', () => {
  const { far, panel } = lettersOn(DEFAULT_LETTERS, { widthPx: 3_840, heightPx: 1_080 });
  expect(far).toBeCloseTo(4.4, 1);
  expect(far / panel).toBeCloseTo(DEFAULT_LETTERS.far / DEFAULT_LETTERS.panel);
});

test('letters below 16 minutes of arc are told, and only if somebody asked for that distance', () => {
  const of = (search: string) => {
    const settings = signSettings(search, ['en']);
    return tooSmallBeyond(settings.askedFar, settings);
  };
  expect(of('?far=8')).toBeNull();
  expect(of('?panel=32')).toBeNull();
  const readableTo = of('?far=12') ?? 0;
  expect(readableTo).toBe(8);
  expect(arcFrom(12, readableTo)).toBeLessThan(16);
  expect(of('?far=12&panel=98')).toBeNull();
});

test('what is chosen in the console goes before the address: board, panel, turn, words and schedule', () => {
  const started = signSettings('?board=wall&turned=90&second=es', ['en']);
  expect(started).toMatchObject({ board: 'wall', turnedDegrees: 90, display: 'always' });
  expect(started.second?.language).toBe('es-ES');
  const chosen = withWishes(started, {
    board: 'door',
    panelInches: 75,
    farMetres: 10,
    turnedDegrees: 0,
    secondLanguage: 'en',
    display: 'opening-hours',
    words: { open: 'Hello' },
  });
  expect(chosen).toMatchObject({
    board: 'door',
    panel: 75,
    far: 10,
    turnedDegrees: 0,
    display: 'opening-hours',
    words: { open: 'Hello' },
    second: null,
  });
});

test('a second language that the glass does not speak is left out', () => {
  expect(signSettings('?second=xx', ['en']).second).toBeNull();
  expect(signSettings('?second=en', ['en']).second).toBeNull();
});
