import { expect, test } from 'vitest';
import { MAX_KEPT_TOLD } from '../../../../cloud/contracts/sensor.ts';
import { keptWords } from '../../../../renderer/console/sensors/kept-words.ts';

test('where no more messages are counted, people are told that there may be more', () => {
  expect([1, 2].map((kept) => keptWords(kept, 'kept message'))).toEqual([
    '1 kept message',
    '2 kept messages',
  ]);
  expect(keptWords(MAX_KEPT_TOLD - 1)).not.toContain('more');
  expect(keptWords(MAX_KEPT_TOLD)).toMatch(/ messages or more$/);
});
