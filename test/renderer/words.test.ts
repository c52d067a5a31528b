import { expect, test } from 'vitest';
import { english } from '../../renderer/design/strings/english.ts';
import { learnEveryLanguage } from '../../renderer/design/strings/every-language.ts';
import { stringsFor } from '../../renderer/design/strings/strings-for.ts';
import { signSettings, withWishes } from '../../renderer/sign/sign-settings.ts';
import { ageWords } from '../../renderer/sign/view/age-words.ts';
import { burnInShift } from '../../renderer/sign/view/burn-in.ts';
import { localTime } from '../../renderer/sign/view/local-time.ts';
import { SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';

learnEveryLanguage();

test('ages are told in one unit, and never rounded up', () => {
  expect([0, 59_999, 60_000, 3_599_999, 7_200_000, 200_000_000].map((ms) => ageWords(ms, english))).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '59 min',
    '2 h',
    '2 d',
  ]);
});

test('date and time are the store’s, in the language of the glass', () => {
  expect(localTime('en-GB', 'Europe/Madrid').dateAndTime(SATURDAY_AFTERNOON_MS)).toBe('Sat 21 Nov, 16:24');
  expect(localTime('es-ES', 'America/New_York').dateAndTime(SATURDAY_AFTERNOON_MS)).toBe('sáb 21 nov, 10:24');
});

test('the glass speaks the first language it knows, and English else', () => {
  expect(stringsFor(['ca-ES', 'es-MX', 'en']).language).toBe('es-ES');
  expect(stringsFor(['nl']).language).toBe('en-GB');
  expect(signSettings('?lang=es', ['en']).strings.language).toBe('es-ES');
});

test('what people chose in the console goes before how the device was started, where they chose', () => {
  const started = signSettings('?lang=en&theme=dark&panel=55&far=8', ['en']);
  const chosen = withWishes(started, { board: 'door', language: 'es', theme: 'light', farMetres: 6 });
  expect(chosen).toMatchObject({ theme: 'light', far: 6, near: 5, strings: { language: 'es-ES' } });
  expect(withWishes(started, { board: 'manager', farMetres: 40 })).toMatchObject({ theme: 'dark', far: 8 });
  expect(withWishes(started, { board: 'manager', language: 'nl' }).strings).toBe(started.strings);
  const brand = { ground: '#003b2f', ink: '#ffffff', accent: '#f2a900' };
  expect(started.brand).toBeNull();
  expect(withWishes(started, { board: 'wall', brand }).brand).toEqual(brand);
  expect(withWishes(started, null)).toBe(started);
});

test('letters follow panel and distance as far as the boards can hold them', () => {
  expect(signSettings('?panel=75&far=8&near=5', [])).toMatchObject({
    panel: 75,
    far: 8,
    near: 5,
  });
  expect(signSettings('?panel=32&far=20&near=20', [])).toMatchObject({
    far: (8 / 55) * 32,
    near: (5 / 55) * 32,
  });
  expect(signSettings('?panel=wide&far=-1', [])).toMatchObject({ panel: 55, far: 8, near: 5, theme: 'dark' });
});

test('against burn-in the picture visits nine places and never jumps further than one step', () => {
  const path = Array.from({ length: 20 }, (_, step) => burnInShift(step));
  expect(new Set(path.map(({ x, y }) => `${x} ${y}`)).size).toBe(9);
  for (const [index, { x, y }] of path.entries()) {
    const next = burnInShift(index + 1);
    expect(Math.abs(next.x - x) + Math.abs(next.y - y)).toBeLessThanOrEqual(4);
  }
});
