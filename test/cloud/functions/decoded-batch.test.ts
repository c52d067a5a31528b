import { expect, test } from 'vitest';
import { decodedBatch } from '../../../cloud/functions/decoded-batch.ts';
import { NOON_MS } from '../../support/builders.ts';

const eventOf = (body: unknown) => ({
  sensorId: 'street-1',
  enqueuedAtMs: NOON_MS,
  messageKey: 'e:0:1',
  contentType: null,
  body: Buffer.from(JSON.stringify(body)),
});

test('a message is kept once, however many of its readings are bad, and its good ones count', () => {
  const event = eventOf([{ in: 1 }, ...Array.from({ length: 499 }, () => ({ visitors: 1 }))]);
  const { readings, rejections } = decodedBatch([event], new Map());
  expect(readings).toHaveLength(1);
  expect(rejections).toEqual([
    { ...event, reason: 'not-a-reading', detail: expect.stringMatching(/^1: unknown field/) },
  ]);
});

test('a message is read as its sensor’s model says, whatever it looks like', () => {
  const event = eventOf({ in: 1 });
  const { readings, rejections } = decodedBatch([event], new Map([['street-1', 'xovis']]));
  expect(readings).toEqual([]);
  expect(rejections).toHaveLength(1);
});
