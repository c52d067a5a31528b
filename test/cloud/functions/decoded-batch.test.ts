import { expect, test } from 'vitest';
import { decodedBatch } from '../../../cloud/functions/decoded-batch.ts';
import { NOON_MS } from '../../support/builders.ts';

test('a message is kept once, however many of its readings are bad, and its good ones count', () => {
  const body = Buffer.from(
    JSON.stringify([{ in: 1 }, ...Array.from({ length: 499 }, () => ({ people: 1 }))]),
  );
  const event = { sensorId: 'street-1', enqueuedAtMs: NOON_MS, messageKey: 'e:0:1', body };
  const { readings, rejections } = decodedBatch([event]);
  expect(readings).toHaveLength(1);
  expect(rejections).toEqual([
    {
      sensorId: 'street-1',
      reason: 'not-a-reading',
      detail: expect.stringMatching(/^1: unknown field/),
      body,
    },
  ]);
});
